"""Positions are not in the order of commits: a fact with an early position and a late commit is said all the same."""

from contextlib import AsyncExitStack
from uuid import UUID

import pytest

from shared.messaging.outbox_rows import PostgresOutboxRows
from tests.integration.plumbing.conftest import Bench, said
from tests.integration.plumbing.test_relay import FlakyBus, relay_of

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)


async def begin_to_say(bench: Bench, stack: AsyncExitStack, subject: UUID) -> None:
    """The fact has its place in the order; it is committed when the stack is left."""
    unit = await stack.enter_async_context(bench.units.begin())
    unit.outbox.append(said(subject))
    await unit.outbox.flush()


async def test_fact_that_is_committed_late_is_published_by_the_next_call(postgres_bench: Bench) -> None:
    bus = FlakyBus()
    relay = relay_of(postgres_bench, bus)
    await postgres_bench.say(said(C))
    assert await relay.publish_waiting() == 1
    async with AsyncExitStack() as late:
        await begin_to_say(postgres_bench, late, A)
        await postgres_bench.say(said(B))
        assert await relay.publish_waiting() == 1
        assert bus.taken == [(str(C), 1), (str(B), 1)]

    assert await relay.publish_waiting() == 1
    assert bus.taken[2:] == [(str(A), 1)]
    assert await relay.publish_waiting() == 0


async def test_facts_that_are_committed_in_the_opposite_order_are_all_published(postgres_bench: Bench) -> None:
    bus = FlakyBus()
    relay = relay_of(postgres_bench, bus)
    stacks = [AsyncExitStack() for _ in range(5)]
    for number, stack in enumerate(stacks):
        await begin_to_say(postgres_bench, stack, UUID(int=100 + number))
    for stack in reversed(stacks):
        await stack.aclose()
        assert await relay.publish_waiting(limit=2) == 1

    assert [subject for subject, _ in bus.taken] == [str(UUID(int=100 + number)) for number in reversed(range(5))]


async def test_place_of_a_fact_that_was_taken_back_holds_up_nothing(postgres_bench: Bench) -> None:
    bus = FlakyBus()
    relay = relay_of(postgres_bench, bus)
    stack = AsyncExitStack()
    await begin_to_say(postgres_bench, stack, A)
    await postgres_bench.say(said(B))
    with pytest.raises(RuntimeError):
        async with stack:
            raise RuntimeError
    await postgres_bench.say(said(A))

    assert await relay.publish_waiting() == 2
    assert bus.taken == [(str(B), 1), (str(A), 1)]


async def test_outbox_shows_what_was_committed_late_before_what_came_after_it(postgres_bench: Bench) -> None:
    """The rows themselves: another relay that takes over knows no more than these."""
    assert isinstance(postgres_bench.rows, PostgresOutboxRows)
    async with AsyncExitStack() as late:
        await begin_to_say(postgres_bench, late, A)
        await postgres_bench.say(said(B))
        (second,) = await postgres_bench.rows.waiting(10)
        await postgres_bench.rows.mark_published([second.position])

    (first,) = await postgres_bench.rows.waiting(10)
    assert first.position < second.position
    assert (await postgres_bench.rows.depth()).waiting == 1
