"""One transaction's worth of events: each is applied, put aside with its reason, or known already."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

import structlog

from shared.events.base import Envelope, Event
from shared.kernel.errors import is_transient
from shared.messaging.inbox import KEPT_FOR_DAYS
from shared.messaging.received import Heard
from shared.unit_of_work import ParkedState, Place, Stall, UnitOfWork

UnitT = TypeVar("UnitT", bound=UnitOfWork)
# The event's own class is checked by the table it stands in, see `handler_for`.
Handlers = Mapping[type[Event], Callable[[Any, UnitT], Awaitable[None]]]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a turn is done. `failure`: what its one event is known to fail with, for it did before."""

    careful: bool
    failure: Exception | None = None


@dataclass(slots=True)
class Turn(Generic[UnitT]):
    """What the database knows about the subjects of one batch, and what this batch adds."""

    unit: UnitT
    handlers: Handlers[UnitT]
    manner: Manner
    parked_in_a_row: int
    most_in_a_row: int = 0
    fresh: set[UUID] = field(default_factory=set)
    positions: dict[Place, int] = field(default_factory=dict)
    blocked: dict[Stall, int] = field(default_factory=dict)
    applied: dict[Place, int] = field(default_factory=dict)

    async def begin(self, heard: Sequence[Heard]) -> None:
        """Claim first: that waits for another member that has the same events in hand. Then look how far things are."""
        known = [(item.service, item.attributes) for item in heard if item.attributes is not None]
        self.fresh = await self.unit.inbox.claim({each.id for _, each in known}) if known else set()
        places = {(service, each.subject) for service, each in known}
        standing = await self.unit.inbox.standing(places, {item.stall for item in heard})
        self.positions, self.blocked = standing.positions, standing.blocked

    async def end(self) -> None:
        """Remember how far the subjects are now."""
        if self.applied:
            await self.unit.inbox.advance(self.applied)

    async def take(self, item: Heard) -> None:
        """Apply it when it is the next of its subject; otherwise put it aside, or know it."""
        known = item.attributes
        if known is None:
            await self._fail(item, str(item.problem))
            return
        if known.id not in self.fresh:
            return
        # It may come twice in one batch.
        self.fresh.discard(known.id)
        place = (item.service, known.subject)
        done, first_parked = self.positions.get(place, 0), self.blocked.get(item.stall)
        if known.sequence <= done:
            await self._take_late(item, known.sequence, done)
        elif first_parked is not None and known.sequence >= first_parked:
            await self._park(item, ParkedState.BEHIND, f"waits for version {first_parked}")
        elif known.sequence > done + 1:
            await self._park(item, ParkedState.GAP, missing(done + 1))
        elif item.envelope is None:
            await self._fail(item, str(item.problem))
        elif await self._handled(item, item.envelope):
            self.positions[place] = self.applied[place] = known.sequence

    async def _take_late(self, item: Heard, sequence: int, done: int) -> None:
        """Later ones were applied, and this one was never heard: a person decides. Where marks are gone, it was."""
        if item.envelope is not None:
            event = item.envelope.event
            if type(event) not in self.handlers or self.unit.now - event.occurred_at >= timedelta(days=KEPT_FOR_DAYS):
                return
        await self._fail(item, f"version {sequence} came when version {done} was applied already", alone=True)

    async def _handled(self, item: Heard, envelope: Envelope) -> bool:
        handler = self.handlers.get(type(envelope.event))
        if handler is None:
            return True
        self.unit.caused_by(envelope)
        if not self.manner.careful:
            await handler(envelope.event, self.unit)
        elif (failure := await self._fails(handler, envelope)) is not None:
            # The message of an exception may hold what a person typed; its type and place do not.
            about = {"type": type(envelope.event).__name__, "subject": str(envelope.subject)}
            log.error("event parked", **about, exc_info=failure)
            await self._fail(item, reason_of(failure))
            return False
        self.parked_in_a_row = 0
        return True

    async def _fails(self, handler: Callable[[Any, UnitT], Awaitable[None]], envelope: Envelope) -> Exception | None:
        try:
            async with self.unit.savepoint():
                fail_as_before(self.manner.failure)
                await handler(envelope.event, self.unit)
        except Exception as error:
            if is_transient(error) and error is not self.manner.failure:
                raise
            return error
        return None

    async def _fail(self, item: Heard, reason: str, *, alone: bool = False) -> None:
        if await self._park(item, ParkedState.FAILED, reason, alone=alone):
            self.parked_in_a_row += 1
            self.most_in_a_row = max(self.most_in_a_row, self.parked_in_a_row)

    async def _park(self, item: Heard, state: ParkedState, reason: str, *, alone: bool = False) -> bool:
        """Put it aside; whether it was not there yet."""
        parked = item.parked(self.unit, state, reason, alone=alone)
        new = await self.unit.parking.get(parked.event_id) is None
        if new:
            await self.unit.parking.park(parked)
        if item.attributes is not None:
            await self.unit.inbox.release([item.attributes.id])
        if parked.sequence > 0:
            self.blocked[item.stall] = min(parked.sequence, self.blocked.get(item.stall, parked.sequence))
        return new


def missing(version: int) -> str:
    """Why what comes after it waits."""
    return f"version {version} has not arrived"


def fail_as_before(failure: Exception | None) -> None:
    """Raises what is known to come of it."""
    if failure is not None:
        raise failure


def reason_of(error: BaseException) -> str:
    """The kind of error and where it arose, without its message (which may hold what a person typed)."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
