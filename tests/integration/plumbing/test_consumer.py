"""P3 and the inbox: once each, in order, and a poison event holds up its own subject only."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from shared.events.intake import CaseReopened, NewQuestionRaised
from shared.events.matching import SearchStopped
from shared.kernel.errors import Transient
from shared.messaging.bus.base import Delivered
from shared.messaging.consumer import MOST_PARKED_IN_A_ROW, Consumer, TooManyParked
from shared.messaging.parked_retry import ParkedRetry
from shared.unit_of_work import ParkedState, UnitOfWork
from tests.integration.plumbing.conftest import T0, Bench, said

A, B, EFFECTS = UUID(int=1), UUID(int=2), UUID(int=99)


class Handling:
    """A handler whose effect is a fact in the outbox, and that fails when told to."""

    def __init__(self) -> None:
        self.poison: set[UUID] = set()
        self.passing: set[UUID] = set()
        self.seen: list[UUID] = []

    async def note(self, event: CaseReopened | SearchStopped, unit: UnitOfWork) -> None:
        unit.outbox.append(NewQuestionRaised(subject=EFFECTS, occurred_at=T0, raised_by=None))
        if event.subject in self.passing:
            raise Transient
        if event.subject in self.poison:
            msg = "Jansje de Vries, 06-12345678"
            raise ValueError(msg)
        self.seen.append(event.subject)


@pytest.fixture
def handling() -> Handling:
    return Handling()


@pytest.fixture
def consumer(bench: Bench, handling: Handling) -> Consumer[Any]:
    return Consumer(bench.units, {CaseReopened: handling.note})


async def effects(bench: Bench) -> int:
    return sum(record.key == str(EFFECTS) for record in await bench.records())


async def parked(bench: Bench) -> list[tuple[str, int, ParkedState]]:
    rows = await bench.in_unit(lambda unit: unit.parking.all(100))
    return sorted((row.subject, row.sequence, row.state) for row in rows)


def only(records: Sequence[Delivered], *versions: int) -> list[Delivered]:
    return [record for record in records if int(record.headers["ce_sequence"]) in versions]


async def test_consumer_applies_each_event_once_when_it_comes_twice(bench: Bench, consumer: Consumer[Any]) -> None:
    await bench.say(said(A), said(B), said(A))
    batch = await bench.records()

    await consumer.deliver(batch)
    await consumer.deliver([*batch, *batch])

    assert await effects(bench) == 3


async def test_consumer_parks_a_poison_event_and_what_is_behind_it_but_nothing_else(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    handling.poison = {A}
    await bench.say(said(A), said(B), said(A), said(B))

    await consumer.deliver(await bench.records())

    assert handling.seen[-2:] == [B, B]
    assert await effects(bench) == 2
    assert await parked(bench) == [(str(A), 1, ParkedState.FAILED), (str(A), 2, ParkedState.BEHIND)]


async def test_consumer_gives_no_word_of_the_failure_away_when_it_parks(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    handling.poison = {A}
    await bench.say(said(A))
    await consumer.deliver(await bench.records())

    (row,) = await bench.in_unit(lambda unit: unit.parking.all(1))
    assert "ValueError" in row.reason
    assert "Jansje" not in row.reason


async def test_retry_applies_in_order_when_an_operator_asks_to_retry(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    handling.poison = {A}
    await bench.say(said(A), said(A), said(A))
    batch = await bench.records()
    await consumer.deliver(batch)
    first = (await bench.in_unit(lambda unit: unit.parking.all(10)))[0]
    retry = ParkedRetry(bench.units, {CaseReopened: handling.note})

    await bench.in_unit(lambda unit: unit.parking.mark(first.event_id, ParkedState.RETRY))
    assert await retry.run_once() == 0
    again = await bench.in_unit(lambda unit: unit.parking.get(first.event_id))
    assert again is not None
    assert (again.state, again.attempts) == (ParkedState.FAILED, 2)

    handling.poison = set()
    await bench.in_unit(lambda unit: unit.parking.mark(first.event_id, ParkedState.RETRY))
    assert await retry.run_once() == 3
    assert await parked(bench) == []
    assert await effects(bench) == 3
    await consumer.deliver(batch)
    assert await effects(bench) == 3


async def test_retry_skips_one_and_goes_on_behind_it_when_an_operator_skips(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    handling.poison = {A}
    await bench.say(said(A), said(A))
    await consumer.deliver(await bench.records())
    handling.poison = set()
    first = (await bench.in_unit(lambda unit: unit.parking.all(10)))[0]

    await bench.in_unit(lambda unit: unit.parking.mark(first.event_id, ParkedState.SKIP))
    await ParkedRetry(bench.units, {CaseReopened: handling.note}).run_once()

    assert await effects(bench) == 1
    assert await parked(bench) == []


async def test_consumer_holds_back_what_comes_before_its_turn_and_applies_it_when_the_gap_closes(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    await bench.say(said(A), said(A), said(A))
    batch = await bench.records()
    retry = ParkedRetry(bench.units, {CaseReopened: handling.note})

    await consumer.deliver(only(batch, 1))
    await consumer.deliver(only(batch, 3))
    assert await retry.run_once() == 0
    assert await parked(bench) == [(str(A), 3, ParkedState.GAP)]
    await consumer.deliver(only(batch, 2))
    assert await retry.run_once() == 1

    assert await parked(bench) == []
    assert await effects(bench) == 3


async def test_consumer_takes_the_whole_batch_back_when_a_fault_passes_by_itself(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    handling.passing = {B}
    await bench.say(said(A), said(B))
    batch = await bench.records()

    with pytest.raises(Transient):
        await consumer.deliver(batch)
    assert await effects(bench) == 0
    assert await parked(bench) == []

    handling.passing = set()
    await consumer.deliver(batch)
    assert await effects(bench) == 2


@pytest.mark.parametrize(
    ("value", "headers", "behind"),
    [
        (b"\xff\xfe no json", {}, ParkedState.BEHIND),
        (b"{}", {}, ParkedState.BEHIND),
        (b"[" * 100_000, {}, ParkedState.BEHIND),
        (None, {"ce_type": "nl.schakel.intake.case-reopened.v9"}, ParkedState.BEHIND),
        (None, {"ce_sequence": "one"}, ParkedState.GAP),
        (None, {"ce_sequence": "2147483648"}, ParkedState.GAP),
        (b"hello", {"ce_id": "", "ce_specversion": "0.3"}, ParkedState.GAP),
    ],
)
async def test_consumer_parks_what_it_cannot_read_and_never_raises(
    bench: Bench, consumer: Consumer[Any], value: bytes | None, headers: dict[str, str], behind: ParkedState
) -> None:
    await bench.say(said(A), said(A), said(B))
    batch = await bench.records()
    bad = replace(batch[0], value=batch[0].value if value is None else value, headers={**batch[0].headers, **headers})

    await consumer.deliver([bad, batch[1], batch[2]])

    states = [state for _, _, state in await parked(bench)]
    assert sorted(states) == sorted([ParkedState.FAILED, behind])
    assert await effects(bench) == 1


async def test_consumer_parks_an_event_that_asks_the_database_for_the_impossible(postgres_bench: Bench) -> None:
    """The driver refuses the value itself; that is no absence of the database, which would be waited out for ever."""

    async def count_too_far(event: CaseReopened, unit: UnitOfWork) -> None:
        await unit.inbox.advance({("matching", event.subject): 10**17 if event.subject == A else 1})

    await postgres_bench.say(said(A), said(B))
    await Consumer(postgres_bench.units, {CaseReopened: count_too_far}).deliver(await postgres_bench.records())

    assert await parked(postgres_bench) == [(str(A), 1, ParkedState.FAILED)]


async def test_consumer_leaves_an_unreadable_event_alone_that_an_operator_passed_over(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    await bench.say(said(A), said(A))
    batch = await bench.records()
    batch[0] = replace(batch[0], value=b"no json")
    await consumer.deliver(batch)
    first = (await bench.in_unit(lambda unit: unit.parking.all(10)))[0]
    await bench.in_unit(lambda unit: unit.parking.mark(first.event_id, ParkedState.SKIP))
    await ParkedRetry(bench.units, {CaseReopened: handling.note}).run_once()

    await consumer.deliver(batch)

    assert await parked(bench) == []
    assert await effects(bench) == 1


async def test_consumer_stops_its_worker_when_everything_fails(
    bench: Bench, consumer: Consumer[Any], handling: Handling
) -> None:
    subjects = [UUID(int=1000 + n) for n in range(MOST_PARKED_IN_A_ROW)]
    handling.poison = set(subjects)
    await bench.say(*(said(subject) for subject in subjects))

    with pytest.raises(TooManyParked):
        await consumer.deliver(await bench.records())
    assert consumer.halted.is_set()
    assert len(await parked(bench)) == MOST_PARKED_IN_A_ROW


async def test_consumer_lets_events_without_handler_count_as_heard(bench: Bench, consumer: Consumer[Any]) -> None:
    await bench.say(NewQuestionRaised(subject=A, occurred_at=T0, raised_by=None), said(A))
    batch = [record for record in await bench.records() if record.key == str(A)]

    await consumer.deliver(batch)

    assert await effects(bench) == 1
    assert await parked(bench) == []
