"""The tables of a gathering: proposed once, kept for whoever comes later, adjusted by whoever hosts.

Each step holds the gathering.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.community.domain.errors import GatheringNotFound, NotInThisState, SeatNotFound
from services.community.domain.gathering import Gathering
from services.community.domain.hosting import PROMISED
from services.community.domain.seat import EXPECTED, Seat
from services.community.domain.sign_up import SignUp
from services.community.domain.table_plan import (
    Arrangement,
    Guest,
    TablePlan,
    Why,
    in_common,
    move,
    place_newcomers,
    theme_of,
)
from services.community.handlers.told import told_by
from services.community.ports import CommunityUnit

NO_PLAN: Final = "Er is nog geen indeling. Maak eerst een voorstel."


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody at a table, as whoever hosts reads it."""

    seat_id: UUID
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `theme`: the code of what most people there have in common."""

    number: int
    theme: str
    people: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True)
class OwnTable:
    """Where somebody sits, and why. `in_common`: the code of their own district or expertise."""

    number: int
    why: Why
    arrangement: Arrangement
    in_common: str


async def propose_tables(gathering_id: UUID, arrangement: Arrangement, size: int, unit: CommunityUnit) -> None:
    """Everybody who comes gets a table, in place of the one before. Raises GatheringNotFound or NotInThisState."""
    await _hold(gathering_id, unit)
    plan = TablePlan(gathering_id, arrangement, size)
    await unit.tables.save_plan(plan)
    await unit.tables.forget([one.seat_id for one in await unit.tables.list_of(gathering_id)])
    await _place_newcomers(plan, unit)


async def move_seat(gathering_id: UUID, seat_id: UUID, number: int, unit: CommunityUnit) -> None:
    """To another table, or to a new one. Raises GatheringNotFound, NotInThisState or SeatNotFound."""
    await _hold(gathering_id, unit)
    if await unit.tables.read_plan(gathering_id) is None:
        raise NotInThisState(NO_PLAN)
    placings = {one.seat_id: one for one in await unit.tables.list_of(gathering_id)}
    if seat_id not in placings:
        raise SeatNotFound
    if number > 1 + max(one.number for one in placings.values()):
        raise NotInThisState("Deze tafel is er niet. Kies een andere.")
    await unit.tables.place([move(placings[seat_id], number)])


async def keep_table(seat: Seat, unit: CommunityUnit) -> None:
    """Whoever comes gets a table once there is a plan, and whoever does not come leaves theirs."""
    if seat.state not in EXPECTED:
        await unit.tables.forget([seat.id])
        return
    plan = await unit.tables.read_plan(seat.gathering_id)
    if plan is not None:
        await _place_newcomers(plan, unit)


async def show_tables(gathering_id: UUID, unit: CommunityUnit) -> tuple[TablePlan | None, list[Table]]:
    """All tables, by number; without those who are forgotten."""
    plan = await unit.tables.read_plan(gathering_id)
    if plan is None:
        return None, []
    told = {seat.id: one for seat, one in await told_by(gathering_id, EXPECTED, unit)}
    at: dict[int, list[UUID]] = {}
    for placing in await unit.tables.list_of(gathering_id):
        if placing.seat_id in told:
            at.setdefault(placing.number, []).append(placing.seat_id)
    return plan, [_table(number, {one: told[one] for one in at[number]}, plan) for number in sorted(at)]


async def show_own_table(seat: Seat, unit: CommunityUnit) -> OwnTable | None:
    """None: there is no plan, or this seat has no table."""
    plan, placing = await unit.tables.read_plan(seat.gathering_id), await unit.tables.read_placing(seat.id)
    told = await unit.sign_ups.open(seat.id)
    if plan is None or placing is None or told is None:
        return None
    return OwnTable(placing.number, placing.why, plan.arrangement, in_common(told.table_wish, plan.arrangement))


async def hosts(gathering_id: UUID, person_id: UUID, unit: CommunityUnit) -> bool:
    """Whether this person said yes to host it."""
    turns = await unit.turns.list_of(gathering_id)
    return any(one.person_id == person_id and one.state in PROMISED for one in turns)


def _guest_of(seat_id: UUID, told: SignUp, names: Mapping[UUID, str]) -> Guest:
    """As far as tables go; `names`: of the organisations of the network."""
    wish = told.table_wish.at_home(told.organisation, names)
    own = wish.organisation_id
    return Guest(seat_id, str(own) if own else told.organisation.strip().casefold(), wish)


async def _place_newcomers(plan: TablePlan, unit: CommunityUnit) -> None:
    coming = await told_by(plan.gathering_id, EXPECTED, unit)
    placed = {one.seat_id: one.number for one in await unit.tables.list_of(plan.gathering_id)}
    names = await unit.organisations.list_active()
    guests = [_guest_of(seat.id, told, names) for seat, told in coming]
    await unit.tables.place(place_newcomers(plan, guests, placed))


def _table(number: int, people: dict[UUID, SignUp], plan: TablePlan) -> Table:
    theme = theme_of((told.table_wish for told in people.values()), plan.arrangement)
    sitting = (Sitting(seat_id, told.name, told.organisation) for seat_id, told in people.items())
    return Table(number, theme, tuple(sorted(sitting, key=lambda one: (one.name.casefold(), one.seat_id))))


async def _hold(gathering_id: UUID, unit: CommunityUnit) -> Gathering:
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    if not gathering.is_coming:
        raise NotInThisState("Tafels indelen kan als de bijeenkomst is aangekondigd en nog niet voorbij is.")
    return gathering
