"""What comes together is applied together: one transaction, one look-up, and each event still for itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from shared.events.base import Event
from shared.events.intake import CaseReopened
from shared.messaging.consumer import Consumer
from shared.unit_of_work import ParkedState, UnitOfWork
from tests.integration.plumbing.conftest import Bench, said
from tests.integration.plumbing.test_consumer import A, B, Handling, parked


async def test_what_waits_of_several_partitions_and_services_is_applied_in_one_transaction(bench: Bench) -> None:
    handling, begun = Handling(), list[int]()

    class Counted:
        def begin(self) -> Any:  # noqa: ANN401 - a unit of either bench
            begun.append(1)
            return bench.units.begin()

    consumer = Consumer(Counted(), {CaseReopened: handling.note})
    await bench.say(said(A), said(B))
    of_intake, of_matching = await bench.records(), await bench.records("matching")
    others = [replace(each, headers={**each.headers, "ce_id": str(UUID(int=n))}) for n, each in enumerate(of_matching)]

    await asyncio.gather(*(consumer.deliver([record]) for record in [*of_intake, *others]))

    # The subjects are the same, but each service counts by itself.
    assert sorted(handling.seen) == [A, A, B, B]
    assert len(begun) == 1


async def test_preparing_is_done_once_for_all_events_and_not_where_each_must_stand_alone(bench: Bench) -> None:
    handling, prepared = Handling(), list[list[UUID]]()

    async def prepare(events: Sequence[Event], _: UnitOfWork) -> None:
        prepared.append([event.subject for event in events])

    handling.poison = {B}
    await bench.say(said(A), said(B))
    await Consumer(bench.units, {CaseReopened: handling.note}, prepare).deliver(await bench.records())

    assert prepared == [[A, B]]
    assert await parked(bench) == [(str(B), 1, ParkedState.FAILED)]
