"""The consumer: applies events in the order of their subject, once each, in the transaction of their effect.

What cannot be applied is parked (a dead letter with its reason) and blocks its own subject only (P3). All that waits,
of whatever partition, shares one transaction; what comes in bulk has one of its own, so that nothing else waits for it.
The ladder, from the top: apply all; when one fails, apply each with a savepoint, so that only that one is parked; when
even that fails, each in a transaction of its own. A transient fault takes back the whole batch, which is then delivered
again, but not for ever.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic

import structlog

from shared.events.catalogue import is_bulk
from shared.kernel.crash_points import crash_point
from shared.kernel.errors import is_transient
from shared.kernel.retry_budget import RetryBudget
from shared.kernel.spans import NO_SPANS, Spans
from shared.messaging.batch import EventBatch, Handlers, Prepare, UnitT
from shared.messaging.bus.base import Delivered
from shared.messaging.received import IncomingEvent
from shared.storage.group_commit import GroupCommit
from shared.unit_of_work import Units

# This many consecutive failures are not one bad event: stop the worker.
MOST_PARKED_IN_A_ROW = 50
# Events in one transaction: enough to make its cost small, few enough to hold locks only briefly.
MOST_TOGETHER = 500
# An event whose batch failed too often is tried this many times alone before it is parked.
TRIES_ALONE = 3
log = structlog.get_logger(__name__)


class TooManyParked(Exception):
    """So many events in a row failed that this worker must not go on."""


class Consumer(Generic[UnitT]):
    """Applies what one service subscribed to; a subscription of the bus calls `deliver`."""

    def __init__(
        self,
        units: Units[UnitT],
        handlers: Handlers[UnitT],
        prepare: Prepare[UnitT] | None = None,
        *,
        spans: Spans = NO_SPANS,
        count_dropped: Callable[[int], None] | None = None,
    ) -> None:
        self._count_dropped = count_dropped
        self._units, self._handlers, self._prepare, self._spans = units, handlers, prepare, spans
        self._paces: dict[bool, GroupCommit[Sequence[IncomingEvent], None]] = {
            bulk: GroupCommit(self._process, most=MOST_TOGETHER, weigh=len) for bulk in (False, True)
        }
        self._parked_in_a_row = {False: 0, True: 0}
        self._budget = RetryBudget()
        self.halted = asyncio.Event()

    async def deliver(self, batch: Sequence[Delivered]) -> None:
        """Apply records of one partition; returns when all are applied or parked, and that is committed."""
        if batch:
            await self._paces[is_bulk(batch[0].topic)].ask([IncomingEvent.read(delivered) for delivered in batch])

    async def watch(self, stop: asyncio.Event) -> None:
        """Stops the process when too much is parked in a row. Raises TooManyParked."""
        waits = [asyncio.create_task(event.wait()) for event in (self.halted, stop)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if self.halted.is_set():
            msg = f"{MOST_PARKED_IN_A_ROW} events in a row were parked; look at the first and fix the cause"
            raise TooManyParked(msg)

    async def _process(self, batches: Sequence[Sequence[IncomingEvent]]) -> list[Exception | None]:
        """Apply the batches of several partitions. A transient error is the answer to each of them."""
        try:
            await self._apply_or_park([event for batch in batches for event in batch])
        except Exception as error:
            if is_transient(error):
                return [error] * len(batches)
            raise
        if self.halted.is_set():
            return [TooManyParked(f"{MOST_PARKED_IN_A_ROW} events in a row were parked")] * len(batches)
        return [None] * len(batches)

    async def _apply_or_park(self, events: Sequence[IncomingEvent]) -> None:
        """All of them. Raises transient errors until the retry budget of a partition is exhausted."""
        partitions = {event.partition for event in events}
        try:
            await self._apply(events)
        except Exception as error:
            if not (is_transient(error) and await self._database_answers() and self._budget.exhausted(*partitions)):
                raise
            log.warning("retry_budget_exhausted", error=type(error).__name__, events=len(events))
            for event in events:
                await self._apply_at_last(event)
        self._budget.reset(*partitions)

    async def _apply(self, events: Sequence[IncomingEvent]) -> None:
        if await self._commits(events, EventBatch.apply_all) or await self._commits(events, EventBatch.apply_each):
            return
        # Some things are refused only at the commit, outside the savepoints.
        for event in events:
            await self._apply_alone(event)

    async def _apply_alone(self, event: IncomingEvent) -> None:
        """In a transaction of its own; parked when that fails. Raises transient errors."""
        try:
            await self._in_a_transaction([event], EventBatch.apply_each)
        except Exception as error:
            if is_transient(error):
                raise
            await self._park(event, error)

    async def _apply_at_last(self, event: IncomingEvent) -> None:
        """Its last tries; parked when every one ends in an error that should have passed by now."""
        failure: Exception | None = None
        for _ in range(TRIES_ALONE):
            try:
                await self._apply_alone(event)
            except Exception as error:
                if not is_transient(error):
                    raise
                failure = error
            else:
                return
        if failure is not None:
            await self._park(event, failure)

    async def _park(self, event: IncomingEvent, failure: Exception) -> None:
        await self._in_a_transaction([event], lambda batch: batch.park_each(failure))

    async def _commits(
        self, events: Sequence[IncomingEvent], step: Callable[[EventBatch[UnitT]], Awaitable[None]]
    ) -> bool:
        """Whether this step could be committed. Raises transient errors."""
        try:
            await self._in_a_transaction(events, step)
        except Exception as error:
            if is_transient(error):
                raise
            return False
        return True

    async def _in_a_transaction(
        self, events: Sequence[IncomingEvent], step: Callable[[EventBatch[UnitT]], Awaitable[None]]
    ) -> None:
        pace = is_bulk(events[0].delivered.topic)
        async with self._units.begin() as unit:
            in_a_row = self._parked_in_a_row[pace]
            batch = EventBatch(unit, self._handlers, events, self._prepare, in_a_row, spans=self._spans)
            await step(batch)
            crash_point("consumer.before-commit")
        self._parked_in_a_row[pace] = batch.parked_in_a_row
        if batch.dropped and self._count_dropped:
            self._count_dropped(batch.dropped)
        # Not only how it ended: one success near the end of hundreds of failures does not make them an accident.
        if batch.most_in_a_row >= MOST_PARKED_IN_A_ROW:
            self.halted.set()
        crash_point("consumer.after-commit")

    async def _database_answers(self) -> bool:
        """While it does not, nothing counts against an event."""
        try:
            async with self._units.begin():
                return True
        except Exception as error:
            if is_transient(error):
                return False
            raise
