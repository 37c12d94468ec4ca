"""The consumer: applies events in the order of their subject, once each, in the transaction of their effect.

What cannot be applied is parked with its reason and holds up its own subject only (P3). All that waits, of whatever
partition, shares one transaction; when one event fails, the batch is done again with a savepoint for each, so that only
that one stands aside. Faults that pass by themselves take back the whole batch, which then comes again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

import structlog

from shared.bus.base import Delivered
from shared.bus.encoding import Attributes, Undecodable, decode
from shared.crash import crash_point
from shared.errors import is_transient
from shared.events.base import Envelope, Event
from shared.events.catalogue import TOPICS
from shared.group_commit import GroupCommit
from shared.parking import NO_SEQUENCE
from shared.unit_of_work import Parked, ParkedState, Place, Stall, UnitOfWork, Units

# So many failures in a row are no accident of one event: the worker stops and says so.
MOST_PARKED_IN_A_ROW = 50
# Events in one transaction: enough to make its cost small, few enough to hold locks for a moment only.
MOST_TOGETHER = 500
SERVICE_OF_TOPIC = {topic: service for service, topic in TOPICS.items()}

UnitT = TypeVar("UnitT", bound=UnitOfWork)
# The event's own class is checked by the table it stands in, see `handler_for`.
Handlers = Mapping[type[Event], Callable[[Any, UnitT], Awaitable[None]]]
# Fetches in one go what the handlers of these events will ask for one by one; nothing depends on it but the speed.
Prepare = Callable[[Sequence[Event], UnitT], Awaitable[None]]
log = structlog.get_logger(__name__)


class TooManyParked(Exception):
    """So many events in a row failed that this worker must not go on."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A record, which service says it, and what could be read of it."""

    delivered: Delivered
    service: str
    envelope: Envelope | None
    problem: Undecodable | None

    @classmethod
    def read(cls, delivered: Delivered) -> "Heard":
        """Never raises, whatever the bytes are."""
        service = SERVICE_OF_TOPIC.get(delivered.topic, delivered.topic)
        try:
            return cls(delivered, service, decode(delivered), None)
        except Undecodable as problem:
            return cls(delivered, service, None, problem)

    @property
    def stall(self) -> Stall:
        """What stands still behind it when it is parked: its key, of its service."""
        return self.service, self.delivered.key

    @property
    def attributes(self) -> Envelope | Attributes | None:
        """What says which event of which subject this is; None when even that cannot be read."""
        return self.envelope or (self.problem.attributes if self.problem else None)

    def parked(self, unit: UnitOfWork, state: ParkedState, reason: str) -> Parked:
        """The row that keeps this record, whole as it came."""
        attributes, record = self.attributes, self.delivered
        return Parked(
            event_id=str(attributes.id) if attributes else f"{record.topic}/{record.partition}/{record.offset}",
            service=self.service,
            subject=record.key,
            sequence=attributes.sequence if attributes else NO_SEQUENCE,
            type=record.headers.get("ce_type", "unknown")[:200],
            state=state,
            reason=reason,
            value=record.value,
            headers=record.headers,
            parked_at=unit.now,
        )


@dataclass(slots=True)
class Turn:
    """What the database knows about the subjects of one batch, and what this batch adds."""

    fresh: set[UUID]
    positions: dict[Place, int]
    blocked: dict[Stall, int]
    applied: dict[Place, int] = field(default_factory=dict)

    @classmethod
    async def begin(cls, unit: UnitOfWork, heard: Sequence[Heard]) -> "Turn":
        """Claim first: that waits for another member that has the same events in hand. Then look how far things are."""
        envelopes = [item.envelope for item in heard if item.envelope is not None]
        fresh = await unit.inbox.claim(envelopes) if envelopes else set()
        places = {(item.service, item.attributes.subject) for item in heard if item.attributes is not None}
        standing = await unit.inbox.standing(places, {item.stall for item in heard})
        return cls(fresh, standing.positions, standing.blocked)

    async def end(self, unit: UnitOfWork) -> None:
        """Remember how far the subjects are now."""
        if self.applied:
            await unit.inbox.advance(self.applied)


class Consumer(Generic[UnitT]):
    """One service's way of listening; `deliver` is what a subscription calls."""

    def __init__(self, units: Units[UnitT], handlers: Handlers[UnitT], prepare: Prepare[UnitT] | None = None) -> None:
        self._units, self._handlers, self._prepare = units, handlers, prepare
        self._group: GroupCommit[Sequence[Heard], None] = GroupCommit(self._together, most=MOST_TOGETHER, weigh=len)
        self._parked_in_a_row = 0
        self.halted = asyncio.Event()

    async def deliver(self, batch: Sequence[Delivered]) -> None:
        """Apply records of one partition; returns when all are applied or parked, and that is committed."""
        await self._group.ask([Heard.read(delivered) for delivered in batch])

    async def _together(self, batches: Sequence[Sequence[Heard]]) -> list[Exception | None]:
        """Apply the batches of several partitions; what goes wrong goes wrong for each of them."""
        try:
            await self._apply_or_park([item for batch in batches for item in batch])
        except Exception as error:  # noqa: BLE001 - it is raised where each was delivered
            return [error] * len(batches)
        return [None] * len(batches)

    async def _apply_or_park(self, heard: Sequence[Heard]) -> None:
        try:
            await self._apply(heard, careful=False)
        except Exception as error:
            if is_transient(error):
                raise
            await self._apply(heard, careful=True)
        if self._parked_in_a_row >= MOST_PARKED_IN_A_ROW:
            self.halted.set()
            msg = f"{self._parked_in_a_row} events in a row were parked"
            raise TooManyParked(msg)

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

    async def _apply(self, heard: Sequence[Heard], *, careful: bool) -> None:
        async with self._units.begin() as unit:
            turn = await Turn.begin(unit, heard)
            if self._prepare and not careful:
                await self._prepare([item.envelope.event for item in heard if item.envelope], unit)
            for item in heard:
                await self._take(item, turn, unit, careful=careful)
            await turn.end(unit)
            crash_point("consumer.before-commit")
        crash_point("consumer.after-commit")

    async def _take(self, item: Heard, turn: Turn, unit: UnitT, *, careful: bool) -> None:
        envelope = item.envelope
        if envelope is None:
            await self._take_unreadable(item, turn, unit)
            return
        place = (item.service, envelope.subject)
        done = turn.positions.get(place, 0)
        first_parked = turn.blocked.get(item.stall)
        if envelope.id not in turn.fresh or envelope.sequence <= done:
            return
        if first_parked is not None and envelope.sequence >= first_parked:
            await self._park(item, ParkedState.BEHIND, f"waits for version {first_parked}", turn, unit)
        elif envelope.sequence > done + 1:
            await self._park(item, ParkedState.GAP, f"version {done + 1} has not arrived", turn, unit)
        elif await self._handled(item, envelope, turn, unit, careful=careful):
            turn.positions[place] = turn.applied[place] = envelope.sequence

    async def _take_unreadable(self, item: Heard, turn: Turn, unit: UnitT) -> None:
        """It stands aside, unless an operator passed over it before."""
        known = item.attributes
        if known is None or known.sequence > turn.positions.get((item.service, known.subject), 0):
            await self._park(item, ParkedState.FAILED, str(item.problem), turn, unit)

    async def _handled(self, item: Heard, envelope: Envelope, turn: Turn, unit: UnitT, *, careful: bool) -> bool:
        handler = self._handlers.get(type(envelope.event))
        if handler is None:
            return True
        unit.caused_by(envelope)
        if not careful:
            await handler(envelope.event, unit)
            self._parked_in_a_row = 0
            return True
        try:
            async with unit.savepoint():
                await handler(envelope.event, unit)
        except Exception as error:
            if is_transient(error):
                raise
            # The message of an exception may hold what a person typed; its type and place do not.
            log.exception("event parked", type=type(envelope.event).__name__, subject=str(envelope.subject))
            self._parked_in_a_row += 1
            await self._park(item, ParkedState.FAILED, reason_of(error), turn, unit)
            return False
        self._parked_in_a_row = 0
        return True

    async def _park(self, item: Heard, state: ParkedState, reason: str, turn: Turn, unit: UnitT) -> None:
        parked = item.parked(unit, state, reason)
        if await unit.parking.get(parked.event_id) is None:
            await unit.parking.park(parked)
        if item.envelope is not None:
            await unit.inbox.release([item.envelope.id])
        if parked.sequence > 0:
            turn.blocked[item.stall] = min(parked.sequence, turn.blocked.get(item.stall, parked.sequence))


def reason_of(error: BaseException) -> str:
    """The kind of error and where it arose, without its message (which may hold what a person typed)."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
