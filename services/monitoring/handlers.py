"""One function per event, command or clock: load the watch, decide, store, say."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from services.monitoring.commands import AnswerFollowUp, MintFollowUpLink, ResolveEscalation
from services.monitoring.domain import life, planning, ringing
from services.monitoring.domain.clocks import Clock
from services.monitoring.domain.errors import CaseNotFound, FollowUpNotFound, UnknownCase
from services.monitoring.domain.rules import Moment
from services.monitoring.domain.safety import settle
from services.monitoring.domain.timeline import entry_of
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.ports import MonitoringUnit, Person
from shared.access.links import Link
from shared.events.base import Event
from shared.events.intake import CaseErased, NeedsAssessed, RequestReceived
from shared.events.matching import (
    NoPartnerFound,
    OrganisationListed,
    PartnerActivated,
    PersonJoined,
    ServiceListed,
    SignInRequested,
)
from shared.events.notify import AddressFlagged, MessageAccepted, MessageFact, MessageRefused
from shared.unit_of_work import Timer

EventT = TypeVar("EventT", bound=Event)
Decision = Callable[[Watch, EventT, Moment], list[Event]]

FOLLOW_UP_LINK = "follow-up"
FOLLOW_UP_LINK_VALID = timedelta(weeks=8)
CHECKED_AT_ONCE = 500
# How late a clock may be before somebody looks whether its timer is still there.
LATE_CLOCK = timedelta(minutes=5)


def watching(decide: Decision[EventT]) -> Callable[[EventT, MonitoringUnit], Awaitable[None]]:
    """A handler that lets `decide` change the watch of the event's case."""

    async def handle(event: EventT, unit: MonitoringUnit) -> None:
        watch = await _watch_for(event, unit)
        if watch is not None:
            await _decided(unit, watch, lambda moment: decide(watch, event, moment), cause=event)

    return handle


async def note(event: Event, unit: MonitoringUnit) -> None:
    """Nothing changes for the watch; the timeline shows it."""
    entry = entry_of(event)
    if entry is not None and not await unit.watches.is_erased(entry.case_id):
        await unit.timeline.add([entry])


async def know_person(event: PersonJoined, unit: MonitoringUnit) -> None:
    """Remember who belongs where."""
    await unit.directory.person_joined(Person(event.subject, event.organisation_id, event.role, event.active))


async def know_organisation(event: OrganisationListed, unit: MonitoringUnit) -> None:
    """Remember what the organisation is called."""
    await unit.directory.organisation_listed(event.subject, event.name)


async def see_mail_arrive(event: MessageAccepted, unit: MonitoringUnit) -> None:
    """A mail was taken; if it was on the list as not delivered, it leaves it."""
    watch = await unit.watches.get(event.case_id) if event.case_id is not None else None
    await (watching(life.mail_arrived) if watch and watch.open_escalations else note)(event, unit)


async def see_mail_fail(event: MessageRefused, unit: MonitoringUnit) -> None:
    """A mail about a case was not delivered: a person must know."""
    if event.case_id is not None:
        await watching(life.miss_mail)(event, unit)


async def erase_case(event: CaseErased, unit: MonitoringUnit) -> None:
    """Delete what we hold of the case; a stone stays, so that late facts do not revive it."""
    await watching(life.erase)(event, unit)
    await unit.timeline.erase(event.subject)


async def ring(timer: Timer, unit: MonitoringUnit) -> None:
    """A clock ran out."""
    watch = await unit.watches.get(timer.subject)
    if watch is not None:
        await _decided(unit, watch, lambda moment: ringing.ring(watch, timer.key, moment), rung=timer.key)


async def answer_follow_up(command: AnswerFollowUp, unit: MonitoringUnit) -> None:
    """The ambassador answered. Raises FollowUpNotFound, FollowUpAlreadyAnswered, FollowUpNotAsked or CaseNotWatched."""
    watch = await watch_of_follow_up(command.follow_up_id, unit)
    await _decided(
        unit,
        watch,
        lambda moment: planning.record(watch, command.follow_up_id, command.answer, command.answered_by, moment),
    )


async def watch_of_follow_up(follow_up_id: UUID, unit: MonitoringUnit) -> Watch:
    """The watch that the follow-up belongs to. Raises FollowUpNotFound."""
    case_id = await unit.watches.case_of_follow_up(follow_up_id)
    watch = await unit.watches.get(case_id) if case_id else None
    if watch is None:
        raise FollowUpNotFound
    return watch


async def resolve_escalation(command: ResolveEscalation, unit: MonitoringUnit) -> None:
    """A coordinator acted. Raises CaseNotFound or EscalationNotOpen."""
    watch = await unit.watches.get(command.case_id)
    if watch is None:
        raise CaseNotFound
    await _decided(
        unit,
        watch,
        lambda moment: watch.resolve(command.escalation_id, command.resolution, command.resolved_by, moment),
    )


async def mint_follow_up_link(command: MintFollowUpLink, unit: MonitoringUnit) -> Link:
    """A link for this follow-up and this person. Raises what `answer_follow_up` raises: then no mail should go."""
    watch = await watch_of_follow_up(command.follow_up_id, unit)
    planning.answerable(watch, command.follow_up_id)
    person = await unit.directory.person(command.recipient_id)
    return await unit.links.mint(
        FOLLOW_UP_LINK, command.follow_up_id, command.recipient_id, unit.now + FOLLOW_UP_LINK_VALID,
        organisation_id=person.organisation_id if person else None,
    )  # fmt: skip


async def look_for_lost_children(unit: MonitoringUnit) -> None:
    """The net under the net: open cases without any next step, and clocks whose timer went missing."""
    for case_id in await unit.watches.without_next_step(CHECKED_AT_ONCE):
        watch = await unit.watches.get(case_id)
        if watch is not None and watch.is_open and not watch.clocks and not watch.open_escalations:
            await _decided(unit, watch, watch.lose_sight)
    for case_id in await unit.watches.without_timer(unit.now - LATE_CLOCK, CHECKED_AT_ONCE):
        watch = await unit.watches.get(case_id)
        if watch is not None:
            _set_timers(unit, watch, {})


async def fetch_watches(events: Sequence[Event], unit: MonitoringUnit) -> None:
    """What the handlers of these events will ask for, in one go."""
    cases = {_case_of(event) for event in events if not isinstance(event, OF_NO_CASE)}
    await unit.watches.fetch({case_id for case_id in cases if case_id is not None})


OF_NO_CASE = (OrganisationListed, ServiceListed, PersonJoined, SignInRequested, AddressFlagged)
OPENING = (RequestReceived, NeedsAssessed, PartnerActivated, NoPartnerFound, MessageRefused)


def _case_of(event: Event) -> UUID | None:
    return event.case_id if isinstance(event, MessageFact) else event.subject


async def _watch_for(event: Event, unit: MonitoringUnit) -> Watch | None:
    case_id = _case_of(event)
    if case_id is None:
        return None
    watch = await unit.watches.get(case_id)
    if watch is not None:
        return None if watch.phase is Phase.ERASED else watch
    if isinstance(event, CaseErased):
        return Watch(case_id, case_code="")
    # Topics overtake each other: matching or notify may speak of a case before intake's first word is here.
    if isinstance(event, OPENING) and event.case_code is not None:
        return Watch(case_id, event.case_code, opened_at=event.occurred_at)
    raise UnknownCase(str(case_id))


async def _decided(
    unit: MonitoringUnit,
    watch: Watch,
    decide: Callable[[Moment], list[Event]],
    *,
    cause: Event | None = None,
    rung: str | None = None,
) -> None:
    moment = Moment(unit.now, unit.calendar, unit.ids.new)
    # The timer that rang is gone already: a clock that still runs under its key needs a new one.
    before = {key: clock for key, clock in watch.clocks.items() if key != rung}
    events = decide(moment)
    events += settle(watch, moment)
    await unit.watches.save(watch)
    _set_timers(unit, watch, before)
    unit.outbox.append(*events)
    if entries := [entry for event in ([cause] if cause else []) + events if (entry := entry_of(event))]:
        await unit.timeline.add(entries)


def _set_timers(unit: MonitoringUnit, watch: Watch, before: dict[str, Clock]) -> None:
    unit.timers.clear(*(before.keys() - watch.clocks.keys()))
    for key, clock in watch.clocks.items():
        if before.get(key) != clock:
            unit.timers.set(Timer(key, clock.kind, watch.case_id, clock.due_at))
