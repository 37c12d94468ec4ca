"""A leader whose connection fell silent stops of itself; the server takes the lock back; nothing is said twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from uuid import UUID

import asyncpg
import pytest

from shared.messaging.leadership import ANSWER_SECONDS, LOCK_POLL_SECONDS, Leadership, LeadershipLost
from shared.messaging.relay import POLL_SECONDS, RelayLoop
from shared.storage.database import KEEPALIVE, driver_dsn
from tests.integration.plumbing.conftest import Bench, said
from tests.integration.plumbing.test_relay import FlakyBus, relay_of, until_taken
from tests.integration.plumbing.test_relay_leads import cable_to, lead_to_its_end, until_in_line

A = UUID(int=1)
# What a leader may take to know, and time for a slow machine.
KNOWS_WITHIN = POLL_SECONDS + ANSWER_SECONDS + 10


@pytest.fixture
def url(postgres_bench: Bench) -> str:
    return str(postgres_bench.units.database.url)  # type: ignore[attr-defined] # the real one has it


async def test_leader_that_hears_nothing_knows_within_its_time_that_it_leads_no_more(
    postgres_bench: Bench, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else asks for the lock, and no word of an end comes: only that there is no answer."""
    # Far less than the driver's own patience (10 seconds), so that it is this limit that is seen.
    monkeypatch.setattr("shared.messaging.leadership.ANSWER_SECONDS", 1.0)
    async with (
        cable_to(url) as (by_cable, cut),
        Leadership(by_cable, service="intake").campaign(asyncio.Event()) as leader,
    ):
        assert leader is not None
        await leader.news(0.01)
        cut()
        with pytest.raises(LeadershipLost):
            await asyncio.wait_for(leader.news(0.01), 6)


async def test_leader_whose_connection_was_closed_knows_at_once(postgres_bench: Bench, url: str) -> None:
    async with Leadership(url, service="intake").campaign(asyncio.Event()) as leader:
        assert leader is not None
        await end_relays(url)
        with pytest.raises((LeadershipLost, asyncpg.PostgresError, asyncpg.InterfaceError)):
            await asyncio.wait_for(lead_to_its_end(leader), KNOWS_WITHIN)


async def test_server_asks_a_silent_leader_and_gives_its_lock_away_no_sooner_than_it_knows(url: str) -> None:
    """What the server holds of the leader's own connection; the sum is its time until it takes the lock back."""
    leadership = Leadership(url, service="intake")
    async with leadership.campaign(asyncio.Event()) as leader:
        assert leader is not None
        connection = leader._connection
        rows = await connection.fetch("SELECT name, setting FROM pg_settings WHERE name = ANY($1)", list(KEEPALIVE))
    held = {name: int(setting) for name, setting in rows}
    asked_in_vain = held["tcp_keepalives_idle"] + held["tcp_keepalives_interval"] * held["tcp_keepalives_count"]
    sent_in_vain = held["tcp_user_timeout"] / 1000

    assert POLL_SECONDS + ANSWER_SECONDS <= asked_in_vain <= 10
    assert POLL_SECONDS + ANSWER_SECONDS <= sent_in_vain <= 10


@asynccontextmanager
async def relay_at_work(bench: Bench, bus: FlakyBus, url: str) -> AsyncIterator[None]:
    stop = asyncio.Event()
    loop = RelayLoop(relay_of(bench, bus), Leadership(url, service="intake"), random=Random(1))
    running = asyncio.create_task(loop.run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(running, KNOWS_WITHIN)


async def test_relay_whose_line_fell_silent_says_nothing_more_and_the_next_one_says_all_of_it_once(
    postgres_bench: Bench, url: str
) -> None:
    """The rows and the bus are at hand for both; only the line that held the lock is dead."""
    first, second = FlakyBus(), FlakyBus()
    async with cable_to(url) as (by_cable, cut), relay_at_work(postgres_bench, first, by_cable):
        await postgres_bench.say(said(A))
        await until_taken(1, first)
        async with relay_at_work(postgres_bench, second, url):
            await until_in_line(url, 2)
            cut()
            # Both may think that they lead until the first has asked in vain; the server waits as long before it gives
            # the lock away, but this cable says at once that it is cut.
            await asyncio.sleep(POLL_SECONDS + ANSWER_SECONDS + LOCK_POLL_SECONDS)
            for number in range(2, 12):
                await postgres_bench.say(said(A))
                await until_taken(number, first, second)

    assert first.taken == [(str(A), 1)]
    assert second.taken == [(str(A), number) for number in range(2, 12)]


async def end_relays(url: str) -> None:
    connection = await asyncpg.connect(driver_dsn(url))
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'intake-relay' AND datname = current_database()"
        )
    finally:
        await connection.close()
