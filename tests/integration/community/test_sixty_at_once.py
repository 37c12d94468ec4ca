"""Sixty people press "Ja, ik kom graag" at the same moment, for twenty places; and others who do two things at once."""

import asyncio
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.community.bootstrap import open_units
from services.community.commands import SignUpForGathering
from services.community.domain.errors import NotInThisState
from services.community.domain.needs_round import Way, Wish
from services.community.domain.seat import SeatState
from services.community.domain.sign_up import AccessNeed, Food, Needs, SeenBy, SignUp
from services.community.handlers.feeds import make_feed_of_person, read_feed
from services.community.handlers.needs_round import find_subject, put_together, remove_wishes, show_round
from services.community.handlers.seats import cancel_seat, confirm_seat, request_seat
from services.community.ports import CommunityUnit
from services.community.store.repositories import PostgresCommunityUnit
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from shared.storage.statements import Statement
from shared.unit_of_work import Units
from tests.parts.audit import CHAIN
from tests.unit.community.seats import confirmed, requested, state_of, who
from tests.unit.community.world import SETTINGS, TUESDAY, an_id, announced

# Long enough for the other one to come to where it waits.
A_MOMENT = 0.3
PUBLISHED = Statement("SELECT subject, type FROM outbox ORDER BY position")
RealUnits = PostgresUnits[PostgresCommunityUnit]


@pytest.mark.postgres
async def test_twenty_have_a_place_and_forty_wait_in_the_order_in_which_they_were_written(
    postgres_units: RealUnits,
) -> None:
    gathering_id = await announced(postgres_units)
    seats = [await requested(postgres_units, gathering_id, who(f"Persoon{number}")) for number in range(60)]
    done: list[UUID] = []

    async def confirm(seat_id: UUID) -> None:
        async with postgres_units.begin() as unit:
            await confirm_seat(seat_id, unit)
        done.append(seat_id)

    await asyncio.gather(*map(confirm, seats))

    async with postgres_units.begin() as unit:
        held = await unit.seats.get_each(gathering_id, {SeatState.CONFIRMED})
        line = await unit.seats.get_each(gathering_id, {SeatState.WAITING})
        published: list[Any] = await PUBLISHED.rows(unit._connection)
    assert [one.number for one in (*held, *line)] == list(range(1, 61))
    assert (len(held), len(line)) == (20, 40)
    told = [(UUID(str(subject)), kind) for subject, kind in published if "seat-" in kind]
    confirmed_ones = [subject for subject, kind in told if "seat-confirmed" in kind]
    waitlisted = [subject for subject, kind in told if "seat-waitlisted" in kind]
    assert confirmed_ones == [one.id for one in held]
    assert waitlisted == [one.id for one in line]
    assert set(done) == set(seats)


@pytest.mark.postgres
async def test_two_who_give_up_at_once_leave_two_places_to_two_others(postgres_units: RealUnits) -> None:
    gathering_id = await announced(postgres_units)
    seats = await confirmed(postgres_units, gathering_id, *(f"Persoon{number}" for number in range(23)))

    async def cancel(seat_id: UUID) -> None:
        async with postgres_units.begin() as unit:
            await cancel_seat(seat_id, unit)

    await asyncio.gather(*map(cancel, seats[:2]))

    assert [await state_of(postgres_units, one) for one in seats[20:]] == ["offered", "offered", "waiting"]


@pytest.mark.postgres
async def test_one_address_that_signs_up_twice_at_once_is_one_seat(postgres_units: RealUnits) -> None:
    gathering_id = await announced(postgres_units)

    async def sign_up() -> None:
        async with postgres_units.begin() as unit:
            await request_seat(SignUpForGathering(gathering_id, who("Anna")), unit)

    await asyncio.gather(*(sign_up() for _ in range(5)))

    async with postgres_units.begin() as unit:
        assert await unit.seats.count(gathering_id, set(SeatState)) == 1


@pytest.mark.postgres
async def test_address_is_the_same_one_after_the_key_of_the_sign_ups_was_replaced(database_url: str) -> None:
    database = Database(database_url, application_name="community-tests")
    before, after = (
        open_units(SETTINGS.city, database, RandomIds(), Random(1), CHAIN, SETTINGS.model_copy(update=key))
        for key in ({"address_key": "a" * 32}, {"address_key": "b" * 32})
    )
    gathering_id = await announced(before)
    (first,) = await confirmed(before, gathering_id, "Anna")

    assert await requested(after, gathering_id, who("Anna")) == first
    async with after.begin() as unit:
        assert await unit.seats.count(gathering_id, set(SeatState)) == 1
    await database.close()


async def test_what_was_told_comes_back_until_it_is_forgotten(units: Units[CommunityUnit]) -> None:
    gathering_id = await announced(units)
    needs = Needs(frozenset({AccessNeed.HEARING_LOOP}), "Een stoel", 2, "ar", frozenset({Food.HALAL}))
    told = SignUp("Noor", "noor@school.example", "School", "De zomer", needs, SeenBy.NETWORK)
    seat_id, other = [await requested(units, gathering_id, one) for one in (told, who("Bram"))]
    async with units.begin() as unit:
        assert await unit.sign_ups.open(seat_id) == told
        assert await unit.sign_ups.open_each([seat_id, other, an_id("nobody")]) == {seat_id: told, other: who("Bram")}
        await unit.sign_ups.forget([seat_id])
    async with units.begin() as unit:
        assert await unit.sign_ups.open(seat_id) is None
        assert await unit.sign_ups.open_each([seat_id]) == {}


@pytest.mark.postgres
async def test_nothing_that_was_told_can_be_read_in_the_database(postgres_units: RealUnits) -> None:
    gathering_id = await announced(postgres_units)
    needs = Needs(frozenset({AccessNeed.HEARING_LOOP}), "Stoel")
    await requested(postgres_units, gathering_id, SignUp("Noor", "noor@school.example", "School", "Zon", needs))
    async with postgres_units.begin() as unit:
        rows = []
        for table in ("seats", "sign_ups", "seat_keys", "outbox", "audit_lines"):
            statement = Statement(f"SELECT CAST(t AS text) FROM {table} AS t")  # noqa: S608 - names of our own
            rows += [str(row) for row in await statement.rows(unit._connection)]

    assert rows
    assert not any(word in row for row in rows for word in ("Noor", "noor@", "induction-loop", "Stoel", "Zon"))


@pytest.mark.postgres
async def test_one_puts_together_what_belongs_to_a_subject_while_another_removes_from_it(
    postgres_units: RealUnits,
) -> None:
    gathering_id = await announced(postgres_units)
    kept, named, added = (Wish(an_id(one), gathering_id, one, Way.PAPER, TUESDAY) for one in ("kept", "named", "added"))
    async with postgres_units.begin() as unit:
        for wish in (kept, named, added):
            await unit.wishes.add(wish)
        await put_together(gathering_id, "Samen eten", [kept.id, named.id], unit)
        (subject,) = await unit.subjects.list_of(gathering_id)
    is_held, is_seen = asyncio.Event(), asyncio.Event()

    async def add() -> None:
        async with postgres_units.begin() as unit:
            await unit.gatherings.get(gathering_id)
            is_held.set()
            await is_seen.wait()
            await put_together(gathering_id, subject.title, [added.id], unit)

    async def remove() -> None:
        await is_held.wait()
        async with postgres_units.begin() as unit:
            found = await find_subject(subject.id, unit)
            is_seen.set()
            await remove_wishes(found.gathering_id, [named.id], unit)

    await asyncio.gather(add(), remove())

    async with postgres_units.begin() as unit:
        ((_, wishes),) = (await show_round(gathering_id, unit)).subjects
    assert {one.id for one in wishes} == {kept.id, added.id}


@pytest.mark.postgres
async def test_who_presses_twice_has_one_calendar_and_reads_what_to_do(postgres_units: RealUnits) -> None:
    async def make() -> str:
        async with postgres_units.begin() as unit:
            token = await make_feed_of_person(an_id("host"), unit)
            await asyncio.sleep(A_MOMENT)
        return token

    made = await asyncio.gather(make(), make(), return_exceptions=True)

    assert [type(one) for one in made if not isinstance(one, str)] == [NotInThisState]
    (token,) = [one for one in made if isinstance(one, str)]
    async with postgres_units.begin() as unit:
        assert await read_feed(token, unit) == []
