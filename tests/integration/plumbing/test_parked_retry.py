"""The retry of parked events: what an operator decides about parked events, gaps, and what comes too late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.events.base import Event
from shared.events.intake import CaseReopened
from shared.messaging.bus.base import Delivered
from shared.messaging.consumer import Consumer
from shared.messaging.inbox import KEPT_FOR_DAYS
from shared.messaging.parked_retry import ParkedRetry
from shared.storage.database import TryAgain
from shared.unit_of_work import Parked, ParkedState, Timer, UnitOfWork
from tests.integration.plumbing.conftest import PERSON, Bench, said
from tests.integration.plumbing.test_consumer import A, B, Handling, effects, only, parked


class Listening:
    """A consumer and its retry of parked events, and an operator."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.handling = bench, Handling()
        self.consumer: Consumer[Any] = Consumer(bench.units, {CaseReopened: self.handling.note})
        self.retry = ParkedRetry(bench.units, {CaseReopened: self.handling.note}).run_once

    async def batch(self, *events: Event) -> list[Delivered]:
        """These, as the bus would deliver them."""
        await self.bench.say(*events)
        return await self.bench.records()

    async def recent(self, count: int, days: int = 0) -> list[Delivered]:
        """So many of A, said so many days ago."""
        now = await self.bench.in_unit(_now)
        at = now - timedelta(days=days)
        return await self.batch(*(CaseReopened(subject=A, occurred_at=at, reopened_by=PERSON) for _ in range(count)))

    async def rows(self) -> list[Parked]:
        """All that stands aside."""
        return await self.bench.in_unit(lambda unit: unit.parking.all(100))

    async def want(self, state: ParkedState, *rows: Parked) -> None:
        """The operator asks for it, of all when none is named."""
        async with self.bench.units.begin() as unit:
            for row in rows or await unit.parking.all(100):
                await unit.parking.mark(row.event_id, state)


async def _now(unit: UnitOfWork) -> Any:  # noqa: ANN401 - a moment
    return unit.now


@pytest.fixture
def listening(bench: Bench) -> Listening:
    return Listening(bench)


async def close_a_gap(listening: Listening, records: Sequence[Delivered]) -> None:
    for version in (1, 3, 2):
        await listening.consumer.deliver(only(records, version))


async def test_gap_that_closed_is_not_kept_waiting_by_many_that_cannot_leave(listening: Listening) -> None:
    listening.handling.poison = {A}
    records = await listening.batch(*(said(A) for _ in range(22)), *(said(B) for _ in range(3)))
    await listening.consumer.deliver([record for record in records if record.key == str(A)])
    await listening.want(ParkedState.RETRY)
    await close_a_gap(listening, [record for record in records if record.key == str(B)])

    assert await listening.retry() == 1
    assert not [row for row in await parked(listening.bench) if row[0] == str(B)]


async def test_gap_that_closed_is_not_kept_waiting_by_many_that_stay_open(listening: Listening) -> None:
    open_ones = [UUID(int=1000 + n) for n in range(25)]
    records = await listening.batch(*(said(each) for each in open_ones for _ in range(2)), *(said(B) for _ in range(3)))
    await listening.consumer.deliver([each for each in only(records, 2) if each.key != str(B)])
    await close_a_gap(listening, [record for record in records if record.key == str(B)])

    assert await listening.retry() == 1
    assert len(await parked(listening.bench)) == len(open_ones)


async def test_retry_of_what_follows_a_gap_applies_it_though_the_missing_one_never_came(listening: Listening) -> None:
    records = await listening.batch(*(said(A) for _ in range(5)))
    await listening.consumer.deliver(only(records, 1, 3, 4))
    assert await listening.retry() == 0
    await listening.want(ParkedState.RETRY, (await listening.rows())[0])

    assert await listening.retry() == 2
    await listening.consumer.deliver(only(records, 5))
    assert await effects(listening.bench) == 4
    assert await parked(listening.bench) == []


async def test_retry_behind_a_failure_says_of_no_gap_that_it_may_be_crossed(listening: Listening) -> None:
    listening.handling.poison = {A}
    records = await listening.batch(*(said(A) for _ in range(3)))
    await listening.consumer.deliver(only(records, 1, 3))
    listening.handling.poison = set()
    await listening.want(ParkedState.RETRY)

    assert [await listening.retry(), await listening.retry()] == [1, 0]
    (row,) = await listening.rows()
    assert (row.state, row.reason) == (ParkedState.GAP, "version 2 has not arrived")


async def skip_the_first_and_hear_it_afterwards(listening: Listening, days: int = 0) -> list[Delivered]:
    records = await listening.recent(3, days)
    await listening.consumer.deliver(only(records, 2))
    await listening.want(ParkedState.RETRY)
    await listening.retry()
    await listening.consumer.deliver(only(records, 1, 3))
    return records


async def test_event_that_comes_too_late_stands_aside_and_holds_up_nothing(listening: Listening) -> None:
    records = await skip_the_first_and_hear_it_afterwards(listening)
    await listening.consumer.deliver(records)

    assert await effects(listening.bench) == 2
    (row,) = await listening.rows()
    assert row.state is ParkedState.FAILED
    assert row.reason == "version 1 came when version 2 was applied already"
    assert await listening.retry() == 0


@pytest.mark.parametrize(("wish", "count"), [(ParkedState.RETRY, 3), (ParkedState.SKIP, 2)])
async def test_operator_decides_once_about_an_event_that_came_too_late(
    listening: Listening, wish: ParkedState, count: int
) -> None:
    records = await skip_the_first_and_hear_it_afterwards(listening)
    await listening.want(wish)

    assert await listening.retry() == 1
    await listening.consumer.deliver(records)
    assert await effects(listening.bench) == count
    assert await parked(listening.bench) == []


async def test_replay_from_before_the_marks_that_are_kept_stays_silent(listening: Listening) -> None:
    """Topics are kept for ever, marks are not: nobody can tell whether it was heard, so the position decides."""
    await skip_the_first_and_hear_it_afterwards(listening, days=KEPT_FOR_DAYS)

    assert await effects(listening.bench) == 2
    assert await parked(listening.bench) == []


async def test_event_that_was_skipped_is_not_new_when_it_comes_again(listening: Listening) -> None:
    listening.handling.poison = {A}
    records = await listening.recent(2)
    records[1] = replace(records[1], value=b"no json")
    await listening.consumer.deliver(records)
    await listening.want(ParkedState.SKIP)
    assert await listening.retry() == 2

    await listening.consumer.deliver(records)
    assert await parked(listening.bench) == []


async def test_unreadable_event_waits_for_its_turn_and_only_then_says_why_it_fails(listening: Listening) -> None:
    records = await listening.batch(*(said(A) for _ in range(3)))
    records[2] = replace(records[2], value=b"no json")
    await listening.consumer.deliver(only(records, 1, 3))
    assert await parked(listening.bench) == [(str(A), 3, ParkedState.GAP)]
    await listening.consumer.deliver(only(records, 2))

    assert await listening.retry() == 0
    (row,) = await listening.rows()
    assert (row.state, row.reason) == (ParkedState.FAILED, "not-json: the value is not JSON")


async def test_retry_that_fails_together_and_then_meets_another_transaction_is_not_given_up(
    postgres_bench: Bench,
) -> None:
    listening = Listening(postgres_bench)
    listening.handling.poison = {A}
    await listening.consumer.deliver(await listening.batch(said(A), said(A)))
    await listening.want(ParkedState.RETRY)
    tries = list[int]()

    async def be_in_the_way_the_third_time(event: CaseReopened, unit: UnitOfWork) -> None:
        tries.append(1)
        if len(tries) == 2:
            unit.timers.set(Timer("t", "k", A, unit.now, {"a": "\0"}))
        if len(tries) == 3:
            raise TryAgain

    retry = ParkedRetry(postgres_bench.units, {CaseReopened: be_in_the_way_the_third_time}).run_once
    assert [await retry(), await retry()] == [0, 2]


async def test_retry_that_is_refused_only_at_the_end_fails_again_alone(postgres_bench: Bench) -> None:
    listening = Listening(postgres_bench)
    listening.handling.poison = {A, B}
    await listening.consumer.deliver(await listening.batch(said(A), said(A), said(B)))
    await listening.want(ParkedState.RETRY)

    async def set_what_no_table_takes(event: CaseReopened, unit: UnitOfWork) -> None:
        if event.subject == A:
            unit.timers.set(Timer("t", "k", A, unit.now, {"a": "\0"}))

    assert await ParkedRetry(postgres_bench.units, {CaseReopened: set_what_no_table_takes}).run_once() == 1
    assert await parked(postgres_bench) == [(str(A), 1, ParkedState.FAILED), (str(A), 2, ParkedState.RETRY)]


async def test_retry_that_never_ends_holds_up_no_other_and_is_given_up(bench: Bench) -> None:
    listening = Listening(bench)
    listening.handling.poison = {A, B}
    await listening.consumer.deliver(await listening.batch(said(A), said(B)))
    await listening.want(ParkedState.RETRY)
    listening.handling.poison, listening.handling.passing = set(), {A}

    assert await listening.retry() == 1
    for _ in range(9):
        assert await listening.retry() == 0
    assert await parked(bench) == [(str(A), 1, ParkedState.FAILED)]


@pytest.mark.parametrize("its_id", [UUID(int=0), UUID(int=2**128 - 1)])
async def test_what_nobody_can_read_holds_up_the_true_event_of_its_version_until_it_is_passed_over(
    listening: Listening, its_id: UUID
) -> None:
    records = await listening.batch(said(A), said(A))
    headers = {**records[0].headers, "ce_id": str(its_id)}
    await listening.consumer.deliver([replace(records[0], value=b"{no event", headers=headers)])
    await listening.bench.forward(timedelta(seconds=1))
    await listening.consumer.deliver(records)

    assert await listening.retry() == 0
    assert [row.state for row in await listening.rows()] == [ParkedState.FAILED, ParkedState.BEHIND, ParkedState.BEHIND]

    await listening.want(ParkedState.SKIP, (await listening.rows())[0])
    assert await listening.retry() == 3
    assert await effects(listening.bench) == 2
