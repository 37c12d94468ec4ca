"""How one relay per service becomes the only one: a session advisory lock of PostgreSQL."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import structlog

from shared.kernel.waiting import wait_for
from shared.messaging.outbox import NOTIFY_CHANNEL
from shared.storage.database import KEEPALIVE, driver_dsn

LOCK_POLL_SECONDS = 1.0
# A leader without news asks whether it still leads. With the relay's poll this takes no longer than the server waits
# for a silent client (`KEEPALIVE`), so that the old leader rests by the time that the lock goes to the next one.
ANSWER_SECONDS = 3.0
log = structlog.get_logger(__name__)


class LeadershipLost(OSError):
    """The connection that held the lock is gone; another relay may lead now."""


class Leader:
    """Being the one relay of a service, for as long as this connection lives."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection
        self._woken = asyncio.Event()

    def wake(self, *_: object) -> None:
        """Called by the driver at a NOTIFY, and when the connection ends."""
        self._woken.set()

    async def news(self, seconds: float) -> None:
        """Returns when the outbox was written to, or after `seconds`. Raises LeadershipLost."""
        if self._connection.is_closed():
            raise LeadershipLost("the connection that held the relay's lock is closed")
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            await self._ask()
        self._woken.clear()

    async def _ask(self) -> None:
        """Where the line is cut, only the server's end is closed; at this end nothing shows but silence."""
        try:
            await self._connection.execute("SELECT 1", timeout=ANSWER_SECONDS)
        except TimeoutError:
            raise LeadershipLost("the connection that held the relay's lock does not answer") from None


class Leadership:
    """The lock, on a connection of its own that listens for NOTIFY as well; `pace`: one of several relays of a service.

    The lock goes with the connection: after `kill -9` the next relay leads within LOCK_POLL_SECONDS.
    """

    def __init__(self, url: str, *, service: str, pace: str = "relay") -> None:
        self._dsn = driver_dsn(url)
        self._service, self._lock = service, pace

    @asynccontextmanager
    async def campaign(self, stop: asyncio.Event) -> AsyncIterator[Leader | None]:
        """Waits until this process leads (None: `stop` was set first); leads until left."""
        connection = await asyncpg.connect(
            self._dsn,
            timeout=5,
            command_timeout=10,
            server_settings={"application_name": f"{self._service}-relay", **KEEPALIVE},
        )
        try:
            leader = Leader(connection)
            connection.add_termination_listener(leader.wake)
            await connection.add_listener(NOTIFY_CHANNEL, leader.wake)
            while not await connection.fetchval("SELECT pg_try_advisory_lock(hashtext('schakel.' || $1))", self._lock):
                if stop.is_set():
                    yield None
                    return
                await wait_for(stop, LOCK_POLL_SECONDS)
            log.info("relay_leads", service=self._service)
            yield leader
        finally:
            with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
                await connection.close(timeout=2)
