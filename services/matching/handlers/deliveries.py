"""What notify asks at the moment of sending: where to, and the link or code that goes in this one mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.matching.domain.network import Person
from services.matching.domain.referral import ReferralState
from services.matching.domain.sign_in import code_of
from services.matching.ports import MatchingUnit
from shared.access.links import Link

ANSWER = "answer"
ANSWER_LINK_VALID_FOR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class PrepareDelivery:
    """A message to a person; about a referral, or with a sign-in code."""

    recipient_id: UUID
    referral_id: UUID | None = None
    sign_in_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What stands in the mail and nowhere else."""

    address: str
    name: str
    link: Link | None = None
    code: str | None = None


class NoLongerNeeded(Exception):
    """What the message is about has passed: the code is used or expired, or the partner is not asked any more."""


async def prepare_deliveries(
    commands: Sequence[PrepareDelivery], unit: MatchingUnit, *, key: bytes
) -> list[Delivery | NoLongerNeeded | None]:
    """The address and what goes with it, for each; None when this person cannot be written to (any more)."""
    people = {person.id: person for person in await unit.people.many({command.recipient_id for command in commands})}
    return [await _prepared(command, people.get(command.recipient_id), unit, key=key) for command in commands]


async def _prepared(
    command: PrepareDelivery, person: Person | None, unit: MatchingUnit, *, key: bytes
) -> Delivery | NoLongerNeeded | None:
    if person is None or not person.active or not person.email:
        return None
    try:
        if command.sign_in_id is not None:
            return Delivery(person.email, person.name, code=await _code(command.sign_in_id, person, unit, key=key))
        if command.referral_id is not None:
            return Delivery(person.email, person.name, link=await _answer_link(command.referral_id, person, unit))
    except NoLongerNeeded as over:
        return over
    return Delivery(person.email, person.name)


async def _code(sign_in_id: UUID, person: Person, unit: MatchingUnit, *, key: bytes) -> str:
    sign_in = await unit.sign_ins.get(sign_in_id)
    if sign_in is None or sign_in.person_id != person.id or not sign_in.is_open(at=unit.now):
        raise NoLongerNeeded
    return code_of(key, sign_in.id)


async def _answer_link(referral_id: UUID, person: Person, unit: MatchingUnit) -> Link:
    """Only somebody of the partner itself gets a link with which one can answer."""
    referral = await unit.referrals.get(referral_id)
    if referral is None or referral.state is not ReferralState.ACTIVATED:
        raise NoLongerNeeded
    if referral.organisation_id != person.organisation_id:
        raise NoLongerNeeded
    expires_at = unit.now + ANSWER_LINK_VALID_FOR
    return await unit.links.mint(ANSWER, referral.id, person.id, expires_at, organisation_id=person.organisation_id)
