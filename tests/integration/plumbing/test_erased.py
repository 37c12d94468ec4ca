"""A tombstone: what the plumbing holds of a case goes, what comes of it late is dropped, in whatever order it comes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from shared.events.base import Event
from shared.events.case_codes import SignalEnd
from shared.events.early_signals import EarlySignalEnded
from shared.events.family_safety import AddressShown
from shared.events.intake import CaseErased, CaseReopened
from shared.messaging.bus.base import Delivered
from shared.messaging.consumer import Consumer
from shared.messaging.parked_retry import ParkedRetry
from shared.unit_of_work import ParkedState, Timer, UnitOfWork
from tests.integration.plumbing.conftest import T0, Bench, said, sequences

CASE, OTHER, SIGNAL = UUID(int=1), UUID(int=2), UUID(int=3)
TOMBSTONE = CaseErased(subject=CASE, occurred_at=T0)


class Service:
    """It remembers what it applied, and erases when it is told to."""

    def __init__(self, bench: Bench) -> None:
        self.applied: list[UUID] = []
        self.erased = self.dropped = 0
        self.poison = False
        self.handlers: dict[type[Event], Any] = {
            CaseReopened: self.apply, EarlySignalEnded: self.apply, CaseErased: self.erase,
        }  # fmt: skip
        self.consumer = Consumer(bench.units, self.handlers, count_dropped=self.count)

    async def apply(self, event: Event, _: UnitOfWork) -> None:
        if self.poison:
            raise ValueError
        self.applied.append(event.about)

    async def erase(self, event: CaseErased, unit: UnitOfWork) -> None:
        self.erased += 1
        await unit.erased.bury(event.subject, T0.date())

    def count(self, dropped: int) -> None:
        self.dropped += dropped


def signal(case_id: UUID = CASE) -> EarlySignalEnded:
    """Of another subject, and about the case."""
    return EarlySignalEnded(
        subject=SIGNAL, occurred_at=T0, signal_code="K7QF-3XHA", ambassador_id=OTHER, organisation_id=OTHER,
        end=SignalEnd.BECAME_REQUEST, case_id=case_id,
    )  # fmt: skip


async def records(bench: Bench, *events: Event) -> Sequence[Delivered]:
    await bench.say(*events)
    return await bench.records()


@pytest.mark.parametrize("order", [(3, 1, 2, 4), (1, 3, 2, 4), (2, 4, 3, 1), (4, 2, 1, 3), (1, 2, 4, 3)])
async def test_tombstone_counts_in_whatever_order_it_comes_and_nothing_of_the_case_is_left(
    bench: Bench, order: tuple[int, ...]
) -> None:
    service = Service(bench)
    batch = await records(bench, said(CASE), said(CASE), TOMBSTONE, said(CASE))
    for number in order:
        await service.consumer.deliver([batch[number - 1]])
        # Another worker, or the same after it died, gets it again.
        await service.consumer.deliver([batch[number - 1]])
    assert service.erased == 1
    assert await bench.in_unit(lambda unit: unit.parking.all(9)) == []
    assert await bench.in_unit(lambda unit: unit.erased.find([CASE, OTHER])) == {CASE: T0.date()}
    assert service.dropped == len(order[order.index(3) + 1 :])


async def test_all_in_one_batch_is_the_same_and_other_cases_go_on(bench: Bench) -> None:
    service = Service(bench)
    batch = await records(bench, said(CASE), TOMBSTONE, said(CASE), said(OTHER), signal())
    await service.consumer.deliver(batch)
    assert service.applied == [CASE, OTHER]
    assert service.dropped == 2


async def test_what_stood_aside_goes_with_the_case_and_comes_back_by_no_retry(bench: Bench) -> None:
    service = Service(bench)
    service.poison = True
    batch = await records(bench, said(CASE), said(CASE), TOMBSTONE)
    await service.consumer.deliver(batch[:2])
    assert len(await bench.in_unit(lambda unit: unit.parking.all(9))) == 2
    await service.consumer.deliver(batch[2:])
    service.poison = False
    await ParkedRetry(bench.units, service.handlers).run_once()
    assert await bench.in_unit(lambda unit: unit.parking.all(9)) == []
    assert service.applied == []


async def test_tombstone_that_stood_aside_takes_with_it_what_is_behind_it(bench: Bench) -> None:
    service = Service(bench)
    batch = await records(bench, TOMBSTONE, said(CASE))

    async def refuse(event: CaseErased, unit: UnitOfWork) -> None:
        raise ValueError(event, unit)

    broken = Consumer(bench.units, {**service.handlers, CaseErased: refuse})
    await broken.deliver(batch)
    (first, _) = await bench.in_unit(lambda unit: unit.parking.all(9))
    await bench.in_unit(lambda unit: unit.parking.mark(first.event_id, ParkedState.RETRY))
    await ParkedRetry(bench.units, service.handlers).run_once()
    assert (service.erased, service.applied) == (1, [])
    assert await bench.in_unit(lambda unit: unit.parking.all(9)) == []
    left = await bench.in_unit(lambda unit: unit.inbox.positions([(first.service, CASE)]))
    assert left.applied == {}


async def test_tombstone_that_is_said_again_is_applied_again(bench: Bench) -> None:
    service = Service(bench)
    await service.consumer.deliver(await records(bench, TOMBSTONE))
    await service.consumer.deliver(await records(bench, TOMBSTONE))
    assert service.erased == 2
    assert service.dropped == 0


async def test_nothing_of_the_case_waits_to_be_said_or_to_fire_and_the_tombstone_goes_on_counting(bench: Bench) -> None:
    await bench.say(said(CASE), signal(), said(OTHER), said(CASE))
    async with bench.units.begin() as unit:
        unit.timers.set(Timer("of the case", "ring", CASE, T0))
        unit.timers.set(Timer(f"release:{CASE}", "ring", OTHER, T0))
    async with bench.units.begin() as unit:
        # In the same transaction as what was decided a moment before.
        unit.outbox.append(said(CASE), signal())
        unit.timers.set(Timer("just now", "ring", CASE, T0))
        await unit.erased.bury(CASE, T0.date(), parts=[SIGNAL])
        unit.outbox.append(TOMBSTONE)
    assert sequences(await bench.records()) == [(str(OTHER), 1), (str(CASE), 3)]
    assert await bench.in_unit(lambda unit: unit.timers.claim(9)) == []


async def test_what_waits_and_what_was_decided_a_moment_before_say_nothing_in_a_field_that_is_blanked(
    bench: Bench,
) -> None:
    shown = [AddressShown(subject=one, occurred_at=T0, district="oost") for one in (CASE, OTHER)]
    await bench.say(*shown)
    async with bench.units.begin() as unit:
        unit.outbox.append(*shown)
        await unit.erased.blank([CASE], "district")
    values = [(record.key, b"oost" in record.value) for record in await bench.records()]
    assert sorted(values) == [(str(CASE), False)] * 2 + [(str(OTHER), True)] * 2
