"""The sweep: what an operator decides about parked events, gaps, and what comes too late."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from shared.bus.base import Delivered
from shared.consumer import Consumer
from shared.events.base import Event
from shared.events.intake import CaseReopened
from shared.sweep import Sweep
from shared.unit_of_work import Parked, ParkedState
from tests.integration.plumbing.conftest import Bench, said
from tests.integration.plumbing.test_consumer import A, B, Handling, only, parked


class Listening:
    """A consumer and its sweep, and an operator."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.handling = bench, Handling()
        self.consumer: Consumer[Any] = Consumer(bench.units, {CaseReopened: self.handling.note})
        self.sweep = Sweep(bench.units, {CaseReopened: self.handling.note}).sweep

    async def batch(self, *events: Event) -> list[Delivered]:
        """These, as the bus would deliver them."""
        await self.bench.say(*events)
        return await self.bench.records()

    async def rows(self) -> list[Parked]:
        """All that stands aside."""
        return await self.bench.in_unit(lambda unit: unit.parking.all(100))

    async def want(self, state: ParkedState, *rows: Parked) -> None:
        """The operator asks for it, of all when none is named."""
        async with self.bench.units.begin() as unit:
            for row in rows or await unit.parking.all(100):
                await unit.parking.mark(row.event_id, state)


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

    assert await listening.sweep() == 1
    assert not [row for row in await parked(listening.bench) if row[0] == str(B)]


async def test_gap_that_closed_is_not_kept_waiting_by_many_that_stay_open(listening: Listening) -> None:
    open_ones = [UUID(int=1000 + n) for n in range(25)]
    records = await listening.batch(*(said(each) for each in open_ones for _ in range(2)), *(said(B) for _ in range(3)))
    await listening.consumer.deliver([each for each in only(records, 2) if each.key != str(B)])
    await close_a_gap(listening, [record for record in records if record.key == str(B)])

    assert await listening.sweep() == 1
    assert len(await parked(listening.bench)) == len(open_ones)
