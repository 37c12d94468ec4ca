"""One relay leads; another takes over, whatever became of the first."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from random import Random
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from shared.messaging.bus.base import Record, RecordTooLarge
from shared.messaging.leadership import Leader, Leadership, LeadershipLost
from shared.messaging.relay import BATCH, Relay, RelayLoop
from shared.storage.database import driver_dsn
from tests.integration.plumbing.conftest import Bench, said

A = UUID(int=1)
LINE_WITHIN = 30
IN_LINE = (
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'intake-relay' AND datname = current_database()"
)


@asynccontextmanager
async def relay_process(url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    arguments = ("-m", "tests.integration.plumbing.relay_process", url)
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def published_by(process: asyncio.subprocess.Process) -> str:
    """The next line that it prints."""
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), LINE_WITHIN)).decode().strip()


async def until_in_line(url: str, count: int) -> None:
    """So many relays lead or want to."""
    connection = await asyncpg.connect(driver_dsn(url))
    try:
        async with asyncio.timeout(LINE_WITHIN):
            while await connection.fetchval(IN_LINE) < count:  # noqa: ASYNC110 - the server tells no event
                await asyncio.sleep(0.05)
    finally:
        await connection.close()


async def until_all_is_marked(bench: Bench) -> None:
    async with asyncio.timeout(LINE_WITHIN):
        while (await bench.rows.depth()).waiting:  # noqa: ASYNC110 - the table tells no event
            await asyncio.sleep(0.05)


async def test_another_relay_leads_when_the_first_is_killed(postgres_bench: Bench) -> None:
    url = str(postgres_bench.units.database.url)  # type: ignore[attr-defined] # the real one has it
    async with relay_process(url) as first:
        await postgres_bench.say(said(A))
        assert await published_by(first) == f"{A} 1"
        async with relay_process(url) as second:
            await until_in_line(url, 2)
            await postgres_bench.say(said(A))
            assert await published_by(first) == f"{A} 2"
            # Killed before it has marked that one, the other would rightly publish it again.
            await until_all_is_marked(postgres_bench)
            first.kill()
            await postgres_bench.say(said(A))
            assert await published_by(second) == f"{A} 3"


@asynccontextmanager
async def cable_to(url: str) -> AsyncIterator[tuple[str, Callable[[], None]]]:
    """The same database by another port, and what cuts the cable: the server's end closes, and nobody says so here."""
    server, cut = make_url(url), asyncio.Event()
    here, there = list[asyncio.StreamWriter](), list[asyncio.StreamWriter]()

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while (data := await source.read(65_536)) and not cut.is_set():
                sink.write(data)

    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(server.host, server.port)
        here.append(writer)
        there.append(to_server)
        await asyncio.gather(pump(reader, to_server), pump(from_server, writer))

    def fall_silent() -> None:
        cut.set()
        for writer in there:
            writer.transport.abort()

    cable = await asyncio.start_server(join, "127.0.0.1", 0)
    port = cable.sockets[0].getsockname()[1]
    yield server.set(host="127.0.0.1", port=port).render_as_string(hide_password=False), fall_silent
    cable.close()
    for writer in (*here, *there):
        writer.transport.abort()


async def lead_to_its_end(leader: Leader) -> None:
    while True:
        await leader.news(0.1)


async def test_relay_whose_connection_fell_silent_leads_no_more(postgres_bench: Bench) -> None:
    url, stop = str(postgres_bench.units.database.url), asyncio.Event()  # type: ignore[attr-defined] # the real one has it
    async with (
        cable_to(url) as (by_cable, cut),
        Leadership(by_cable, service="intake").campaign(stop) as first,
    ):
        assert first is not None
        # What is said is heard between questions as before.
        for _ in range(3):
            await first.news(0.01)
        await postgres_bench.say(said(A))
        await asyncio.wait_for(first.news(LINE_WITHIN), 5)
        cut()
        async with Leadership(url, service="intake").campaign(stop) as second:
            assert second is not None
            with pytest.raises(LeadershipLost):
                await asyncio.wait_for(lead_to_its_end(first), 5)


class Endless(Relay):
    """A relay that always has a full stretch to publish, or does what it is told instead."""

    def __init__(self, *troubles: Exception) -> None:
        self.stretches = 0
        self.ended = asyncio.Event()
        self._troubles = list(troubles)

    async def publish_waiting(self, limit: int = BATCH) -> int:
        await asyncio.sleep(0)
        if self._troubles:
            raise self._troubles.pop(0)
        self.stretches += 1
        self.ended.set()
        return limit


class Once(Leadership, Leader):
    """Leads until it is asked for news for the second time; nobody leads after it."""

    def __init__(self, *, asked: int = 0) -> None:  # neither connects
        self.asked = asked

    async def news(self, seconds: float) -> None:
        assert seconds == 0
        self.asked += 1
        if self.asked > 1:
            raise LeadershipLost

    @asynccontextmanager
    async def campaign(self, stop: asyncio.Event) -> AsyncIterator["Once | None"]:
        if self.asked > 1:
            await stop.wait()
            yield None
            return
        yield self


async def run_until(relay: Endless, leadership: Once, *, is_done: Sequence[asyncio.Event]) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(RelayLoop(relay, leadership, random=Random(1)).run(stop))
    for event in is_done:
        await asyncio.wait_for(event.wait(), LINE_WITHIN)
    await asyncio.sleep(0.05)
    stop.set()
    await asyncio.wait_for(running, LINE_WITHIN)


async def test_relay_that_lost_its_lock_stops_though_more_waits() -> None:
    relay, leadership = Endless(), Once()
    await run_until(relay, leadership, is_done=[relay.ended])
    assert (relay.stretches, leadership.asked) == (2, 2)


async def test_record_that_no_broker_takes_stops_the_relay_and_not_the_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shared.messaging.relay.LONGEST_PAUSE_SECONDS", 0.01)
    relay, leadership = Endless(RecordTooLarge(Record("schakel.intake", "a", b"x", {}))), Once()
    await run_until(relay, leadership, is_done=[relay.ended])
    assert relay.stretches == 1
