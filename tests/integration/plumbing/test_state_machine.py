"""The unit of work as a state machine: chance does the same to PostgreSQL and to the twin, and they must agree."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shared.messaging.outbox_rows import PostgresOutboxRows
from shared.messaging.parked import NO_SEQUENCE
from shared.messaging.postgres_unit import PostgresUnit, PostgresUnits
from shared.storage.database import Database
from shared.storage.migrations import upgrade
from shared.unit_of_work import Parked, ParkedState, Positions, Timer, UnitOfWork
from tests.integration.plumbing.conftest import T0, Bench, _held, said
from tests.parts.audit import CHAIN
from tests.parts.city import a_city
from tests.parts.postgres import Postgres
from tests.twins.clock import HeldClock
from tests.twins.ids import SeededIds
from tests.twins.unit_of_work import InMemoryOutboxRows, MemoryUnit, MemoryUnits

SUBJECTS = [UUID(int=number) for number in range(1, 4)]
SERVICES = ["intake", "matching"]
OVERDUE = T0 - timedelta(days=9)
subjects, services = st.sampled_from(SUBJECTS), st.sampled_from(SERVICES)
states, hours = st.sampled_from(list(ParkedState)), st.integers(-5, 5)
numbers = st.sampled_from([NO_SEQUENCE, 1, 2, 3, 4, 5])
ResultT = TypeVar("ResultT")


class Oops(Exception):
    """A handler failed."""


class UnitMachine(RuleBasedStateMachine):
    """Each example gets an empty PostgreSQL and an empty twin."""

    runner: ClassVar[asyncio.Runner]
    postgres: ClassVar[Postgres]

    def __init__(self) -> None:
        super().__init__()
        self._context = fresh_benches(self.postgres, self._run)
        self._benches = self._context.__enter__()

    def teardown(self) -> None:
        """The example is over."""
        self._context.__exit__(None, None, None)

    def _run(self, work: Awaitable[ResultT]) -> ResultT:
        return self.runner.run(_awaited(work))

    def _both(self, work: Callable[[UnitOfWork], Awaitable[object]], *, fails: bool = False) -> None:
        seen = [self._run(self._one(bench, work, fails=fails)) for bench in self._benches]
        assert seen[0] == seen[1]

    async def _one(self, bench: Bench, work: Callable[[UnitOfWork], Awaitable[object]], *, fails: bool) -> object:
        result: object = None
        try:
            async with bench.units.begin() as unit:
                result = await work(unit)
                _fail(wanted=fails)
        except Oops:
            return "failed"
        return result

    @rule(chosen=st.lists(subjects, max_size=4), fails=st.booleans())
    def say(self, chosen: list[UUID], *, fails: bool) -> None:
        async def work(unit: UnitOfWork) -> None:
            unit.outbox.append(*(said(subject) for subject in chosen))

        self._both(work, fails=fails)

    @rule(kept=subjects, lost=subjects)
    def say_with_savepoint(self, kept: UUID, lost: UUID) -> None:
        async def inside(unit: UnitOfWork) -> None:
            async with unit.savepoint():
                unit.outbox.append(said(lost))
                unit.timers.set(Timer("lost", "k", lost, T0))
                raise Oops

        async def work(unit: UnitOfWork) -> None:
            unit.outbox.append(said(kept))
            with pytest.raises(Oops):
                await inside(unit)

        self._both(work)

    @rule(numbers=st.lists(st.integers(1, 6), max_size=4), fails=st.booleans())
    def claim(self, numbers: list[int], *, fails: bool) -> None:
        self._both(lambda unit: unit.inbox.claim(UUID(int=n) for n in numbers), fails=fails)

    @rule(numbers=st.lists(st.integers(1, 6), max_size=4), fails=st.booleans())
    def release(self, numbers: list[int], *, fails: bool) -> None:
        self._both(lambda unit: unit.inbox.release(UUID(int=n) for n in numbers), fails=fails)

    @rule(service=services, subject=subjects, sequence=st.integers(1, 5))
    def advance(self, service: str, subject: UUID, sequence: int) -> None:
        async def work(unit: UnitOfWork) -> Positions:
            await unit.inbox.advance({(service, subject): sequence})
            return await unit.inbox.positions((each, about) for each in SERVICES for about in SUBJECTS)

        self._both(work)

    @rule(key=st.sampled_from("abc"), hours=hours, attempts=st.integers(0, 2), clear=st.booleans(), fails=st.booleans())
    def move_timer(self, key: str, hours: int, attempts: int, *, clear: bool, fails: bool) -> None:
        timer = Timer(key, "k", SUBJECTS[0], OVERDUE + timedelta(hours=hours), {"h": str(hours)}, attempts)

        async def work(unit: UnitOfWork) -> tuple[bool, bool]:
            before = unit.timers.changed(key)
            if clear:
                unit.timers.clear(key)
            else:
                unit.timers.set(timer)
            return before, unit.timers.changed(key)

        self._both(work, fails=fails)

    @rule(key=st.sampled_from("abc"), hours=hours, fails=st.booleans())
    def postpone_timer(self, key: str, hours: int, *, fails: bool) -> None:
        async def work(unit: UnitOfWork) -> None:
            unit.timers.postpone(key, OVERDUE + timedelta(hours=hours), "Oops")

        self._both(work, fails=fails)

    @rule(limit=st.integers(1, 4))
    def look_at_timers(self, limit: int) -> None:
        self._both(lambda unit: unit.timers.claim(limit))

    @rule(number=numbers, state=states, service=services, subject=subjects, hours=hours)
    def park(self, number: int, state: ParkedState, service: str, subject: UUID, hours: int) -> None:
        at = T0 + timedelta(hours=hours)
        name = event_name(number, service, subject)
        row = Parked(name, service, str(subject), number, "t", state, state, b"{}", {"a": "b"}, at, abs(hours))
        self._both(lambda unit: unit.parking.park(row))

    @rule(number=numbers, state=states, service=services, subject=subjects)
    def mark(self, number: int, state: ParkedState, service: str, subject: UUID) -> None:
        self._both(lambda unit: unit.parking.mark(event_name(number, service, subject), state))

    @rule(number=numbers, service=services, subject=subjects)
    def unpark(self, number: int, service: str, subject: UUID) -> None:
        self._both(lambda unit: unit.parking.remove(event_name(number, service, subject)))

    @rule(number=numbers, service=services, subject=subjects)
    def look_at_one(self, number: int, service: str, subject: UUID) -> None:
        self._both(lambda unit: unit.parking.get(event_name(number, service, subject)))

    @rule(limit=st.integers(1, 9))
    def look_at_parking(self, limit: int) -> None:
        async def work(unit: UnitOfWork) -> object:
            positions = await unit.inbox.positions([], ((each, str(about)) for each in SERVICES for about in SUBJECTS))
            of_subjects = [await unit.parking.of_subject("intake", str(subject)) for subject in SUBJECTS]
            return await unit.parking.wanted(limit), await unit.parking.all(limit), positions, of_subjects

        self._both(work)

    @rule(count=st.integers(1, 3))
    def publish(self, count: int) -> None:
        for bench in self._benches:
            self._run(_publish(bench, count))

    @rule(count=st.integers(1, 3))
    def refill(self, count: int) -> None:
        for bench in self._benches:
            self._run(bench.rows.refill(count))

    @invariant()
    def outboxes_agree(self) -> None:
        depths = [self._run(bench.rows.depth()) for bench in self._benches]
        assert depths[0].waiting == depths[1].waiting
        assert (depths[0].oldest is None) == (depths[1].oldest is None)
        waiting = [
            [(r.subject, r.sequence, r.type) for r in self._run(bench.rows.waiting(999))] for bench in self._benches
        ]
        assert waiting[0] == waiting[1]


def event_name(number: int, service: str, subject: UUID) -> str:
    """What sorts otherwise in a language than by its bytes."""
    return f"{'eE'[number % 2]}{number}/{service}{subject}"


async def _publish(bench: Bench, count: int) -> None:
    await bench.rows.mark_published([row.position for row in await bench.rows.waiting(count)])


@contextmanager
def fresh_benches(postgres: Postgres, run: Callable[[Awaitable[Any]], Any]) -> Iterator[list[Bench]]:
    """An empty PostgreSQL and an empty twin."""
    url = run(postgres.make_database("plumbing", upgrade))
    database = Database(url, application_name="test")
    real = PostgresUnits(
        database, service="intake", ids=SeededIds(Random(1)), city=a_city(), chain=CHAIN, make=PostgresUnit
    )
    clock = HeldClock(T0)
    twin = MemoryUnits(service="intake", clock=clock, ids=SeededIds(Random(1)), make=MemoryUnit)
    move = _held(clock)
    yield [Bench(real, PostgresOutboxRows(database), move), Bench(twin, InMemoryOutboxRows(twin), move)]
    run(database.close())
    run(postgres.drop_database(url))


def test_unit_of_work_and_its_twin_agree_whatever_happens(postgres: Postgres) -> None:
    with asyncio.Runner() as runner:
        UnitMachine.runner, UnitMachine.postgres = runner, postgres
        run_state_machine_as_test(
            UnitMachine,
            settings=settings(
                max_examples=15, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )


async def _awaited(work: Awaitable[ResultT]) -> ResultT:
    return await work


def _fail(*, wanted: bool) -> None:
    if wanted:
        raise Oops
