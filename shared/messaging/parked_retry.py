"""The retry of parked events (dead letters): what an operator asked to retry or skip, then what waited behind it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Generic
from uuid import UUID

import structlog

from shared.events.base import Envelope
from shared.events.catalogue import topic_of
from shared.kernel.errors import is_transient
from shared.kernel.retry_budget import RetryBudget
from shared.kernel.spans import NO_SPANS, Spans
from shared.kernel.waiting import wait_for
from shared.messaging.batch import Handlers, UnitT, failure_in_savepoint, missing, reason_of
from shared.messaging.bus.base import Delivered
from shared.messaging.cloudevents import Undecodable, decode
from shared.messaging.parked import NO_SEQUENCE
from shared.messaging.traced import HandledEvent
from shared.storage.database import DatabaseAway
from shared.unit_of_work import Parked, ParkedState, RecordKey, Units

ROUND_SECONDS = 1.0
BATCH = 20
ASKED = {ParkedState.RETRY, ParkedState.SKIP}
# Applies one parked event or keeps it parked; whether it was applied.
Apply = Callable[[Parked, UnitT], Awaitable[bool]]
log = structlog.get_logger(__name__)


class ParkedRetry(Generic[UnitT]):
    """Works off parked events in the order of their subject."""

    def __init__(self, units: Units[UnitT], handlers: Handlers[UnitT], *, spans: Spans = NO_SPANS) -> None:
        self._units, self._handlers, self._spans = units, handlers, spans
        self._budget = RetryBudget()

    async def run(self, stop: asyncio.Event) -> None:
        """A round a second until `stop` is set."""
        while not stop.is_set():
            try:
                await self.run_once()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("parked_retry_waits", error=type(error).__name__)
            await wait_for(stop, ROUND_SECONDS)

    async def run_once(self) -> int:
        """One round; returns how many events are parked no more."""
        async with self._units.begin() as unit:
            wanted = await unit.parking.wanted(BATCH)
        left = 0
        for key in dict.fromkeys((parked.service, parked.subject) for parked in wanted):
            try:
                left += await self._work_off(key)
            except Exception as error:
                if isinstance(error, DatabaseAway) or not is_transient(error):
                    raise
                log.warning("parked_retry_waits", subject=key[1], error=type(error).__name__)
        return left

    async def _work_off(self, key: RecordKey) -> int:
        """All that can leave together; else the first alone, because some things are refused only at the commit."""
        left, failure = await self._try(key, most=None)
        if failure is not None:
            left, failure = await self._try(key, most=1)
        if failure is not None:
            left = await self._in_a_transaction(key, partial(self._keep, reason_of(failure)), most=1)
        self._budget.reset(key)
        return left

    async def _try(self, key: RecordKey, *, most: int | None) -> tuple[int, Exception | None]:
        """How many left, or what they failed with. Raises transient errors until the retry budget is exhausted."""
        try:
            return await self._in_a_transaction(key, self._apply, most=most), None
        except Exception as error:
            if is_transient(error) and not self._budget.exhausted(key):
                raise
            return 0, error

    async def _in_a_transaction(self, key: RecordKey, apply: Apply[UnitT], *, most: int | None) -> int:
        left = 0
        async with self._units.begin() as unit:
            # One of them may be a tombstone.
            await unit.erased.hold(alone=True)
            rows = await unit.parking.of_subject(*key)
            able = [row for row in rows if row.sequence != NO_SEQUENCE or row.state in ASKED]
            head = next((row for row in able if row.sequence != NO_SEQUENCE), None)
            for row in able[:most]:
                if not await self._leaves(row, unit, apply, is_head=row is head):
                    break
                left += 1
        return left

    async def _leaves(self, parked: Parked, unit: UnitT, apply: Apply[UnitT], *, is_head: bool) -> bool:
        if parked.state is ParkedState.FAILED or not await self._is_next(parked, unit, is_head=is_head):
            return False
        if parked.state is ParkedState.SKIP:
            # Marked as if it was applied: when it is delivered again, it is not new.
            await unit.inbox.claim(_ids(parked))
        elif not await apply(parked, unit):
            return False
        # Of what is erased no place in an order is kept.
        if parked.sequence != NO_SEQUENCE and not await unit.erased.find([UUID(parked.subject)]):
            await unit.inbox.advance({(parked.service, UUID(parked.subject)): parked.sequence})
        await unit.parking.remove(parked.event_id)
        return True

    @staticmethod
    async def _is_next(parked: Parked, unit: UnitT, *, is_head: bool) -> bool:
        """A gap closes when the missing version came, or when an operator wants what follows it applied or skipped."""
        if parked.sequence == NO_SEQUENCE or parked.state is ParkedState.SKIP:
            return True
        if is_head and parked.state is ParkedState.RETRY:
            return True
        subject = (parked.service, UUID(parked.subject))
        if await unit.erased.find([subject[1]]):
            return True
        last = (await unit.inbox.positions([subject])).applied.get(subject, 0)
        if parked.sequence > last + 1:
            await unit.parking.park(replace(parked, state=ParkedState.GAP, reason=missing(last + 1)))
        return parked.sequence <= last + 1

    async def _apply(self, parked: Parked, unit: UnitT) -> bool:
        try:
            envelope = _envelope(parked)
        except Undecodable as problem:
            return await self._keep(str(problem), parked, unit)
        await unit.inbox.claim([envelope.id])
        if not envelope.event.is_tombstone and await unit.erased.find([envelope.event.about]):
            return True
        handler = self._handlers.get(type(envelope.event))
        if handler is None:
            return True
        with HandledEvent(envelope, self._spans) as handled:
            unit.caused_by(handled.cause)
            failure = await failure_in_savepoint(handler, envelope, unit)
            if failure is None:
                log.debug("event_handled")
                return True
            handled.failed()
            log.error("parked_event_failed_again", exc_info=failure)
        await unit.inbox.release([envelope.id])
        return await self._keep(reason_of(failure), parked, unit)

    @staticmethod
    async def _keep(reason: str, parked: Parked, unit: UnitT) -> bool:
        """It stays parked, for the reason of its latest failure."""
        again = replace(parked, state=ParkedState.FAILED, reason=reason, attempts=parked.attempts + 1)
        await unit.parking.park(again)
        return False


def _envelope(parked: Parked) -> Envelope:
    topic = topic_of(parked.service)
    return decode(Delivered(topic, 0, 0, parked.subject, parked.value, parked.headers))


def _ids(parked: Parked) -> list[UUID]:
    """Its id, unless not even that could be read."""
    try:
        return [UUID(parked.event_id)]
    except ValueError:
        return []
