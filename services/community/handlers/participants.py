"""Who comes to a gathering, and what they need to take part."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from services.community.domain.errors import GatheringNotFound, NotTheContact
from services.community.domain.seat import EXPECTED, INVOLVED, Seat, SeatState
from services.community.domain.sign_up import NeedCounts, Needs, SeenBy, SignUp, counts_of
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.told import told_by
from services.community.ports import CommunityUnit

LISTED: Final = INVOLVED | EXPECTED


@dataclass(frozen=True, slots=True)
class Participant:
    """A seat, and whose it is."""

    seat: Seat
    name: str
    organisation: str
    topic: str
    email: str = field(repr=False)
    # At a mirror talk: in the inner circle, where people tell, or in the one that listens.
    is_inside: bool = False


async def show_participants(gathering_id: UUID, unit: CommunityUnit) -> tuple[list[Participant], NeedCounts]:
    """In the order in which they came, without those who are forgotten; and what they need, as counts only."""
    told = await told_by(gathering_id, LISTED, unit)
    return [participant_of(seat, one) for seat, one in told], counts_of(one.needs for _, one in told)


def participant_of(seat: Seat, told: SignUp) -> Participant:
    """What who organises reads of somebody."""
    return Participant(seat, told.name, told.organisation, told.topic, told.email, told.is_of_experience)


async def show_who_comes(gathering_id: UUID, audience: SeenBy, unit: CommunityUnit) -> list[tuple[str, str]]:
    """Name and organisation of whoever comes and lets this audience know."""
    allowed = {SeenBy.EVERYBODY, SeenBy.NETWORK, audience} - {SeenBy.NOBODY}
    coming = await told_by(gathering_id, {SeatState.CONFIRMED}, unit)
    return sorted((one.name, one.organisation) for _, one in coming if one.seen_by in allowed)


async def answer_for_access(gathering_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """This person reads what people need from now on, and the one before no more. Raises GatheringNotFound."""
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    gathering.contact_person_id = person_id
    await unit.gatherings.save(gathering)


async def show_needs(gathering_id: UUID, reader_id: UUID, unit: CommunityUnit) -> list[tuple[str, Needs]]:
    """Name and needs of each. Raises GatheringNotFound, or NotTheContact for everybody else."""
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    if gathering.contact_person_id != reader_id:
        raise NotTheContact
    return [(told.name, told.needs) for _, told in await told_by(gathering_id, LISTED, unit) if told.needs]
