"""One transaction's worth of events: each is applied, parked with its reason, or already known.

`apply_all` first; when that fails, `apply_each`; what not even its own transaction can apply goes to `park_each`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

import structlog

from shared.events.base import Envelope, Event
from shared.kernel.errors import is_transient
from shared.kernel.spans import NO_SPANS, Spans
from shared.messaging.inbox import KEPT_FOR_DAYS
from shared.messaging.received import IncomingEvent
from shared.messaging.traced import HandledEvent
from shared.unit_of_work import ParkedState, RecordKey, SubjectKey, UnitOfWork

UnitT = TypeVar("UnitT", bound=UnitOfWork)
# `shared.messaging.subscriptions.on` checks that event and handler belong together.
Handler = Callable[[Any, UnitT], Awaitable[None]]
Handlers = Mapping[type[Event], Handler[UnitT]]
# Fetches at once what the handlers of these events will ask for one by one; nothing depends on it but the speed.
Prepare = Callable[[Sequence[Event], UnitT], Awaitable[None]]
# What to do with an event whose turn has come; whether it was applied.
Act = Callable[[IncomingEvent, Envelope, Handler[UnitT]], Awaitable[bool]]
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class EventBatch(Generic[UnitT]):
    """Events of one open transaction. Do one of the three, once, and commit."""

    unit: UnitT
    handlers: Handlers[UnitT]
    events: Sequence[IncomingEvent]
    prepare: Prepare[UnitT] | None = None
    parked_in_a_row: int = 0
    most_in_a_row: int = 0
    spans: Spans = NO_SPANS
    dropped: int = 0
    _erased: set[UUID] = field(default_factory=set)
    _unseen: set[UUID] = field(default_factory=set)
    _positions: dict[SubjectKey, int] = field(default_factory=dict)
    _blocked: dict[RecordKey, int] = field(default_factory=dict)
    _applied: dict[SubjectKey, int] = field(default_factory=dict)

    async def apply_all(self) -> None:
        """Apply without savepoints: whatever one handler raises takes back the whole batch."""
        await self._claim()
        if self.prepare:
            await self.prepare([event.envelope.event for event in self.events if event.envelope], self.unit)
        await self._settle(self._apply)

    async def apply_each(self) -> None:
        """Apply with a savepoint for each: an event whose handler fails is parked. Raises transient errors."""
        await self._claim()
        await self._settle(self._apply_or_park)

    async def park_each(self, failure: Exception) -> None:
        """Park what could not be applied for this reason, without calling its handler again."""
        await self._claim()
        await self._settle(partial(self._park_failed, failure))

    async def _claim(self) -> None:
        """Claim first: that waits for another consumer with the same events in hand. Then read the positions.

        Before that: nobody is erased meanwhile but by an event of this batch, which then is applied alone.
        """
        await self.unit.erased.hold(alone=any(event.is_tombstone for event in self.events))
        self._erased = set(await self.unit.erased.find({event.about for event in self.events if event.about}))
        known = [(event.service, event.attributes) for event in self.events if event.attributes is not None]
        self._unseen = await self.unit.inbox.claim({each.id for _, each in known}) if known else set()
        subjects = {(service, each.subject) for service, each in known}
        found = await self.unit.inbox.positions(subjects, {event.key for event in self.events})
        self._positions, self._blocked = found.applied, found.blocked

    async def _settle(self, act: Act[UnitT]) -> None:
        for event in self.events:
            if event.attributes is None:
                await self._park_with(event, str(event.problem))
            elif event.attributes.id in self._unseen:
                # It may come twice in one batch.
                self._unseen.discard(event.attributes.id)
                await self._settle_once(event, (event.service, event.attributes.subject), act)
        if self._applied:
            await self.unit.inbox.advance(self._applied)

    async def _settle_once(self, event: IncomingEvent, subject: SubjectKey, act: Act[UnitT]) -> None:
        if event.is_tombstone:
            await self._bury(event, act)
        elif event.about in self._erased:
            self.dropped += 1
            log.info("event_of_an_erased_case_dropped", type=event.delivered.headers.get("ce_type"))
        else:
            await self._settle_in_order(event, subject, act)

    async def _bury(self, event: IncomingEvent, act: Act[UnitT]) -> None:
        """A tombstone has no place in an order: what was before it need not come any more, and nothing comes after."""
        envelope = event.envelope
        if envelope is None or not await self._act(event, envelope, act):
            return
        gone = envelope.subject
        for known in (self._positions, self._applied):
            for key in [key for key in known if key[1] == gone]:
                del known[key]
        self._erased |= set(await self.unit.erased.find([gone]))

    async def _settle_in_order(self, event: IncomingEvent, subject: SubjectKey, act: Act[UnitT]) -> None:
        """Act on it when it is the next of its subject; otherwise it waits, or comes too late.

        One that tells all there is to know is the next one whatever is missing: so a new service begins, and one that
        lost its database goes on.
        """
        sequence = event.attributes.sequence if event.attributes else 0
        last, first_parked = self._positions.get(subject, 0), self._blocked.get(event.key)
        if sequence <= last:
            await self._settle_late(event, sequence, last)
        elif first_parked is not None and sequence >= first_parked:
            await self._park(event, ParkedState.BEHIND, f"waits for version {first_parked}")
        elif sequence > last + 1 and not event.is_whole:
            await self._park(event, ParkedState.GAP, missing(last + 1))
        elif event.envelope is None:
            await self._park_with(event, str(event.problem))
        elif await self._act(event, event.envelope, act):
            self._positions[subject] = self._applied[subject] = sequence

    async def _settle_late(self, event: IncomingEvent, sequence: int, last: int) -> None:
        """Later ones were applied and this one never came: a person decides. Where marks are gone, it may have come."""
        if event.envelope is not None:
            fact = event.envelope.event
            # Whoever knows a later one that tells all, has it all.
            if (
                fact.is_whole
                or type(fact) not in self.handlers
                or self.unit.now - fact.occurred_at >= timedelta(days=KEPT_FOR_DAYS)
            ):
                return
        reason = f"version {sequence} came when version {last} was applied already"
        await self._park_with(event, reason, alone=True)

    async def _act(self, event: IncomingEvent, envelope: Envelope, act: Act[UnitT]) -> bool:
        handler = self.handlers.get(type(envelope.event))
        if handler is None:
            return True
        with HandledEvent(envelope, self.spans) as handled:
            self.unit.caused_by(handled.cause)
            applied = await act(event, envelope, handler)
            if applied:
                log.debug("event_handled")
            else:
                handled.failed()
            return applied

    async def _apply(self, _: IncomingEvent, envelope: Envelope, handler: Handler[UnitT]) -> bool:
        await handler(envelope.event, self.unit)
        self.parked_in_a_row = 0
        return True

    async def _apply_or_park(self, event: IncomingEvent, envelope: Envelope, handler: Handler[UnitT]) -> bool:
        failure = await failure_in_savepoint(handler, envelope, self.unit)
        if failure is not None:
            return await self._park_failed(failure, event, envelope, handler)
        self.parked_in_a_row = 0
        return True

    async def _park_failed(self, failure: Exception, event: IncomingEvent, _: Envelope, __: object) -> bool:
        log.error("event_parked", exc_info=failure)
        await self._park_with(event, reason_of(failure))
        return False

    async def _park_with(self, event: IncomingEvent, reason: str, *, alone: bool = False) -> None:
        if await self._park(event, ParkedState.FAILED, reason, alone=alone):
            self.parked_in_a_row += 1
            self.most_in_a_row = max(self.most_in_a_row, self.parked_in_a_row)

    async def _park(self, event: IncomingEvent, state: ParkedState, reason: str, *, alone: bool = False) -> bool:
        """Returns whether it was not parked before."""
        parked = event.parked(self.unit, state, reason, alone=alone)
        new = await self.unit.parking.get(parked.event_id) is None
        if new:
            await self.unit.parking.park(parked)
        if event.attributes is not None:
            await self.unit.inbox.release([event.attributes.id])
        if parked.sequence > 0:
            self._blocked[event.key] = min(parked.sequence, self._blocked.get(event.key, parked.sequence))
        return new


async def failure_in_savepoint(handler: Handler[UnitT], envelope: Envelope, unit: UnitT) -> Exception | None:
    """What the handler failed with; then all that it did is taken back. Raises transient errors."""
    try:
        async with unit.savepoint():
            await handler(envelope.event, unit)
    except Exception as error:
        if is_transient(error):
            raise
        return error
    return None


def missing(version: int) -> str:
    """Why later versions wait."""
    return f"version {version} has not arrived"


def reason_of(error: BaseException) -> str:
    """The kind of error and where it arose, without its message (which may hold what a person typed)."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
