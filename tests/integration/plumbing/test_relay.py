"""The relay loses nothing and keeps the order, whatever the bus does; one leads, and another takes over."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from random import Random
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from shared.messaging.bus.base import BusAway, BusConsumer, Deliver, Record
from shared.messaging.leadership import Leadership
from shared.messaging.outbox_rows import OutboxRow
from shared.messaging.relay import Relay, RelayLoop, forget_published
from shared.storage.database import driver_dsn
from tests.integration.plumbing.conftest import Bench, said

A, B = UUID(int=1), UUID(int=2)


class FlakyBus:
    """Takes records, or says that it is away after it took some of them."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        self.away_after: int | None = None

    async def publish(self, records: Sequence[Record]) -> None:
        for number, record in enumerate(records):
            if self.away_after is not None and number >= self.away_after:
                msg = "no broker"
                raise BusAway(msg)
            self.taken.append((record.key, int(record.headers["ce_sequence"])))

    def subscribe(
        self, topics: Sequence[str], *, group: str, member: str, deliver: Deliver, linger: float = 0.0
    ) -> BusConsumer:
        raise NotImplementedError(topics, group, member, deliver, linger)

    async def check(self) -> None:
        """Nothing to check."""

    async def close(self) -> None:
        """Nothing to close."""


def relay_of(bench: Bench, bus: FlakyBus) -> Relay:
    return Relay(bench.rows, bus, service="intake", source_urn="urn:nld:test:systeem")


async def test_relay_publishes_in_order_and_each_once_when_all_is_well(bench: Bench) -> None:
    bus = FlakyBus()
    await bench.say(said(A), said(B), said(A))

    assert await relay_of(bench, bus).publish_waiting() == 3
    assert await relay_of(bench, bus).publish_waiting() == 0
    assert bus.taken == [(str(A), 1), (str(B), 1), (str(A), 2)]


async def test_relay_publishes_everything_again_when_the_bus_took_only_some(bench: Bench) -> None:
    bus = FlakyBus()
    bus.away_after = 1
    await bench.say(said(A), said(A))
    with pytest.raises(BusAway):
        await relay_of(bench, bus).publish_waiting()

    bus.away_after = None
    assert await relay_of(bench, bus).publish_waiting() == 2
    assert bus.taken == [(str(A), 1), (str(A), 1), (str(A), 2)]


async def test_relay_takes_batch_after_batch_in_order_until_nothing_waits(bench: Bench) -> None:
    bus = FlakyBus()
    await bench.say(*(said(A) for _ in range(7)))

    assert await relay_of(bench, bus).publish_waiting(limit=2) == 7
    assert bus.taken == [(str(A), number) for number in range(1, 8)]
    assert await bench.rows.waiting(10) == []


async def test_batches_that_the_bus_took_are_marked_when_a_later_one_fails(bench: Bench) -> None:
    bus = FlakyBus()
    await bench.say(*(said(A) for _ in range(6)))
    publish, times = bus.publish, iter(range(10))

    async def failing_third(records: Sequence[Record]) -> None:
        if next(times) == 2:
            raise BusAway("no broker")
        await publish(records)

    bus.publish = failing_third  # type: ignore[method-assign]
    with pytest.raises(BusAway):
        await relay_of(bench, bus).publish_waiting(limit=2)

    assert [row.sequence for row in await bench.rows.waiting(10)] == [5, 6]
    assert await relay_of(bench, bus).publish_waiting(limit=2) == 2
    assert bus.taken == [(str(A), number) for number in range(1, 7)]


async def test_fact_that_is_committed_late_still_goes_before_the_next_of_its_subject(postgres_bench: Bench) -> None:
    """Its transaction took its place in the order early, and commits while the relay publishes what is behind it."""
    bus, read = FlakyBus(), postgres_bench.rows.waiting
    reads = iter(range(10))
    async with AsyncExitStack() as late:
        unit = await late.enter_async_context(postgres_bench.units.begin())
        unit.outbox.append(said(A))
        await unit.outbox.flush()
        await postgres_bench.say(said(B), said(B))

        async def after_the_late_one(limit: int, *, but_not: Collection[int] = ()) -> list[OutboxRow]:
            if next(reads) == 1:
                await late.aclose()
                await postgres_bench.say(said(A))
            return await read(limit, but_not=but_not)

        postgres_bench.rows.waiting = after_the_late_one  # type: ignore[method-assign]
        assert await relay_of(postgres_bench, bus).publish_waiting(limit=2) == 4

    assert bus.taken == [(str(B), 1), (str(B), 2), (str(A), 1), (str(A), 2)]


@asynccontextmanager
async def leading(bench: Bench, bus: FlakyBus, url: str) -> AsyncIterator[asyncio.Event]:
    """A relay's loop in this process."""
    stop = asyncio.Event()
    loop = RelayLoop(relay_of(bench, bus), Leadership(url, service="intake"), random=Random(1))
    running = asyncio.create_task(loop.run(stop))
    yield stop
    stop.set()
    await asyncio.wait_for(running, 10)


async def until_taken(count: int, *buses: FlakyBus) -> None:
    async with asyncio.timeout(20):
        while sum(len(bus.taken) for bus in buses) < count:  # noqa: ASYNC110 - the bus is a plain list
            await asyncio.sleep(0.01)


@pytest.fixture
def url(postgres_bench: Bench) -> str:
    database = postgres_bench.units.database  # type: ignore[attr-defined] # the real one has it
    return str(database.url)


async def test_relay_wakes_when_something_is_said_and_goes_on_when_the_bus_comes_back(
    postgres_bench: Bench, url: str
) -> None:
    bus = FlakyBus()
    async with leading(postgres_bench, bus, url):
        await postgres_bench.say(said(A))
        await until_taken(1, bus)
        bus.away_after = 0
        await postgres_bench.say(said(A))
        await asyncio.sleep(0.2)
        assert len(bus.taken) == 1
        bus.away_after = None
        await until_taken(2, bus)


@pytest.mark.parametrize("tls", ["prefer", "disable"])
async def test_relay_publishes_when_the_address_of_its_database_speaks_of_tls(
    postgres_bench: Bench, url: str, tls: str
) -> None:
    bus = FlakyBus()
    async with leading(postgres_bench, bus, f"{url}?ssl={tls}"):
        await postgres_bench.say(said(A))
        await until_taken(1, bus)


async def test_relay_leads_alone_and_another_takes_over_when_its_connection_dies(
    postgres_bench: Bench, url: str
) -> None:
    first, second = FlakyBus(), FlakyBus()
    async with leading(postgres_bench, first, url):
        await postgres_bench.say(said(A))
        await until_taken(1, first)
        async with leading(postgres_bench, second, url):
            await postgres_bench.say(said(A))
            await until_taken(2, first)
            assert second.taken == []
            # The second is in line by now; whoever gets the lock after the cut publishes what is said next.
            await cut_relays(url)
            await postgres_bench.say(said(A))
            await until_taken(3, first, second)
    assert [*first.taken, *second.taken] == [(str(A), 1), (str(A), 2), (str(A), 3)]


_AGED = text("UPDATE outbox SET published_at = now() - CAST(:ago AS interval) WHERE position = :position")


async def test_what_was_published_is_kept_for_thirty_days_so_that_a_wiped_broker_is_refilled(
    postgres_bench: Bench,
) -> None:
    relay = relay_of(postgres_bench, FlakyBus())
    await postgres_bench.say(said(A), said(A), said(A))
    rows = await postgres_bench.rows.waiting(10)
    await relay.publish_waiting()
    async with postgres_bench.units.begin() as unit:
        for row, days in zip(rows, (31, 29, 0), strict=True):
            await unit._connection.execute(_AGED, {"ago": timedelta(days=days), "position": row.position})

    assert await forget_published(postgres_bench.rows) == 1
    assert await postgres_bench.rows.refill(10) == [row.position for row in rows[1:]]


async def cut_relays(url: str) -> None:
    """Cut the connection that holds the lock, as a power cut of its host would."""
    connection = await asyncpg.connect(driver_dsn(url))
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
    finally:
        await connection.close()
