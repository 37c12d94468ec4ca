"""What is said is written with the change, versioned under the subject's lock, and never half."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from shared.events.base import Cause
from shared.kernel.trace import child_of
from shared.messaging.outbox import LARGEST_EVENT_BYTES, EventTooLarge
from shared.messaging.outbox_rows import refill_all
from shared.unit_of_work import UnitOfWork
from tests.integration.plumbing.conftest import Bench, said, sequences

A, B = UUID(int=1), UUID(int=2)


async def say_and_fail(bench: Bench) -> None:
    async with bench.units.begin() as unit:
        unit.outbox.append(said(A))
        raise RuntimeError


async def say_and_fail_inside(unit: UnitOfWork) -> None:
    async with unit.savepoint():
        unit.outbox.append(said(B))
        raise RuntimeError


async def test_outbox_numbers_each_subject_from_one_without_gaps(bench: Bench) -> None:
    await bench.say(said(A), said(B), said(A))
    await bench.say(said(A))

    assert sequences(await bench.records()) == [(str(A), 1), (str(B), 1), (str(A), 2), (str(A), 3)]


async def test_outbox_says_nothing_when_the_transaction_fails(bench: Bench) -> None:
    with pytest.raises(RuntimeError):
        await say_and_fail(bench)
    await bench.say(said(A))

    assert sequences(await bench.records()) == [(str(A), 1)]


async def test_outbox_takes_back_only_the_savepoint_that_failed(bench: Bench) -> None:
    async with bench.units.begin() as unit:
        unit.outbox.append(said(A))
        with pytest.raises(RuntimeError):
            await say_and_fail_inside(unit)
        unit.outbox.append(said(A))

    assert sequences(await bench.records()) == [(str(A), 1), (str(A), 2)]


async def test_outbox_keeps_order_and_gaps_out_when_many_write_one_subject_at_once(bench: Bench) -> None:
    async with asyncio.TaskGroup() as tasks:
        for _ in range(20):
            tasks.create_task(bench.say(said(A), said(B), said(A)))

    mine = [version for subject, version in sequences(await bench.records()) if subject == str(A)]
    assert mine == list(range(1, 41))


async def test_outbox_names_the_cause_and_the_first_of_the_chain(bench: Bench) -> None:
    first, cause = uuid4(), uuid4()
    async with bench.units.begin() as unit:
        unit.caused_by(Cause(first, cause, child_of(None)))
        unit.outbox.append(said(A))

    (record,) = await bench.records()
    assert record.headers["ce_causationid"] == str(cause)
    assert record.headers["ce_correlationid"] == str(first)


async def test_outbox_refuses_an_event_that_no_broker_would_take(bench: Bench) -> None:
    huge = said(A).model_copy(update={"reopened_by": "x" * LARGEST_EVENT_BYTES})
    with pytest.raises(EventTooLarge, match="CaseReopened"), pytest.warns(UserWarning, match="serialized"):
        await bench.say(huge)
    assert await bench.records() == []


async def test_outbox_forgets_nothing_that_waits_and_refills_a_wiped_bus(bench: Bench) -> None:
    await bench.say(said(A), said(B))
    rows = await bench.rows.waiting(10)
    await bench.rows.mark_published([row.position for row in rows])
    assert (await bench.rows.depth()).waiting == 0

    assert await bench.rows.refill(1) == [rows[0].position]
    assert await bench.rows.refill(10, after=rows[0].position) == [rows[1].position]
    assert await bench.rows.waiting(10) == rows
    assert (await bench.rows.depth()).waiting == 2


async def test_refill_takes_nothing_twice_though_the_relay_publishes_meanwhile(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.say(said(A), said(B), said(A))
    await bench.rows.mark_published([row.position for row in await bench.rows.waiting(10)])
    refill = bench.rows.refill

    async def one_by_one(limit: int = 1, *, after: int = 0) -> list[int]:
        await bench.rows.mark_published([row.position for row in await bench.rows.waiting(10)])
        return await refill(min(limit, 1), after=after)

    monkeypatch.setattr(bench.rows, "refill", one_by_one)
    assert await refill_all(bench.rows) == 3


async def test_outbox_says_since_when_the_oldest_waits_however_old_its_fact_is(bench: Bench) -> None:
    async with bench.units.begin() as unit:
        unit.outbox.append(said(A).model_copy(update={"occurred_at": unit.now - timedelta(days=3)}))
    await bench.say(said(A))

    assert (await bench.rows.depth()).oldest == unit.now
