"""What notify asks at the moment of sending: where to, and the link or code that goes in this one mail."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.matching.domain.network import Person
from services.matching.domain.referral import ReferralState
from services.matching.domain.sign_in import code_of
from services.matching.ports import MatchingUnit
from shared.access.links import Link
from shared.events.http import DeliveryAnswer, DeliveryQuestion

ANSWER_LINK: Final = "answer"
ANSWER_PATH: Final = "/antwoord"
ANSWER_LINK_VALID_FOR = timedelta(days=180)
NOBODY: Final = DeliveryAnswer(state="nobody")
NO_LONGER_NEEDED: Final = DeliveryAnswer(state="no-longer-needed")


async def prepare_deliveries(
    questions: Sequence[DeliveryQuestion], unit: MatchingUnit, *, code_key: bytes, public_url: str
) -> list[DeliveryAnswer]:
    """The address and what goes with it, for each question in their order."""
    people = {person.id: person for person in await unit.people.list_by_ids({one.recipient_id for one in questions})}
    answers = []
    for question in questions:
        person = people.get(question.recipient_id)
        if person is None or not person.active or not person.email:
            answers.append(NOBODY)
        elif question.sign_in_id is not None:
            answers.append(await _with_code(question.sign_in_id, person, unit, code_key))
        elif question.referral_id is not None:
            answers.append(await _with_link(question.referral_id, person, unit, public_url))
        else:
            answers.append(DeliveryAnswer(state="deliver", address=person.email, name=person.name))
    return answers


async def _with_code(sign_in_id: UUID, person: Person, unit: MatchingUnit, code_key: bytes) -> DeliveryAnswer:
    sign_in = await unit.sign_ins.read(sign_in_id)
    if sign_in is None or sign_in.person_id != person.id or not sign_in.is_open(at=unit.now):
        return NO_LONGER_NEEDED
    return DeliveryAnswer(state="deliver", address=person.email, name=person.name, code=code_of(code_key, sign_in.id))


async def _with_link(referral_id: UUID, person: Person, unit: MatchingUnit, public_url: str) -> DeliveryAnswer:
    """Only somebody of the partner itself gets a link with which one can answer."""
    referral = await unit.referrals.read(referral_id)
    if referral is None or referral.state is not ReferralState.ACTIVATED:
        return NO_LONGER_NEEDED
    if referral.organisation_id != person.organisation_id:
        return NO_LONGER_NEEDED
    link: Link = await unit.links.mint(
        ANSWER_LINK,
        referral.id,
        person.id,
        unit.now + ANSWER_LINK_VALID_FOR,
        organisation_id=person.organisation_id,
    )
    return DeliveryAnswer(
        state="deliver",
        address=person.email,
        name=person.name,
        link=f"{public_url}{ANSWER_PATH}/{link.token}",
        short_code=link.short_code,
    )
