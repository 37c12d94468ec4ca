"""Tables, wishes to meet, appointments and introductions, on the twin and on PostgreSQL; and two who answer at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from services.community.domain.appointment import Appointment, AppointmentState
from services.community.domain.errors import NotInThisState
from services.community.domain.introduction import Introduction, IntroductionState
from services.community.domain.sign_up import SignUp
from services.community.domain.table_plan import Arrangement, Placing, TablePlan, Why
from services.community.domain.table_wish import TableWish
from services.community.handlers.appointments import answer_appointment
from services.community.handlers.introductions import answer_introduction
from services.community.ports import CommunityUnit
from services.community.store.repositories import PostgresCommunityUnit
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.statements import Statement
from shared.unit_of_work import Units
from tests.unit.community.seats import confirmed, requested
from tests.unit.community.world import TUESDAY, an_id, announced

# Long enough for the other one to come to where it waits.
A_MOMENT = 0.3
PUBLISHED = Statement("SELECT count(*) FROM outbox WHERE type LIKE '%introduction-accepted%'")
RealUnits = PostgresUnits[PostgresCommunityUnit]
REQUEST = Introduction(an_id("request"), an_id("from"), an_id("to"), an_id("asker"), TUESDAY)


async def test_tables_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    gathering_id, other = await announced(units), await announced(units)
    anna, bas = await confirmed(units, gathering_id, "Anna", "Bas")
    (carla,) = await confirmed(units, other, "Carla")
    plan = TablePlan(gathering_id, Arrangement.EXPERTISE, 6)
    async with units.begin() as unit:
        assert await unit.tables.read_plan(gathering_id) is None
        await unit.tables.save_plan(replace(plan, arrangement=Arrangement.DISTRICT))
        await unit.tables.save_plan(plan)
        await unit.tables.place([Placing(anna, 2, Why.ROOM), Placing(bas, 1, Why.WISH), Placing(carla, 1, Why.ROOM)])
        await unit.tables.place([Placing(anna, 1, Why.MOVED)])

    async with units.begin() as unit:
        assert await unit.tables.read_plan(gathering_id) == plan
        here = [Placing(anna, 1, Why.MOVED), Placing(bas, 1, Why.WISH)]
        assert await unit.tables.list_of(gathering_id) == sorted(here, key=lambda one: one.seat_id)
        assert await unit.tables.read_placing(carla) == Placing(carla, 1, Why.ROOM)
        await unit.tables.forget([anna])
        assert await unit.tables.read_placing(anna) is None


async def test_wish_to_meet_comes_back_with_what_was_told(units: Units[CommunityUnit]) -> None:
    gathering_id = await announced(units)
    wish = TableWish(an_id("own"), "noord", "bike", frozenset({an_id("one"), an_id("two")}))
    told = SignUp("Noor", "noor@school.example", table_wish=wish)
    seat_id = await requested(units, gathering_id, told)
    async with units.begin() as unit:
        assert await unit.sign_ups.open(seat_id) == told


async def test_names_of_organisations_come_in_their_order(units: Units[CommunityUnit]) -> None:
    async with units.begin() as unit:
        for name, active in (("De Linde", True), ("De Boei", True), ("Weg", False)):
            await unit.organisations.save(an_id(name), name, active=active)
    async with units.begin() as unit:
        assert list((await unit.organisations.list_active()).items()) == [
            (an_id("De Boei"), "De Boei"), (an_id("De Linde"), "De Linde"),
        ]  # fmt: skip


async def test_appointments_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    gathering_id = await announced(units)
    anna, bas, carla = await confirmed(units, gathering_id, "Anna", "Bas", "Carla")
    late = Appointment(an_id("late"), gathering_id, anna, bas, TUESDAY + timedelta(days=2), "Hier", TUESDAY)
    soon = replace(
        late, id=an_id("soon"), with_seat_id=carla, starts_at=TUESDAY + timedelta(days=1),
        state=AppointmentState.AGREED, sequence=2, in_calendar=True,
    )  # fmt: skip
    async with units.begin() as unit:
        for one in (late, replace(soon, place="Daar"), soon):
            await unit.appointments.save(one)

    async with units.begin() as unit:
        assert await unit.appointments.get(soon.id) == await unit.appointments.read(soon.id) == soon
        assert await unit.appointments.list_of(anna) == [soon, late]
        assert await unit.appointments.list_of(bas) == [late]
        await unit.appointments.forget([carla])
        assert await unit.appointments.list_of(anna) == [late]


async def test_introductions_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    back = replace(REQUEST, id=an_id("back"), from_id=REQUEST.to_id, to_id=REQUEST.from_id, asked_by=an_id("other"))
    later = replace(back, id=an_id("later"), to_id=an_id("third"), asked_at=TUESDAY + timedelta(days=1))
    async with units.begin() as unit:
        assert [await unit.introductions.add(one) for one in (REQUEST, back, later)] == [True, True, True]
        assert not await unit.introductions.add(replace(REQUEST, id=an_id("again")))
        answered = replace(REQUEST, state=IntroductionState.YES, answered_by=an_id("who said yes"))
        await unit.introductions.save(answered)

    async with units.begin() as unit:
        assert await unit.introductions.get(REQUEST.id) == answered
        both = sorted([answered, back], key=lambda one: one.id)
        assert await unit.introductions.list_of(REQUEST.from_id) == both
        assert await unit.introductions.list_of(REQUEST.to_id) == [*both, later]
        await unit.introductions.forget_of_person(an_id("who said yes"))
        assert await unit.introductions.list_of(REQUEST.from_id) == [back]
        await unit.introductions.forget_before(TUESDAY + timedelta(hours=1))
        assert await unit.introductions.list_of(REQUEST.to_id) == [later]


@pytest.mark.postgres
async def test_two_who_answer_for_an_organisation_at_once_are_one_answer(postgres_units: RealUnits) -> None:
    async with postgres_units.begin() as unit:
        await unit.introductions.add(REQUEST)

    async def answers(person: str, *, agrees: bool) -> None:
        async with postgres_units.begin() as unit:
            await answer_introduction(REQUEST.id, an_id(person), REQUEST.to_id, unit, agrees=agrees)
            await asyncio.sleep(A_MOMENT)

    done = await asyncio.gather(answers("one", agrees=True), answers("two", agrees=True), return_exceptions=True)

    assert [type(one) for one in done if one is not None] == [NotInThisState]
    async with postgres_units.begin() as unit:
        (kept,) = await unit.introductions.list_of(REQUEST.to_id)
        ((told,),) = await PUBLISHED.rows(unit._connection)
    assert (kept.state, told) == (IntroductionState.YES, 2)
    assert kept.answered_by == an_id("one" if done[0] is None else "two")


@pytest.mark.postgres
async def test_yes_and_no_at_once_to_an_appointment_are_one_answer(postgres_units: RealUnits) -> None:
    gathering_id = await announced(postgres_units)
    anna, bas = await confirmed(postgres_units, gathering_id, "Anna", "Bas")
    async with postgres_units.begin() as unit:
        found = Appointment(an_id("one"), gathering_id, anna, bas, unit.now + timedelta(days=40), "Hier", unit.now)
        await unit.appointments.save(found)
        seat = await unit.seats.read(bas)
    assert seat is not None

    async def answers(*, agrees: bool) -> None:
        async with postgres_units.begin() as unit:
            await answer_appointment(found.id, seat, unit, agrees=agrees)
            await asyncio.sleep(A_MOMENT)

    done = await asyncio.gather(answers(agrees=True), answers(agrees=False), return_exceptions=True)

    assert [type(one) for one in done if one is not None] == [NotInThisState]
