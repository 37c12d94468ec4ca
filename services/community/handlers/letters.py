"""What notify asks when it sends a mail about a seat: where it goes, what it opens, and what it tells."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.community.domain.gathering import Gathering, GatheringState
from services.community.domain.place import Place
from services.community.domain.seat import INVOLVED, TOLD_AFTERWARDS, Seat, SeatState
from services.community.domain.sign_up import SignUp
from services.community.handlers.gatherings import place_of
from services.community.handlers.programme import show_programme
from services.community.handlers.seats import SEAT_LINK
from services.community.ports import CommunityUnit
from shared.events.gathering_letters import SeatOccasion

# Long enough to cancel afterwards what was forgotten, and to read the report.
LINK_LASTS: Final = timedelta(weeks=4)
_STATES: Final = {
    SeatOccasion.CONFIRM: frozenset({SeatState.REQUESTED}),
    SeatOccasion.PLACE: frozenset({SeatState.CONFIRMED}),
    SeatOccasion.WAITING: frozenset({SeatState.WAITING}),
    SeatOccasion.OFFER: frozenset({SeatState.OFFERED}),
    SeatOccasion.PASSED: frozenset({SeatState.PASSED}),
    SeatOccasion.MOVED: INVOLVED,
    SeatOccasion.CALLED_OFF: INVOLVED,
    SeatOccasion.CANCELLED: frozenset({SeatState.CANCELLED}),
    SeatOccasion.REMINDER: frozenset({SeatState.CONFIRMED}),
    SeatOccasion.REPORT: TOLD_AFTERWARDS,
    SeatOccasion.INTRODUCED: frozenset({SeatState.CONFIRMED, SeatState.ATTENDED}),
}


@dataclass(frozen=True, slots=True)
class SeatLetter:
    """All that a mail about a seat needs."""

    seat: Seat
    gathering: Gathering
    place: Place | None
    sign_up: SignUp
    token: str
    programme: tuple[str, ...] = ()


def _is_so(seat: Seat, occasion: SeatOccasion) -> bool:
    return seat.is_asked if occasion is SeatOccasion.INVITED else seat.state in _STATES[occasion]


def _is_of_now(occasion: SeatOccasion, gathering: Gathering) -> bool:
    if occasion is SeatOccasion.CALLED_OFF:
        return gathering.state is GatheringState.CANCELLED
    return gathering.state is GatheringState.REPORTED if occasion is SeatOccasion.REPORT else gathering.is_coming


async def prepare_letter(seat_id: UUID, occasion: SeatOccasion, unit: CommunityUnit) -> SeatLetter | None:
    """None: what the mail is about is over, or whose seat it was is forgotten."""
    seat = await unit.seats.read(seat_id)
    gathering = await unit.gatherings.read(seat.gathering_id) if seat else None
    sign_up = await unit.sign_ups.open(seat_id)
    if seat is None or gathering is None or sign_up is None or not _is_so(seat, occasion):
        return None
    if not _is_of_now(occasion, gathering):
        return None
    place = await place_of(gathering.details, unit)
    link = await unit.links.mint(SEAT_LINK, seat.id, seat.id, gathering.details.ends_at + LINK_LASTS)
    is_asked = occasion is SeatOccasion.INVITED or seat.state is SeatState.INVITED
    programme = (seat.asked_about or sign_up.topic,) if is_asked else (await show_programme(gathering.id, unit)).lines
    return SeatLetter(seat, gathering, place, sign_up, link.token, programme)
