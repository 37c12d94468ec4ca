"""P7: what passes by itself is tried again, wherever it arises; it parks, fails and postpones nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared.events.intake import CaseReopened
from shared.events.matching import SearchStopped
from shared.messaging.consumer import Consumer
from shared.messaging.parked_retry import ParkedRetry
from shared.messaging.timers import TimerLoop
from shared.storage.database import TryAgain
from shared.unit_of_work import ParkedState, Timer
from tests.integration.plumbing.conftest import Bench, said
from tests.integration.plumbing.test_consumer import A, B, Handling, effects, parked

PASSING_STATES = ("40P01", "55P03", "40001")


class InTheWay(Handling):
    """A handler for whose transaction the database refuses once: another one was in its way."""

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state, self.refuses = state, {B}

    async def note(self, event: CaseReopened | SearchStopped, unit: Any) -> None:  # noqa: ANN401 - the real unit, for its connection
        if event.subject in self.refuses:
            await self.be_refused(unit, event.subject)
        await super().note(event, unit)

    async def be_refused(self, unit: Any, subject: UUID) -> None:  # noqa: ANN401 - the real unit, for its connection
        self.refuses.discard(subject)
        raising = f"DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '{self.state}'; END $$"
        await unit._connection.execute(text(raising))


@pytest.mark.parametrize("state", PASSING_STATES)
async def test_neighbour_of_a_poison_event_is_not_parked_when_another_transaction_was_in_its_way(
    postgres_bench: Bench, state: str
) -> None:
    handling = InTheWay(state)
    handling.poison = {A}
    await postgres_bench.say(said(A), said(B))
    batch, consumer = await postgres_bench.records(), Consumer(postgres_bench.units, {CaseReopened: handling.note})

    with pytest.raises(TryAgain):
        await consumer.deliver(batch)
    assert await parked(postgres_bench) == []

    await consumer.deliver(batch)
    assert await parked(postgres_bench) == [(str(A), 1, ParkedState.FAILED)]
    assert await effects(postgres_bench) == 1


@pytest.mark.parametrize("state", PASSING_STATES)
async def test_retry_that_met_another_transaction_is_tried_again_by_itself(postgres_bench: Bench, state: str) -> None:
    handling = InTheWay(state)
    handling.poison, handling.refuses = {A}, set()
    await postgres_bench.say(said(A))
    await Consumer(postgres_bench.units, {CaseReopened: handling.note}).deliver(await postgres_bench.records())
    (row,) = await postgres_bench.in_unit(lambda unit: unit.parking.all(1))
    handling.poison, handling.refuses = set(), {A}
    await postgres_bench.in_unit(lambda unit: unit.parking.mark(row.event_id, ParkedState.RETRY))
    retry = ParkedRetry(postgres_bench.units, {CaseReopened: handling.note})

    assert [await retry.run_once(), await retry.run_once()] == [0, 1]
    assert await parked(postgres_bench) == []


@pytest.mark.parametrize("state", PASSING_STATES)
async def test_timer_that_met_another_transaction_stays_due(postgres_bench: Bench, state: str) -> None:
    handling = InTheWay(state)

    async def fire(timer: Timer, unit: Any) -> None:  # noqa: ANN401 - the real unit, for its connection
        if timer.subject in handling.refuses:
            await handling.be_refused(unit, timer.subject)

    async with postgres_bench.units.begin() as unit:
        unit.timers.set(Timer("a", "fire", B, unit.now - timedelta(hours=1)))
    loop = TimerLoop(postgres_bench.units, {"fire": fire})

    with pytest.raises(TryAgain):
        await loop.fire_due()
    assert [await loop.fire_due(), await loop.fire_due()] == [1, 0]
