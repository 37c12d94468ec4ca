"""The sweep of parked events: tries again or passes over what an operator asked for, then what waited behind it."""

import asyncio
from dataclasses import replace
from typing import Generic
from uuid import UUID

import structlog

from shared.events.base import Envelope
from shared.events.catalogue import topic_of
from shared.kernel.errors import is_transient
from shared.kernel.retry_budget import Patience
from shared.kernel.waiting import wait_for
from shared.messaging.batch import Handlers, UnitT, fail_as_before, missing, reason_of
from shared.messaging.bus.base import Delivered
from shared.messaging.cloudevents import Undecodable, decode
from shared.messaging.parked import NO_SEQUENCE
from shared.storage.database import DatabaseAway
from shared.unit_of_work import Parked, ParkedState, Stall, Units

SWEEP_SECONDS = 1.0
BATCH = 20
ASKED = {ParkedState.RETRY, ParkedState.SKIP}
log = structlog.get_logger(__name__)


class Sweep(Generic[UnitT]):
    """Works off parked events in the order of their subject."""

    def __init__(self, units: Units[UnitT], handlers: Handlers[UnitT]) -> None:
        self._units, self._handlers = units, handlers
        self._patience = Patience()

    async def sweep(self) -> int:
        """One round; returns how many parked events left the parking."""
        async with self._units.begin() as unit:
            wanted = await unit.parking.wanted(BATCH)
        left = 0
        for stall in dict.fromkeys((parked.service, parked.subject) for parked in wanted):
            try:
                left += await self._work_off(stall)
            except Exception as error:
                if isinstance(error, DatabaseAway) or not is_transient(error):
                    raise
                log.warning("sweep waits", subject=stall[1], reason=type(error).__name__)
        return left

    async def run(self, stop: asyncio.Event) -> None:
        """A round a second until `stop` is set."""
        while not stop.is_set():
            try:
                await self.sweep()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("sweep waits", reason=type(error).__name__)
            await wait_for(stop, SWEEP_SECONDS)

    async def _work_off(self, stall: Stall) -> int:
        """All that can leave; the first alone when they fail together, for some things are refused only at the end."""
        failure: Exception | None = None
        for most in (None, 1):
            try:
                left = await self._in_a_unit(stall, most=most)
            except Exception as error:
                if is_transient(error) and not self._patience.ends(stall):
                    raise
                failure = error
            else:
                break
        else:
            left = await self._in_a_unit(stall, most=1, failure=failure)
        self._patience.renew(stall)
        return left

    async def _in_a_unit(self, stall: Stall, *, most: int | None = None, failure: Exception | None = None) -> int:
        left = 0
        async with self._units.begin() as unit:
            rows = await unit.parking.of_subject(*stall)
            able = [row for row in rows if row.sequence != NO_SEQUENCE or row.state in ASKED]
            head = next((row for row in able if row.sequence != NO_SEQUENCE), None)
            for row in able[:most]:
                if not await self._leaves(row, unit, failure, is_head=row is head):
                    break
                left += 1
        return left

    async def _leaves(self, parked: Parked, unit: UnitT, failure: Exception | None, *, is_head: bool) -> bool:
        if parked.state is ParkedState.FAILED or not await self._is_next(parked, unit, is_head=is_head):
            return False
        if parked.state is ParkedState.SKIP:
            # As if it was heard: it may come again, and is not new then.
            await unit.inbox.claim(_ids(parked))
        elif not await self._applies(parked, unit, failure):
            return False
        if parked.sequence != NO_SEQUENCE:
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
        place = (parked.service, UUID(parked.subject))
        done = (await unit.inbox.standing([place])).positions.get(place, 0)
        if parked.sequence > done + 1:
            await unit.parking.park(replace(parked, state=ParkedState.GAP, reason=missing(done + 1)))
        return parked.sequence <= done + 1

    async def _applies(self, parked: Parked, unit: UnitT, failure: Exception | None) -> bool:
        try:
            envelope = _envelope(parked)
            async with unit.savepoint():
                fail_as_before(failure)
                await unit.inbox.claim([envelope.id])
                unit.caused_by(envelope)
                handler = self._handlers.get(type(envelope.event))
                if handler is not None:
                    await handler(envelope.event, unit)
        except Undecodable as problem:
            await self._failed_again(parked, str(problem), unit)
            return False
        except Exception as error:
            if is_transient(error) and error is not failure:
                raise
            log.exception("parked event failed again", type=parked.type, subject=parked.subject)
            await self._failed_again(parked, reason_of(error), unit)
            return False
        return True

    @staticmethod
    async def _failed_again(parked: Parked, reason: str, unit: UnitT) -> None:
        again = replace(parked, state=ParkedState.FAILED, reason=reason, attempts=parked.attempts + 1)
        await unit.parking.park(again)


def _envelope(parked: Parked) -> Envelope:
    topic = topic_of(parked.service)
    return decode(Delivered(topic, 0, 0, parked.subject, parked.value, parked.headers))


def _ids(parked: Parked) -> list[UUID]:
    """Its id, unless not even that could be read."""
    try:
        return [UUID(parked.event_id)]
    except ValueError:
        return []
