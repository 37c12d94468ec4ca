"""Who sits at which table: a proposal that can be told again, and that whoever hosts adjusts.

Each newcomer gets, of the tables with room, the one with the fewest of their own organisation; of those the one where
most wishes to meet come true; then the one with most people of their district or expertise; then the emptiest. Whoever
wishes, or is wished for, goes first, while there is room. Whoever has a table keeps it: who comes later, or stays away,
moves nobody.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.community.domain.table_wish import TableWish

FEWEST_AT_TABLE: Final = 2
MOST_AT_TABLE: Final = 20


class Arrangement(StrEnum):
    """What people at one table have in common."""

    DISTRICT = "district"
    EXPERTISE = "expertise"


class Why(StrEnum):
    """Why somebody sits there."""

    WISH = "wish"
    IN_COMMON = "in-common"
    ROOM = "room"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How the tables of one gathering are made. `size`: how many people sit at one."""

    gathering_id: UUID
    arrangement: Arrangement
    size: int


@dataclass(frozen=True, slots=True)
class Placing:
    """The table of one seat, by its number."""

    seat_id: UUID
    number: int
    why: Why


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who comes, as far as tables go. `organisation`: what tells who belongs together, "" when not told."""

    seat_id: UUID
    organisation: str
    wish: TableWish


def place_newcomers(plan: TablePlan, guests: Sequence[Guest], placed: Mapping[UUID, int]) -> list[Placing]:
    """Those who have no table yet; between equals in the order of `guests`."""
    tables: dict[int, list[Guest]] = {}
    for guest in guests:
        if guest.seat_id in placed:
            tables.setdefault(placed[guest.seat_id], []).append(guest)
    most = max([-(-len(guests) // plan.size), *placed.values()])
    for number in range(1, most + 1):
        tables.setdefault(number, [])
    found: dict[UUID, int] = {}
    newcomers = [one for one in guests if one.seat_id not in placed]
    for guest in sorted(newcomers, key=lambda one: _turn(one, guests, plan.arrangement)):
        number = _choose(guest, tables, plan)
        tables.setdefault(number, []).append(guest)
        found[guest.seat_id] = number
    return [Placing(one.seat_id, found[one.seat_id], _why(one, tables[found[one.seat_id]], plan))
            for one in guests if one.seat_id in found]  # fmt: skip


def move(placing: Placing, number: int) -> Placing:
    """Whoever hosts gives this seat another table."""
    return placing if number == placing.number else replace(placing, number=number, why=Why.MOVED)


def in_common(wish: TableWish, arrangement: Arrangement) -> str:
    """The code of somebody's district or expertise; "" when they told none."""
    return wish.district if arrangement is Arrangement.DISTRICT else wish.expertise


def theme_of(wishes: Iterable[TableWish], arrangement: Arrangement) -> str:
    """What most people at one table have in common; "" when no two of them do."""
    counted = Counter(code for wish in wishes if (code := in_common(wish, arrangement)))
    shared = [(-times, code) for code, times in counted.items() if times > 1]
    return min(shared)[1] if shared else ""


def _turn(guest: Guest, guests: Sequence[Guest], arrangement: Arrangement) -> tuple[bool, bool, str]:
    """Whose wish can come true first, then those of one district or expertise together."""
    may_meet = any(guest.wish.wants(one.wish) or one.wish.wants(guest.wish) for one in guests)
    common = in_common(guest.wish, arrangement)
    return not may_meet, not common, common


def _choose(guest: Guest, tables: Mapping[int, list[Guest]], plan: TablePlan) -> int:
    free = [number for number, there in tables.items() if len(there) < plan.size]
    if not free:
        return max(tables, default=0) + 1
    return max(free, key=lambda number: (*_fits(guest, tables[number], plan.arrangement), -number))


def _fits(guest: Guest, there: Sequence[Guest], arrangement: Arrangement) -> tuple[int, int, int, int]:
    own = sum(one.organisation == guest.organisation for one in there) if guest.organisation else 0
    wishes = sum(guest.wish.wants(one.wish) + one.wish.wants(guest.wish) for one in there)
    common = in_common(guest.wish, arrangement)
    same = sum(in_common(one.wish, arrangement) == common for one in there) if common else 0
    return -own, wishes, same, -len(there)


def _why(guest: Guest, there: Sequence[Guest], plan: TablePlan) -> Why:
    others = [one for one in there if one.seat_id != guest.seat_id]
    if any(guest.wish.wants(one.wish) for one in others):
        return Why.WISH
    common = in_common(guest.wish, plan.arrangement)
    return (
        Why.IN_COMMON if common and any(in_common(one.wish, plan.arrangement) == common for one in others) else Why.ROOM
    )
