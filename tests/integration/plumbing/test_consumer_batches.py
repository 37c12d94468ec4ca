"""What comes together is applied together: one transaction, one look-up, and each event still for itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from shared.events.base import Event
from shared.events.catalogue import topics_for, wire_name
from shared.events.intake import CaseReopened
from shared.events.matching import SearchStopped
from shared.messaging.bus.base import Delivered
from shared.messaging.consumer import Consumer
from shared.unit_of_work import ParkedState, UnitOfWork
from tests.integration.plumbing.conftest import PERSON, T0, Bench, said
from tests.integration.plumbing.test_consumer import A, B, Handling, parked


async def test_what_waits_of_several_partitions_and_services_is_applied_in_one_transaction(bench: Bench) -> None:
    handling, begun = Handling(), list[int]()

    class Counted:
        def begin(self) -> Any:  # noqa: ANN401 - a unit of either bench
            begun.append(1)
            return bench.units.begin()

    consumer = Consumer(Counted(), {CaseReopened: handling.note, SearchStopped: handling.note})
    await bench.say(said(A), said(B))
    of_intake = await bench.records()
    of_matching = [as_of_matching(each, number) for number, each in enumerate(await bench.records("matching"))]

    await asyncio.gather(*(consumer.deliver([record]) for record in [*of_intake, *of_matching]))

    # The subjects are the same, but each service counts by itself.
    assert sorted(handling.seen) == [A, A, B, B]
    assert len(begun) == 1


def as_of_matching(record: Delivered, number: int) -> Delivered:
    """The same place in the history of the same subject, but an event of another service."""
    stopped = SearchStopped(
        subject=UUID(record.key), occurred_at=T0, case_code="K7RM-4TXA", need_id=PERSON, stopped_by=PERSON
    )
    headers = {**record.headers, "ce_id": str(UUID(int=number)), "ce_type": wire_name(SearchStopped)}
    value = stopped.model_dump_json(by_alias=True).encode()
    return replace(record, topic=topics_for(SearchStopped)[0], value=value, headers=headers)


@pytest.mark.parametrize("forged", [{"topic": "schakel.notify"}, {"service": "notify"}, {"type_of": "notify"}])
async def test_event_that_another_service_published_is_parked_and_changes_nothing(
    bench: Bench, forged: dict[str, str]
) -> None:
    """Whoever can write the topic of one service is not believed in the name of another one."""
    handling = Handling()
    await bench.say(said(A))
    (real,) = await bench.records()
    headers = dict(real.headers)
    if "service" in forged:
        headers["ce_source"] = headers["ce_source"].replace("intake", forged["service"])
    if "type_of" in forged:
        headers["ce_type"] = headers["ce_type"].replace("intake", forged["type_of"])
    as_forged = replace(real, topic=forged.get("topic", real.topic), headers=headers)
    consumer = Consumer(bench.units, {CaseReopened: handling.note})

    await consumer.deliver([as_forged])
    assert handling.seen == []
    (row,) = await bench.in_unit(lambda unit: unit.parking.all(10))
    assert "other-service" in row.reason

    # The real one, with the same id, is applied all the same.
    await consumer.deliver([real])
    assert handling.seen == [A]


async def test_preparing_is_done_once_for_all_events_and_not_where_each_must_stand_alone(bench: Bench) -> None:
    handling, prepared = Handling(), list[list[UUID]]()

    async def prepare(events: Sequence[Event], _: UnitOfWork) -> None:
        prepared.append([event.subject for event in events])

    handling.poison = {B}
    await bench.say(said(A), said(B))
    await Consumer(bench.units, {CaseReopened: handling.note}, prepare).deliver(await bench.records())

    assert prepared == [[A, B]]
    assert await parked(bench) == [(str(B), 1, ParkedState.FAILED)]
