"""The relay: one leader per service publishes what waits in the outbox, in batches, and marks it afterwards."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random
from typing import Protocol

import asyncpg
import structlog

from shared.kernel.crash_points import crash_point
from shared.kernel.errors import is_transient
from shared.kernel.waiting import wait_for
from shared.messaging.bus.base import Bus, BusAway, RecordTooLarge
from shared.messaging.cloudevents import to_record
from shared.messaging.outbox import CHUNK, NOTIFY_CHANNEL, OutboxRow, OutboxRows
from shared.storage.database import KEEPALIVE, driver_dsn

BATCH = 1000
# After so many the loop looks up: whether it must stop, and whether it still leads.
BATCHES_AT_A_STRETCH = 20
# NOTIFY wakes the relay; the poll is the safety net.
POLL_SECONDS = 1.0
LEADER_POLL_SECONDS = 1.0
KEPT = timedelta(days=30)
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 5.0
# A leader that hears nothing asks whether it still leads. With the poll this takes no longer than the server has
# patience (`KEEPALIVE`), so that the old leader rests by the time that the lock goes to the next one.
ANSWER_SECONDS = 3.0

log = structlog.get_logger(__name__)


class Relay:
    """Publishes the outbox of one service. At least once: what is published but not yet marked is published again."""

    def __init__(self, rows: OutboxRows, bus: Bus, *, service: str, source_urn: str) -> None:
        self._rows, self._bus = rows, bus
        self._service, self._source_urn = service, source_urn

    async def publish_waiting(self, limit: int = BATCH) -> int:
        """Publish and mark what waits, in batches of `limit`; returns how many. Raises BusAway: the rest waits.

        While one batch is published, the one before is marked and the next one is read. Whatever goes wrong, a batch is
        published after the broker has the one before, so that the order of a subject holds.
        """
        rows, published, count = await self._rows.waiting(limit), list[OutboxRow](), 0
        while rows and count < limit * BATCHES_AT_A_STRETCH:
            # The database is asked first: it works while the records are made. Each step ends before a failure is told.
            following, *done = await asyncio.gather(
                self._following(published, rows, limit),
                self._mark(published),
                self._publish(rows),
                return_exceptions=True,
            )
            failures = [outcome for outcome in (*done, following) if isinstance(outcome, BaseException)]
            if failures or isinstance(following, BaseException):
                raise failures[0]
            count += len(rows)
            published, rows = rows, following
        await self._mark(published)
        return count

    async def _following(
        self, published: Sequence[OutboxRow], rows: Sequence[OutboxRow], limit: int
    ) -> list[OutboxRow]:
        """What waits besides what is in hand; a batch that was not full took all there was.

        Not "what comes after": a transaction that took its place in the order early may have committed just now, and
        what it says goes before all that is said of its subject later.
        """
        in_hand = [row.position for row in (*published, *rows)]
        return await self._rows.waiting(limit, but_not=in_hand) if len(rows) == limit else []

    async def _publish(self, rows: Sequence[OutboxRow]) -> None:
        if rows:
            crash_point("relay.before-publish")
            records = [to_record(row, service=self._service, source_urn=self._source_urn) for row in rows]
            await self._bus.publish(records)
            crash_point("relay.after-publish")

    async def _mark(self, rows: Sequence[OutboxRow]) -> None:
        if rows:
            await self._rows.mark_published([row.position for row in rows])
            crash_point("relay.after-mark")

    async def forget_published(self) -> int:
        """Rows published longer ago than KEPT go; until then a wiped broker can be refilled from them."""
        count = gone = await self._rows.forget(KEPT)
        while gone == CHUNK:
            gone = await self._rows.forget(KEPT)
            count += gone
        return count


class Leader(Protocol):
    """Being the one relay of a service."""

    async def news(self, seconds: float) -> None:
        """Returns when the outbox was written to, or after `seconds`. Raises OSError when leadership is lost."""


class Leadership(Protocol):
    """How a relay becomes the only one."""

    def campaign(self, stop: asyncio.Event) -> contextlib.AbstractAsyncContextManager[Leader | None]:
        """Waits until this process leads (None: `stop` was set first); leads until left."""


class LeadershipLost(OSError):
    """The connection that held the lock is gone; another relay may lead now."""


class _PostgresLeader:
    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection
        self._woken = asyncio.Event()

    def wake(self, *_: object) -> None:
        self._woken.set()

    async def news(self, seconds: float) -> None:
        if self._connection.is_closed():
            msg = "the connection that held the relay's lock is closed"
            raise LeadershipLost(msg)
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
            msg = "the connection that held the relay's lock says nothing any more"
            raise LeadershipLost(msg) from None


class PostgresLeadership:
    """A session advisory lock, on a connection of its own that listens for NOTIFY as well.

    The lock goes with the connection: after `kill -9` the next relay leads within LEADER_POLL_SECONDS.
    """

    def __init__(self, url: str, *, service: str) -> None:
        self._dsn = driver_dsn(url)
        self._service = service

    @asynccontextmanager
    async def campaign(self, stop: asyncio.Event) -> AsyncIterator[Leader | None]:
        """Poll for the lock until it is ours or `stop` is set."""
        connection = await asyncpg.connect(
            self._dsn,
            timeout=5,
            command_timeout=10,
            server_settings={"application_name": f"{self._service}-relay", **KEEPALIVE},
        )
        try:
            leader = _PostgresLeader(connection)
            connection.add_termination_listener(leader.wake)
            await connection.add_listener(NOTIFY_CHANNEL, leader.wake)
            while not await connection.fetchval("SELECT pg_try_advisory_lock(hashtext('schakel.relay'))"):
                if stop.is_set():
                    yield None
                    return
                await wait_for(stop, LEADER_POLL_SECONDS)
            log.info("relay leads", service=self._service)
            yield leader
        finally:
            with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
                await connection.close(timeout=2)


class RelayLoop:
    """Leads, publishes until nothing waits, waits for news; whatever is away, it tries again with growing pauses."""

    def __init__(self, relay: Relay, leadership: Leadership, *, random: Random, pace: float = 0.0) -> None:
        """`pace`: seconds between two batches at least; what comes in between goes together."""
        self._relay, self._leadership, self._random, self._pace = relay, leadership, random, pace

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; the batch in hand is finished."""
        pause = FIRST_PAUSE_SECONDS
        while not stop.is_set():
            try:
                async with self._leadership.campaign(stop) as leader:
                    pause = FIRST_PAUSE_SECONDS
                    if leader is not None:
                        await self._lead(leader, stop)
            except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("relay lost its lock", reason=type(error).__name__)
            except Exception as error:
                if not (is_transient(error) or isinstance(error, BusAway)):
                    raise
                log.warning("relay waits", reason=type(error).__name__)
            await wait_for(stop, pause * (0.5 + self._random.random()))
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _lead(self, leader: Leader, stop: asyncio.Event) -> None:
        now = asyncio.get_running_loop().time
        pause = FIRST_PAUSE_SECONDS
        while not stop.is_set():
            next_batch = now() + self._pace
            try:
                # Fewer are all there were; what was written since has woken the leader.
                if await self._relay.publish_waiting() < BATCH:
                    await leader.news(POLL_SECONDS)
                    await wait_for(stop, next_batch - now())
                else:
                    await leader.news(0)
                pause = FIRST_PAUSE_SECONDS
            except RecordTooLarge as error:
                # Passing over it would break the order of its subject: an operator sees the outbox grow old, and why.
                log.exception("relay stands still", record=error.record.headers.get("ce_id"))
                await wait_for(stop, LONGEST_PAUSE_SECONDS)
                await leader.news(0)
            except BusAway as error:
                log.warning("relay waits for the bus", reason=str(error))
                await wait_for(stop, pause * (0.5 + self._random.random()))
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                await leader.news(0)
