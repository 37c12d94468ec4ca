"""How every decision about a case is carried out: its watch is read, changed, settled and saved, with what follows."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from services.monitoring.domain.clocks import Clock
from services.monitoring.domain.errors import UnknownCase
from services.monitoring.domain.invariant import settle
from services.monitoring.domain.postponing import wake_by
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.timeline import case_of, entry_of
from services.monitoring.domain.watch import Watch
from services.monitoring.ports import MonitoringUnit
from shared.events.base import Event
from shared.events.intake import NeedsAssessed, RequestReceived, UrgentNeedRaised
from shared.events.matching import HelpRuledOut, NoPartnerFound, PartnerActivated, SearchPostponed
from shared.events.notify import MessageRefused, MessageUnknown
from shared.kernel.working_time import WorkingTime
from shared.unit_of_work import Timer

EventT = TypeVar("EventT", bound=Event)
# Topics overtake each other: matching or notify may speak of a case before intake's first word is here.
OPENING = (
    RequestReceived, NeedsAssessed, UrgentNeedRaised, PartnerActivated, NoPartnerFound, SearchPostponed,
    HelpRuledOut, MessageRefused, MessageUnknown,
)  # fmt: skip


def update_watch(
    decide: Callable[[Watch, EventT, DecisionContext], list[Event]],
) -> Callable[[EventT, MonitoringUnit], Awaitable[None]]:
    """A handler that lets `decide` change the watch of the event's case.

    Raises UnknownCase when the event cannot be a case's first.
    """

    async def handle(event: EventT, unit: MonitoringUnit) -> None:
        watch = await _watch_of(event, unit)
        if watch is not None:
            await carry_out(lambda context: decide(watch, event, context), watch, unit, cause=event)

    return handle


async def fetch_watches(events: Sequence[Event], unit: MonitoringUnit) -> None:
    """Lock and read what the handlers of these events will ask for, in one go."""
    await unit.watches.fetch({case_id for case_id in map(case_of, events) if case_id is not None})


async def carry_out(
    decide: Callable[[DecisionContext], list[Event]],
    watch: Watch,
    unit: MonitoringUnit,
    *,
    cause: Event | None = None,
    rung: str | None = None,
) -> None:
    """Decide, see that the case has a next step, and keep all of it: watch, timers, events and timeline.

    `cause` is the event that it answers, for the timeline; `rung` is the key of the clock that ran out.
    """
    context = DecisionContext(unit.now, WorkingTime(unit.city, unit.calendar), unit.ids.new, unit.marks.of)
    # The timer that rang is gone already: a clock that still runs under its key needs a new one.
    before = {key: clock for key, clock in watch.clocks.items() if key != rung}
    events = decide(context)
    events += wake_by(watch, cause, events, context)
    events += settle(watch, context)
    await unit.watches.save(watch)
    set_timers(unit, watch, before)
    unit.outbox.append(*events)
    if entries := [entry for event in ([cause] if cause else []) + events if (entry := entry_of(event))]:
        await unit.timeline.add(entries)


def set_timers(unit: MonitoringUnit, watch: Watch, before: Mapping[str, Clock]) -> None:
    """A timer for every clock of the watch that is not in `before` as it is now, and none for those that stopped."""
    unit.timers.clear(*(before.keys() - watch.clocks.keys()))
    for key, clock in watch.clocks.items():
        if before.get(key) != clock:
            unit.timers.set(Timer(key, clock.kind, watch.case_id, clock.due_at))


async def _watch_of(event: Event, unit: MonitoringUnit) -> Watch | None:
    case_id = case_of(event)
    if case_id is None:
        return None
    watch = await unit.watches.get(case_id)
    if watch is not None:
        return watch
    if isinstance(event, OPENING) and event.case_code is not None:
        return Watch(case_id, event.case_code, opened_at=event.occurred_at)
    raise UnknownCase(str(case_id))
