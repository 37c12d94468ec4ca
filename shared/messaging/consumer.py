"""The consumer: applies events in the order of their subject, once each, in the transaction of their effect.

What cannot be applied is parked with its reason and holds up its own subject only (P3). All that waits, of whatever
partition, shares one transaction; when one event fails, the batch is done again with a savepoint for each, so that only
that one stands aside; when even that fails, in a transaction for each. Faults that pass by themselves take back the
whole batch, which then comes again, but not for ever.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic

import structlog

from shared.events.base import Event
from shared.kernel.crash_points import crash_point
from shared.kernel.errors import is_transient
from shared.kernel.retry_budget import Patience
from shared.messaging.batch import Handlers, Manner, Turn, UnitT
from shared.messaging.bus.base import Delivered
from shared.messaging.received import Heard
from shared.storage.group_commit import GroupCommit
from shared.unit_of_work import Units

# So many failures in a row are no accident of one event: the worker stops and says so.
MOST_PARKED_IN_A_ROW = 50
# Events in one transaction: enough to make its cost small, few enough to hold locks for a moment only.
MOST_TOGETHER = 500
# An event whose batch failed too often gets so many tries alone before it is parked.
TRIES_ALONE = 3

# Fetches in one go what the handlers of these events will ask for one by one; nothing depends on it but the speed.
Prepare = Callable[[Sequence[Event], UnitT], Awaitable[None]]
log = structlog.get_logger(__name__)


class TooManyParked(Exception):
    """So many events in a row failed that this worker must not go on."""


class Consumer(Generic[UnitT]):
    """One service's way of listening; `deliver` is what a subscription calls."""

    def __init__(self, units: Units[UnitT], handlers: Handlers[UnitT], prepare: Prepare[UnitT] | None = None) -> None:
        self._units, self._handlers, self._prepare = units, handlers, prepare
        self._group: GroupCommit[Sequence[Heard], None] = GroupCommit(self._together, most=MOST_TOGETHER, weigh=len)
        self._parked_in_a_row = 0
        self._patience = Patience()
        self.halted = asyncio.Event()

    async def deliver(self, batch: Sequence[Delivered]) -> None:
        """Apply records of one partition; returns when all are applied or parked, and that is committed."""
        await self._group.ask([Heard.read(delivered) for delivered in batch])

    async def watch(self, stop: asyncio.Event) -> None:
        """Stops the process when too much is parked in a row. Raises TooManyParked."""
        waits = [asyncio.create_task(event.wait()) for event in (self.halted, stop)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if self.halted.is_set():
            msg = f"{MOST_PARKED_IN_A_ROW} events in a row were parked; look at the first and mend the cause"
            raise TooManyParked(msg)

    async def _together(self, batches: Sequence[Sequence[Heard]]) -> list[Exception | None]:
        """Apply the batches of several partitions. What passes by itself is said to each; else each is tried alone."""
        heard = [item for batch in batches for item in batch]
        try:
            await self._apply_or_park(heard)
        except Exception as error:
            if is_transient(error):
                return [error] * len(batches)
            raise
        if self.halted.is_set():
            return [TooManyParked(f"{MOST_PARKED_IN_A_ROW} events in a row were parked")] * len(batches)
        return [None] * len(batches)

    async def _apply_or_park(self, heard: Sequence[Heard]) -> None:
        lanes = {item.lane for item in heard}
        try:
            await self._apply_or_isolate(heard)
        except Exception as error:
            if not (is_transient(error) and await self._answers() and self._patience.ends(*lanes)):
                raise
            log.warning("patience ends", reason=type(error).__name__, events=len(heard))
            for item in heard:
                await self._alone(item, tries=TRIES_ALONE)
        self._patience.renew(*lanes)

    async def _answers(self) -> bool:
        """Whether the database is there: while it is away, nothing counts against an event."""
        try:
            async with self._units.begin():
                return True
        except Exception as error:
            if is_transient(error):
                return False
            raise

    async def _apply_or_isolate(self, heard: Sequence[Heard]) -> None:
        for manner in (Manner(careful=False), Manner(careful=True)):
            try:
                await self._apply(heard, manner)
            except Exception as error:
                if is_transient(error):
                    raise
            else:
                return
        # Some things are refused only when all is written, outside the savepoints.
        for item in heard:
            await self._alone(item)

    async def _alone(self, item: Heard, *, tries: int | None = None) -> None:
        """In a transaction of its own; parked when that fails. Without `tries` what passes by itself is raised."""
        try:
            await self._apply([item], Manner(careful=True))
        except Exception as error:
            if not is_transient(error) or tries == 1:
                await self._apply([item], Manner(careful=True, failure=error))
            elif tries is None:
                raise
            else:
                await self._alone(item, tries=tries - 1)

    async def _apply(self, heard: Sequence[Heard], manner: Manner) -> None:
        async with self._units.begin() as unit:
            turn = Turn(unit, self._handlers, manner, self._parked_in_a_row)
            await turn.begin(heard)
            if self._prepare and not manner.careful:
                await self._prepare([item.envelope.event for item in heard if item.envelope], unit)
            for item in heard:
                await turn.take(item)
            await turn.end()
            crash_point("consumer.before-commit")
        self._parked_in_a_row = turn.parked_in_a_row
        # Not only how it ended: one success near the end of hundreds that failed does not make them an accident.
        if turn.most_in_a_row >= MOST_PARKED_IN_A_ROW:
            self.halted.set()
        crash_point("consumer.after-commit")
