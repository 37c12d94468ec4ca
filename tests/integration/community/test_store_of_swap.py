"""Who goes along, on the twin and on PostgreSQL; and two who book, or answer, at once."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.community.domain.company import (
    Companion,
    CompanionAsk,
    Company,
    CompanyState,
    Moment,
    PartOfDay,
    Visit,
)
from services.community.domain.errors import NotInThisState
from services.community.handlers.company import agree_to_company, book_company, cancel_company
from services.community.ports import CommunityUnit
from services.community.store.repositories import PostgresCommunityUnit
from shared.events.base import Role
from shared.messaging.postgres_unit import PostgresUnits
from shared.unit_of_work import Units
from tests.parts.people import member
from tests.unit.community.world import TUESDAY, an_id

# Long enough for the other one to come to where it waits.
A_MOMENT = 0.3
RealUnits = PostgresUnits[PostgresCommunityUnit]
EVERY_DAY = frozenset(range(1, 8))
ANNA = Companion(
    an_id("Anna"), frozenset({"ar", "fr"}), frozenset({"noord"}), EVERY_DAY, frozenset({Visit.DOCTOR, Visit.COURT})
)
BOOKING = Company(
    an_id("booking"), an_id("Noor"), TUESDAY, Moment(date(2026, 9, 14), PartOfDay.MORNING), "noord", "ar", Visit.DOCTOR
)


async def test_companions_and_who_was_asked_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    bas = replace(ANNA, person_id=an_id("Bas"), paused_until=date(2026, 12, 31))
    asks = [CompanionAsk(BOOKING.id, ANNA.person_id, TUESDAY), CompanionAsk(BOOKING.id, bas.person_id, TUESDAY)]
    async with units.begin() as unit:
        await unit.companies.save(BOOKING)
        for one in (replace(ANNA, districts=frozenset({"zuid"})), ANNA, bas):
            await unit.companions.save(one)
        for ask in asks:
            await unit.companions.add_ask(ask)

    async with units.begin() as unit:
        assert await unit.companions.get(ANNA.person_id) == ANNA
        assert await unit.companions.hold_all() == sorted([ANNA, bas], key=lambda one: one.person_id)
        assert await unit.companions.list_asks() == sorted(asks, key=lambda one: one.person_id)
        await unit.companions.remove(ANNA.person_id)
        assert await unit.companions.hold_all() == [bas]
        assert await unit.companions.list_asks() == asks[1:]
        await unit.companies.remove(BOOKING.id)
        assert await unit.companions.list_asks() == []


async def test_bookings_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    asked = replace(
        BOOKING, state=CompanyState.ASKED, person_id=ANNA.person_id, answer_by=TUESDAY, note="Bij de balie."
    )
    later = replace(BOOKING, id=an_id("later"), moment=Moment(date(2026, 9, 15), PartOfDay.EVENING), went_well=True)
    async with units.begin() as unit:
        for one in (BOOKING, asked, later):
            await unit.companies.save(one)

    async with units.begin() as unit:
        assert await unit.companies.get(BOOKING.id) == await unit.companies.read(BOOKING.id) == asked
        assert await unit.companies.list_of(BOOKING.booked_by) == [asked, later]
        assert await unit.companies.list_of(ANNA.person_id) == [asked]
        assert await unit.companies.list_busy(BOOKING.moment) == [ANNA.person_id]
        assert await unit.companies.list_busy(later.moment) == []
        await unit.companies.forget_before(later.moment.day)
        assert await unit.companies.list_of(BOOKING.booked_by) == [later]


async def a_network(units: RealUnits) -> Company:
    async with units.begin() as unit:
        for one in (ANNA.person_id, an_id("Bas")):
            await unit.members.save(member(one, an_id("desk"), Role.MEMBER))
            await unit.companions.save(replace(ANNA, person_id=one))
        day = unit.city.day_of(unit.now) + timedelta(days=7)
    return replace(BOOKING, moment=Moment(day, PartOfDay.MORNING))


@pytest.mark.postgres
async def test_three_who_book_at_once_never_get_one_person_twice(postgres_units: RealUnits) -> None:
    booking = await a_network(postgres_units)

    async def books(name: str) -> None:
        async with postgres_units.begin() as unit:
            await book_company(replace(booking, id=an_id(name)), unit)
            await asyncio.sleep(A_MOMENT)

    await asyncio.gather(*(books(name) for name in ("one", "two", "three")))

    async with postgres_units.begin() as unit:
        kept = await unit.companies.list_of(booking.booked_by)
        assert len(set(await unit.companies.list_busy(booking.moment))) == 2
    assert sorted(one.state for one in kept) == [CompanyState.ASKED, CompanyState.ASKED, CompanyState.MISSING]


@pytest.mark.postgres
async def test_yes_and_a_cancel_at_once_are_in_one_order(postgres_units: RealUnits) -> None:
    booking = await a_network(postgres_units)
    async with postgres_units.begin() as unit:
        await book_company(booking, unit)
    assert booking.person_id is not None
    asked = booking.person_id

    async def agrees() -> None:
        async with postgres_units.begin() as unit:
            await agree_to_company(booking.id, asked, unit)
            await asyncio.sleep(A_MOMENT)

    async def cancels() -> None:
        async with postgres_units.begin() as unit:
            await cancel_company(booking.id, booking.booked_by, unit)
            await asyncio.sleep(A_MOMENT)

    done = await asyncio.gather(agrees(), cancels(), return_exceptions=True)

    assert [type(one) for one in done if one is not None] in ([], [NotInThisState])
    async with postgres_units.begin() as unit:
        found = await unit.companies.read(booking.id)
    assert found is not None
    assert found.state is CompanyState.CANCELLED
