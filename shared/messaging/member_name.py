"""A worker's name in its consumer group, which no other worker has at the same time.

Kafka gives the partitions of a static member to whoever joined under its name last, so two workers of one name would
take them from each other for ever. The name is therefore held by a session advisory lock in the service's own database:
a worker that finds it taken says so, consumes nothing, and takes over when the other is gone.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from typing import Final

import asyncpg
import structlog

from shared.kernel.waiting import Backoff, cut, wait_for
from shared.messaging.bus.base import BusAway, BusConsumer
from shared.storage.database import KEEPALIVE, driver_dsn

SESSION: Final = "schakel-member "
"""What the sessions are called that hold a name or wait for it; the name follows."""

LOOK_SECONDS, SAY_AGAIN_AFTER_LOOKS = 2.0, 30
WATCH_SECONDS, ANSWER_SECONDS = 5.0, 3.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 5.0
_TAKE = "SELECT pg_try_advisory_lock(hashtext('schakel.member'), hashtext($1))"
log = structlog.get_logger(__name__)


class MemberNameTaken(BusAway):
    """Another worker of this service has this name, and consumes."""


class OneOfItsName:
    """A member of a consumer group that consumes only while no other worker has its name."""

    def __init__(self, consumer: BusConsumer, url: str, *, member: str, random: Random) -> None:
        self._consumer = consumer
        self._dsn = driver_dsn(url)
        self._member = member
        self._random = random
        self._is_taken = False

    async def run(self, stop: asyncio.Event) -> None:
        """Consume until `stop` is set; a database that is away is awaited, for nothing can be consumed without it."""
        backoff = Backoff(FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, self._random)
        while not stop.is_set():
            try:
                async with self._session() as session:
                    backoff.after_success()
                    if await self._take(session, stop):
                        await self._consume(session, stop)
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as problem:
                log.warning("member_name_lost", member=self._member, error=type(problem).__name__)
                await wait_for(stop, backoff.after_failure())

    async def lag(self) -> int:
        """As the consumer's. Raises MemberNameTaken while another worker has the name."""
        if self._is_taken:
            msg = f"another worker is called {self._member}: give each a name of its own (SCHAKEL_MEMBER)"
            raise MemberNameTaken(msg)
        return await self._consumer.lag()

    @asynccontextmanager
    async def _session(self) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
        named = {"application_name": f"{SESSION}{self._member}", **KEEPALIVE}
        session = await asyncpg.connect(self._dsn, timeout=5, command_timeout=ANSWER_SECONDS, server_settings=named)
        try:
            yield session
        finally:
            with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
                await session.close(timeout=2)

    async def _take(self, session: "asyncpg.Connection[asyncpg.Record]", stop: asyncio.Event) -> bool:
        """Wait until the name is ours; False when `stop` was set first."""
        looks = 0
        try:
            while not await session.fetchval(_TAKE, self._member):
                self._is_taken = True
                if looks % SAY_AGAIN_AFTER_LOOKS == 0:
                    log.error(
                        "member_name_taken", member=self._member, fix="give each worker a SCHAKEL_MEMBER of its own"
                    )
                looks += 1
                await wait_for(stop, LOOK_SECONDS)
                if stop.is_set():
                    return False
        finally:
            self._is_taken = False
        return True

    async def _consume(self, session: "asyncpg.Connection[asyncpg.Record]", stop: asyncio.Event) -> None:
        """Consume as long as the session that holds the name lives. Raises what the session ran into."""
        until = asyncio.Event()
        session.add_termination_listener(lambda _: until.set())
        consuming = asyncio.create_task(self._consumer.run(until))
        stopping = asyncio.create_task(stop.wait())
        try:
            while not (stopping.done() or consuming.done()):
                await asyncio.wait({stopping, consuming}, timeout=WATCH_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                if not stopping.done():
                    # Where the line is cut, only the server's end is closed; at this end nothing shows but silence.
                    await session.execute("SELECT 1")
        except asyncio.CancelledError:
            consuming.cancel()
            raise
        finally:
            until.set()
            await asyncio.gather(cut({stopping}), consuming)
