"""One event, whatever is wrong with it, stands aside alone: nobody waits for ever, and too many stop the worker."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared.events.intake import CaseReopened
from shared.kernel.errors import Transient
from shared.kernel.retry_budget import MOST_TRIES
from shared.messaging.bus.base import Delivered
from shared.messaging.consumer import MOST_PARKED_IN_A_ROW, Consumer, TooManyParked
from shared.storage.database import DatabaseAway
from shared.unit_of_work import ParkedState, Timer, UnitOfWork, Units
from tests.integration.plumbing.conftest import Bench, said
from tests.integration.plumbing.test_consumer import A, B, Handling, effects, parked

MANY = [UUID(int=1000 + n) for n in range(MOST_PARKED_IN_A_ROW)]


@pytest.fixture
def handling() -> Handling:
    return Handling()


@pytest.fixture
def consumer(bench: Bench, handling: Handling) -> Consumer[Any]:
    return Consumer(bench.units, {CaseReopened: handling.note})


async def in_lanes(consumer: Consumer[Any], records: Sequence[Delivered]) -> list[BaseException | None]:
    """Each on a partition of its own, all at once; what came of each."""
    deliveries = [consumer.deliver([replace(each, partition=n)]) for n, each in enumerate(records)]
    return await asyncio.gather(*deliveries, return_exceptions=True)


async def test_record_whose_key_fits_in_no_index_stands_aside(postgres_bench: Bench) -> None:
    handling = Handling()
    await postgres_bench.say(said(A), said(B))
    records = await postgres_bench.records()
    records[0] = replace(records[0], key=Random(1).randbytes(4_000).hex())

    consumer: Consumer[Any] = Consumer(postgres_bench.units, {CaseReopened: handling.note})
    assert await in_lanes(consumer, records) == [None, None]
    ((subject, _, state),) = await parked(postgres_bench)
    assert (subject[:7], state) == ("sha256:", ParkedState.FAILED)
    assert handling.seen == [B]


async def test_event_whose_effect_is_refused_only_at_the_end_is_parked_alone(postgres_bench: Bench) -> None:
    async def set_what_no_table_takes(event: CaseReopened, unit: UnitOfWork) -> None:
        unit.timers.set(
            Timer(str(event.subject), "k", event.subject, unit.now, {"a": "\0" if event.subject == A else ""})
        )

    await postgres_bench.say(said(A), said(B), said(A))
    consumer: Consumer[Any] = Consumer(postgres_bench.units, {CaseReopened: set_what_no_table_takes})
    await consumer.deliver(await postgres_bench.records())

    assert await parked(postgres_bench) == [(str(A), 1, ParkedState.FAILED), (str(A), 2, ParkedState.BEHIND)]
    timers = await postgres_bench.in_unit(lambda unit: unit.timers.claim(9))
    assert [timer.subject for timer in timers] == [B]


async def test_partition_whose_event_cannot_even_be_parked_holds_up_no_other(postgres_bench: Bench) -> None:
    handling = Handling()
    handling.poison = {A}
    refusing = f"ALTER TABLE parked_events ADD CHECK (subject <> '{A}')"
    async with postgres_bench.units.begin() as unit:
        await unit._connection.execute(text(refusing))
    await postgres_bench.say(said(A), said(B))

    consumer: Consumer[Any] = Consumer(postgres_bench.units, {CaseReopened: handling.note})
    first, second = await in_lanes(consumer, await postgres_bench.records())
    assert first is not None
    assert second is None
    assert handling.seen[-1:] == [B]


async def test_consumer_stops_its_worker_when_nothing_can_be_read(bench: Bench, consumer: Consumer[Any]) -> None:
    await bench.say(*(said(subject) for subject in MANY))
    future = {"ce_type": "nl.schakel.intake.case-reopened.v9"}
    records = [replace(each, headers={**each.headers, **future}) for each in await bench.records()]

    await consumer.deliver(records[:-1])
    assert not consumer.halted.is_set()
    # What comes again is known, and counts no more.
    await consumer.deliver(records[:-1])
    assert not consumer.halted.is_set()
    with pytest.raises(TooManyParked):
        await consumer.deliver(records)
    assert consumer.halted.is_set()


async def test_one_event_that_can_be_applied_does_not_hide_the_storm_before_it(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    handling.poison = set(MANY)
    await bench.say(*(said(subject) for subject in MANY), said(B))

    with pytest.raises(TooManyParked):
        await consumer.deliver(await bench.records())
    assert consumer.halted.is_set()


async def test_storm_of_fewer_before_and_after_an_event_that_can_be_applied_halts_nothing(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    handling.poison = set(MANY)
    await bench.say(*(said(subject) for subject in MANY[1:]), said(B), said(MANY[0]))

    await consumer.deliver(await bench.records())
    assert not consumer.halted.is_set()


async def test_parking_that_was_taken_back_does_not_count(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    few = MANY[: MOST_PARKED_IN_A_ROW // 2 + 1]
    handling.poison, handling.passing = set(few), {B}
    await bench.say(*(said(subject) for subject in few), said(B))
    records = await bench.records()

    with pytest.raises(Transient):
        await consumer.deliver(records)
    await consumer.deliver(records[:-1])

    assert not consumer.halted.is_set()
    assert len(await parked(bench)) == len(few)


async def test_event_whose_fault_never_passes_is_parked_and_its_neighbours_are_applied(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    handling.passing = {A}
    await bench.say(said(A), said(A), said(B))
    records = await bench.records()

    for _ in range(MOST_TRIES - 1):
        with pytest.raises(Transient):
            await consumer.deliver(records)
    assert await parked(bench) == []
    await consumer.deliver(records)

    assert await parked(bench) == [(str(A), 1, ParkedState.FAILED), (str(A), 2, ParkedState.BEHIND)]
    assert await effects(bench) == 1


class ComesAndGoes:
    """Units whose database is away until told otherwise."""

    def __init__(self, units: Units[Any]) -> None:
        self._units, self.away = units, True

    def begin(self) -> AbstractAsyncContextManager[Any]:
        if self.away:
            raise DatabaseAway
        return self._units.begin()


async def test_nothing_counts_against_an_event_while_the_database_is_away(bench: Bench, handling: Handling) -> None:
    units = ComesAndGoes(bench.units)
    consumer: Consumer[Any] = Consumer(units, {CaseReopened: handling.note})
    await bench.say(said(A))
    records = await bench.records()
    for _ in range(2 * MOST_TRIES):
        with pytest.raises(DatabaseAway):
            await consumer.deliver(records)

    units.away, handling.passing = False, {A}
    with pytest.raises(Transient):
        await consumer.deliver(records)
    assert await parked(bench) == []
