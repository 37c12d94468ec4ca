"""The sweep of parked events: tries again or passes over what an operator asked for, then what waited behind it."""

import asyncio
from dataclasses import replace
from typing import Generic
from uuid import UUID

import structlog

from shared.bus.base import Delivered
from shared.bus.encoding import Undecodable, decode
from shared.consumer import Handlers, UnitT, reason_of
from shared.errors import is_transient
from shared.events.base import Envelope
from shared.events.catalogue import topic_of
from shared.parking import NO_SEQUENCE
from shared.timers import wait_for
from shared.unit_of_work import Parked, ParkedState, Units

SWEEP_SECONDS = 1.0
BATCH = 20
log = structlog.get_logger(__name__)


class Sweep(Generic[UnitT]):
    """Works off parked events in the order of their subject."""

    def __init__(self, units: Units[UnitT], handlers: Handlers[UnitT]) -> None:
        self._units, self._handlers = units, handlers

    async def sweep(self) -> int:
        """One round; returns how many parked events left the parking."""
        left = 0
        async with self._units.begin() as unit:
            seen: set[tuple[str, str]] = set()
            for wanted in await unit.parking.wanted(BATCH):
                if (wanted.service, wanted.subject) not in seen:
                    seen.add((wanted.service, wanted.subject))
                    left += await self._work_off(wanted, unit)
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

    async def _work_off(self, wanted: Parked, unit: UnitT) -> int:
        left = 0
        for parked in await unit.parking.of_subject(wanted.service, wanted.subject):
            if parked.sequence == NO_SEQUENCE and parked.state not in {ParkedState.RETRY, ParkedState.SKIP}:
                continue
            if not await self._leaves(parked, unit):
                break
            left += 1
        return left

    async def _leaves(self, parked: Parked, unit: UnitT) -> bool:
        if parked.state is ParkedState.FAILED or not await self._is_next(parked, unit):
            return False
        if parked.state is not ParkedState.SKIP and not await self._applies(parked, unit):
            return False
        if parked.sequence != NO_SEQUENCE:
            await unit.inbox.advance({(parked.service, UUID(parked.subject)): parked.sequence})
        await unit.parking.remove(parked.event_id)
        return True

    @staticmethod
    async def _is_next(parked: Parked, unit: UnitT) -> bool:
        """A gap closes only when the missing version came, or when an operator skips over it."""
        if parked.sequence == NO_SEQUENCE or parked.state is ParkedState.SKIP:
            return True
        place = (parked.service, UUID(parked.subject))
        done = (await unit.inbox.standing([place])).positions.get(place, 0)
        return parked.sequence <= done + 1

    async def _applies(self, parked: Parked, unit: UnitT) -> bool:
        try:
            envelope = _envelope(parked)
            async with unit.savepoint():
                await unit.inbox.claim([envelope])
                unit.caused_by(envelope)
                handler = self._handlers.get(type(envelope.event))
                if handler is not None:
                    await handler(envelope.event, unit)
        except Undecodable as problem:
            await self._failed_again(parked, str(problem), unit)
            return False
        except Exception as error:
            if is_transient(error):
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
