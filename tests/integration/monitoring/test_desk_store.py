"""What the desk writes down, on the twin and on PostgreSQL; and two of them at the same moment."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.monitoring.commands import Cause, Point, PostponePoint, TakePoint, WriteNote
from services.monitoring.domain.errors import PointTaken
from services.monitoring.domain.escalation import About, Escalation
from services.monitoring.domain.notes import Note
from services.monitoring.domain.reading import ReadingPoint
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers.desk import postpone_point, take_point, write_note
from services.monitoring.handlers.together import answering, do_together, remind_ambassadors
from services.monitoring.ports import MonitoringUnit
from services.monitoring.store.repositories import PostgresMonitoringUnit
from shared.events.case_codes import UnusualReading
from shared.events.catalogue import wire_name
from shared.events.desk_codes import Resolution, WaitReason
from shared.events.intake import CaseErased
from shared.events.monitoring import AmbassadorReminded, EscalationReason
from shared.messaging.outbox_rows import OutboxRows, PostgresOutboxRows
from shared.messaging.postgres_unit import PostgresUnits
from shared.unit_of_work import Units
from tests.integration.monitoring.consuming import consumes
from tests.twins.unit_of_work import InMemoryOutboxRows, MemoryUnits
from tests.unit.monitoring.builders import AMBASSADOR, CODE, COORDINATOR, SCHOOL, TUESDAY, an_id

LATE = EscalationReason.INVENTORY_LATE
COLLEAGUE = an_id("colleague")
RealUnits = PostgresUnits[PostgresMonitoringUnit]


async def a_case(units: Units[Any], reason: EscalationReason = LATE, school: UUID = SCHOOL, code: str = CODE) -> Point:
    """On the list of the desk for this reason."""
    point = Point(uuid4(), uuid4(), 1)
    async with units.begin() as unit:
        watch = Watch(point.case_id, code, ambassador_id=AMBASSADOR, organisation_id=school, opened_at=unit.now)
        watch.escalations.append(Escalation(point.escalation_id, reason, About(), unit.now))
        await unit.watches.save(watch)
    return point


async def the_point(units: Units[Any], point: Point) -> Escalation:
    async with units.begin() as unit:
        watch: Watch = await unit.watches.read(point.case_id)
    return watch.escalations[0]


async def test_unusual_reading_is_kept_oldest_first_until_it_was_looked_into(units: Units[MonitoringUnit]) -> None:
    newer, older = (
        ReadingPoint(uuid4(), COLLEAGUE, kind, 31, TUESDAY, TUESDAY + timedelta(days=days))
        for kind, days in ((UnusualReading.MANY_FILES, 1), (UnusualReading.WITHOUT_TASK, 0))
    )
    async with units.begin() as unit:
        await unit.readings.add(newer)
        await unit.readings.add(older)
    async with units.begin() as unit:
        assert await unit.readings.list_open() == [older, newer]
        assert await unit.readings.get(newer.point_id) == newer
        await unit.readings.remove(older.point_id)
    async with units.begin() as unit:
        assert await unit.readings.list_open() == [newer]
        assert await unit.readings.get(older.point_id) is None


async def test_notes_are_kept_pinned_first_and_leave_one_by_one_or_all_together(units: Units[MonitoringUnit]) -> None:
    case_id, other = uuid4(), uuid4()
    notes = [
        Note(uuid4(), case_id, COORDINATOR, TUESDAY + timedelta(hours=hour), f"Notitie {hour}.", pinned=hour == 1)
        for hour in range(3)
    ]
    async with units.begin() as unit:
        for note in (*notes, Note(uuid4(), other, COLLEAGUE, TUESDAY, "Van een ander.")):
            await unit.notes.add(note)
    async with units.begin() as unit:
        assert await unit.notes.list_of_case(case_id) == [notes[1], notes[2], notes[0]]
        await unit.notes.pin(case_id, notes[1].note_id, pinned=False)
        # Of another case: nothing happens.
        await unit.notes.remove(other, notes[0].note_id)
        await unit.notes.pin(other, notes[0].note_id, pinned=True)
        kept = await unit.notes.list_of_case(case_id)
        assert [one.words for one in kept] == ["Notitie 2.", "Notitie 1.", "Notitie 0."]
        await unit.notes.remove(case_id, notes[2].note_id)
        assert len(await unit.notes.list_of_case(case_id)) == 2
        await unit.notes.erase(case_id)
        assert await unit.notes.list_of_case(case_id) == []
        assert len(await unit.notes.list_of_case(other)) == 1


async def test_ambassador_is_claimed_once_for_each_reason_and_day(units: Units[MonitoringUnit]) -> None:
    person, day = uuid4(), date(2026, 9, 8)
    async with units.begin() as unit:
        assert await unit.reminders.claim(person, LATE, day)
        assert not await unit.reminders.claim(person, LATE, day)
        assert await unit.reminders.claim(person, EscalationReason.CONFIRMATION_LATE, day)
    async with units.begin() as unit:
        assert not await unit.reminders.claim(person, LATE, day)
        assert await unit.reminders.claim(person, LATE, date(2026, 9, 9))


async def test_points_of_a_school_are_found_those_that_wait_longest_first(units: Units[MonitoringUnit]) -> None:
    school = uuid4()
    mine = [await a_case(units, school=school) for _ in range(3)]
    await a_case(units, EscalationReason.OUT_OF_SIGHT, school)
    await a_case(units)
    async with units.begin() as unit:
        found = await unit.watches.list_with_point(LATE, school, 10)
        assert {one.case_id for one in found} == {one.case_id for one in mine}
        waits = [one.escalations[0].raised_at for one in found]
        assert waits == sorted(waits)
        assert len(await unit.watches.list_with_point(LATE, school, 2)) == 2
        tried = await do_together(mine, Cause(LATE, school), answering(Resolution.KEEP_WATCHING), COORDINATOR, unit)
        assert [one.refusal for one in tried] == [None] * 3
    async with units.begin() as unit:
        assert await unit.watches.list_with_point(LATE, school, 10) == []


async def test_owner_and_day_of_a_point_are_kept(units: Units[MonitoringUnit]) -> None:
    point = await a_case(units)
    async with units.begin() as unit:
        await take_point(TakePoint(point, COORDINATOR), unit)
        taken, until = Point(point.case_id, point.escalation_id, 2), unit.city.day_of(unit.now) + timedelta(days=9)
        await postpone_point(PostponePoint(taken, until, WaitReason.HOLIDAYS, COORDINATOR), unit)
    kept = await the_point(units, point)
    assert (kept.owner_id, kept.waits_until, kept.version) == (COORDINATOR, until, 3)
    assert kept.owned_since is not None


async def test_case_that_is_erased_stands_in_no_reminder_any_more(units: Units[Any]) -> None:
    codes = ("ACDE-FGHJ", "KR9X-QXGQ")
    asked = [await a_case(units, school=(school := an_id("its school")), code=code) for code in codes]
    async with units.begin() as unit:
        await remind_ambassadors(asked, Cause(LATE, school), COORDINATOR, unit)
    rows: OutboxRows
    if isinstance(units, PostgresUnits):
        rows = PostgresOutboxRows(units.database)
    else:
        assert isinstance(units, MemoryUnits)
        rows = InMemoryOutboxRows(units)

    async def named() -> list[tuple[UUID, str]]:
        (row,) = [row for row in await rows.waiting(10_000) if row.type == wire_name(AmbassadorReminded)]
        told = AmbassadorReminded.model_validate_json(row.data)
        assert (told.subject, told.reason, told.reminded_by) == (AMBASSADOR, LATE, COORDINATOR)
        return [(one.case_id, one.case_code) for one in told.cases]

    both = [(point.case_id, code) for point, code in zip(asked, codes, strict=True)]
    assert sorted(await named()) == sorted(both)
    await consumes(units, CaseErased(subject=asked[0].case_id, occurred_at=TUESDAY))
    assert await named() == both[1:]
    await consumes(units, CaseErased(subject=asked[1].case_id, occurred_at=TUESDAY))
    assert await named() == []


@pytest.mark.postgres
async def test_of_two_takers_in_the_same_moment_one_wins_and_the_other_is_told_who(postgres_units: RealUnits) -> None:
    async def take(point: Point, by: UUID) -> UUID | None:
        try:
            async with postgres_units.begin() as unit:
                await take_point(TakePoint(point, by), unit)
        except PointTaken as taken:
            return taken.owner_id
        return None

    for _ in range(10):
        point = await a_case(postgres_units)
        told = await asyncio.gather(take(point, COORDINATOR), take(point, COLLEAGUE))
        owner = (await the_point(postgres_units, point)).owner_id
        assert sorted(told, key=str) == sorted([None, owner], key=str)
        assert (told[0] is None) == (owner == COORDINATOR)


@pytest.mark.postgres
async def test_two_writers_in_the_same_moment_lose_nothing(postgres_units: RealUnits) -> None:
    point = await a_case(postgres_units)

    async def write(number: int) -> None:
        async with postgres_units.begin() as unit:
            await write_note(WriteNote(point.case_id, COORDINATOR, f"Notitie {number}."), unit)

    await asyncio.gather(*(write(number) for number in range(8)))
    async with postgres_units.begin() as unit:
        words = {note.words for note in await unit.notes.list_of_case(point.case_id)}
    assert words == {f"Notitie {number}." for number in range(8)}


@pytest.mark.postgres
async def test_ambassador_of_whom_two_ask_the_same_in_one_moment_gets_one_mail(postgres_units: RealUnits) -> None:
    school = uuid4()
    wanted = [await a_case(postgres_units, school=school) for _ in range(3)]

    async def ask(by: UUID) -> int:
        async with postgres_units.begin() as unit:
            tried = await remind_ambassadors(wanted, Cause(LATE, school), by, unit)
        return sum(one.refusal is None for one in tried)

    done = await asyncio.gather(ask(COORDINATOR), ask(COLLEAGUE))
    assert sorted(done) == [0, 3]
    rows = await PostgresOutboxRows(postgres_units.database).waiting(10_000)
    assert sum("ambassador-reminded" in row.type for row in rows) == 1
