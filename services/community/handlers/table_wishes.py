"""Whom people at a gathering would like to meet: told with a seat, read by nobody, but by two who both want it."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from services.community.domain.errors import NotInThisState, SeatNotFound
from services.community.domain.gathering import Gathering
from services.community.domain.seat import EXPECTED, Seat, SeatState
from services.community.domain.sign_up import COUNTED_FROM, SignUp
from services.community.domain.table_wish import TableWish
from services.community.handlers.seats import held_seat
from services.community.handlers.told import told_by
from services.community.ports import CommunityUnit
from shared.events.acquaintance import SeatIntroduced
from shared.kernel.translatable import to_translate

ONLY_BEFORE: Final = to_translate("Dit kan als je een plek hebt, tot de bijeenkomst voorbij is.")


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody else at the gathering, by name: they let others see that, or both want to meet."""

    seat_id: UUID
    name: str
    organisation: str


async def tell_table_wish(seat_id: UUID, wish: TableWish, unit: CommunityUnit) -> None:
    """In place of what was told before, but for where somebody is at home; two who both want to meet hear of it.

    Raises SeatNotFound or NotInThisState.
    """
    seat, gathering = await held_seat(seat_id, unit)
    told = await unit.sign_ups.open(seat.id)
    if told is None:
        raise SeatNotFound
    if not takes_table_wishes(seat, gathering, unit):
        raise NotInThisState(ONLY_BEFORE)
    kept = told.table_wish.told_anew(wish, await unit.organisations.list_active())
    for other, theirs in await told_by(gathering.id, EXPECTED, unit):
        if other.id != seat.id and kept.is_mutual(theirs.table_wish) and not _met(told, theirs):
            unit.outbox.append(*(_introduced(one, unit) for one in (seat, other)))
    await unit.sign_ups.keep(seat.id, replace(told, table_wish=kept))


def takes_table_wishes(seat: Seat, gathering: Gathering, unit: CommunityUnit) -> bool:
    """Whether it is somebody who comes, or is there."""
    is_there = seat.state in {SeatState.CONFIRMED, SeatState.ATTENDED}
    return is_there and gathering.is_coming and unit.now < gathering.details.ends_at


async def show_table_wish(seat: Seat, unit: CommunityUnit) -> tuple[TableWish, str]:
    """What was told, and where they work or help as they wrote it. Raises SeatNotFound."""
    told = await unit.sign_ups.open(seat.id)
    if told is None:
        raise SeatNotFound
    return told.table_wish, told.organisation


async def show_mutual(seat: Seat, unit: CommunityUnit) -> list[Companion]:
    """Who wants to meet this one, who wants that too."""
    own = await unit.sign_ups.open(seat.id)
    coming = await told_by(seat.gathering_id, EXPECTED, unit) if own else []
    found = [
        Companion(other.id, told.name, told.organisation)
        for other, told in coming
        if own is not None and other.id != seat.id and _met(own, told)
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.seat_id))


async def count_table_wishes(gathering_id: UUID, unit: CommunityUnit) -> Counter[UUID]:
    """How often each organisation is chosen; nothing while so few people chose that it would tell who did."""
    wishes = [told.table_wish.to_meet for _, told in await told_by(gathering_id, EXPECTED, unit)]
    if sum(map(bool, wishes)) < COUNTED_FROM:
        return Counter()
    return Counter(one for to_meet in wishes for one in to_meet)


def _met(one: SignUp, other: SignUp) -> bool:
    return one.table_wish.is_mutual(other.table_wish)


def _introduced(seat: Seat, unit: CommunityUnit) -> SeatIntroduced:
    return SeatIntroduced(subject=seat.id, occurred_at=unit.now, gathering_id=seat.gathering_id)
