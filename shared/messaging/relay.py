"""The relay: one leader per service publishes what waits in the outbox, in batches, and marks it afterwards."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from random import Random

import asyncpg
import structlog

from shared.kernel.crash_points import crash_point
from shared.kernel.errors import is_transient
from shared.kernel.spans import Spans
from shared.kernel.waiting import Backoff, wait_for
from shared.messaging.bus.base import Bus, BusAway, RecordTooLarge
from shared.messaging.cloudevents import to_record
from shared.messaging.leadership import Leader, Leadership
from shared.messaging.outbox_rows import CHUNK, OutboxRow, OutboxRows
from shared.messaging.traced import publishing

BATCH = 1000
# After this many the loop checks whether it must stop and whether it still leads.
BATCHES_AT_A_STRETCH = 20
# NOTIFY wakes the relay; the poll is the safety net.
POLL_SECONDS = 1.0
KEPT = timedelta(days=30)
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 5.0

log = structlog.get_logger(__name__)


class Relay:
    """Publishes the outbox of one service. At least once: what is published but not yet marked is published again."""

    def __init__(self, rows: OutboxRows, bus: Bus, *, service: str, source_urn: str) -> None:
        self._rows, self._bus, self._spans = rows, bus, Spans(service)
        self._service, self._source_urn = service, source_urn

    async def publish_waiting(self, limit: int = BATCH) -> int:
        """Publish and mark what waits, in batches of `limit`; returns how many. Raises BusAway: the rest waits.

        While one batch is published, the one before is marked and the next one is read. Whatever goes wrong, a batch is
        published after the broker has the one before, so that the order of a subject holds.
        """
        rows, published, count = await self._rows.waiting(limit), list[OutboxRow](), 0
        while rows and count < limit * BATCHES_AT_A_STRETCH:
            # The database is asked first: it works while the records are made. All steps end before one is raised.
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
        its events go before all later ones of their subject.
        """
        in_hand = [row.position for row in (*published, *rows)]
        return await self._rows.waiting(limit, but_not=in_hand) if len(rows) == limit else []

    async def _publish(self, rows: Sequence[OutboxRow]) -> None:
        if rows:
            crash_point("relay.before-publish")
            with publishing(rows, self._spans) as traced:
                records = [to_record(row, service=self._service, source_urn=self._source_urn) for row in traced]
                await self._bus.publish(records)
            crash_point("relay.after-publish")

    async def _mark(self, rows: Sequence[OutboxRow]) -> None:
        if rows:
            await self._rows.mark_published([row.position for row in rows])
            crash_point("relay.after-mark")


async def forget_published(rows: OutboxRows) -> int:
    """Rows published longer ago than KEPT go; until then a wiped broker can be refilled from them."""
    count = gone = await rows.forget(KEPT)
    while gone == CHUNK:
        gone = await rows.forget(KEPT)
        count += gone
    return count


class RelayLoop:
    """Leads, publishes until nothing waits, waits for news; whatever is away, it tries again with growing pauses."""

    def __init__(self, relay: Relay, leadership: Leadership, *, random: Random, minimum_interval: float = 0.0) -> None:
        """`minimum_interval`: seconds between the starts of two batches; what is written in between goes together."""
        self._relay, self._leadership, self._random = relay, leadership, random
        self._minimum_interval = minimum_interval

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; the batch in hand is finished."""
        backoff = self._backoff()
        while not stop.is_set():
            try:
                async with self._leadership.campaign(stop) as leader:
                    backoff.after_success()
                    if leader is not None:
                        await self._lead(leader, stop)
            except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("relay_lost_its_lock", error=type(error).__name__)
            except Exception as error:
                if not (is_transient(error) or isinstance(error, BusAway)):
                    raise
                log.warning("relay_waits", error=type(error).__name__)
            await wait_for(stop, backoff.after_failure())

    async def _lead(self, leader: Leader, stop: asyncio.Event) -> None:
        now = asyncio.get_running_loop().time
        backoff = self._backoff()
        while not stop.is_set():
            next_batch = now() + self._minimum_interval
            try:
                # Fewer are all there were; what was written since has woken the leader.
                if await self._relay.publish_waiting() < BATCH:
                    await leader.news(POLL_SECONDS)
                    await wait_for(stop, next_batch - now())
                else:
                    await leader.news(0)
                backoff.after_success()
            except RecordTooLarge as error:
                # Skipping it would break the order of its subject: an operator sees the outbox grow old, and why.
                log.exception("relay_is_blocked", event_id=error.record.headers.get("ce_id"))
                await wait_for(stop, LONGEST_PAUSE_SECONDS)
                await leader.news(0)
            except BusAway as error:
                log.warning("relay_waits_for_the_bus", reason=str(error))
                await wait_for(stop, backoff.after_failure())
                await leader.news(0)

    def _backoff(self) -> Backoff:
        return Backoff(FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, self._random)
