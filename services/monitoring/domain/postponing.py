"""A point that waits for a day, because nothing can be done before it: anything that happens with the case wakes it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.errors import CannotWait, WrongDayToWaitFor
from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.owners import watch_owner
from services.monitoring.domain.points import (
    fact_of,
    find_open,
    open_point,
    put_back,
    start_point_clock,
    urgency_of,
)
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event, Urgency
from shared.events.desk_codes import WaitReason
from shared.events.family_safety import AddressHidden, AddressShown, SafetyHoldLifted, SafetyHoldSet
from shared.events.monitoring import (
    ChildOutOfSight,
    EscalationRaised,
    EscalationRepeated,
    FollowUpRecorded,
    PointPostponed,
    PointResumed,
)
from shared.events.notify import MessageAccepted, MessageUnknown
from shared.events.referral_terms import AnswerTermRenewed
from shared.kernel.working_time import WorkingTime

MOST_DAYS: Final = 30
A_WEEK: Final = timedelta(weeks=1)
# Of what monitoring says itself: somebody answered, or it got worse.
OWN_NEWS: Final = (FollowUpRecorded, ChildOutOfSight, EscalationRaised)
# That a mail left is no news: most mails are about the point itself. Nor is it that a case stands still.
NO_NEWS: Final = (
    MessageAccepted, MessageUnknown, SafetyHoldSet, SafetyHoldLifted, AddressHidden, AddressShown, AnswerTermRenewed,
)  # fmt: skip


def may_wait(watch: Watch, point: Escalation) -> bool:
    """Never a child out of sight, and never what is needed today."""
    return not point.loses_sight and urgency_of(watch, point) is not Urgency.TODAY


def example_day(now: datetime, working_time: WorkingTime) -> date:
    """A day that somebody may wait for: a week from now, or the first working day after it."""
    return working_time.first_day_from(working_time.city.day_of(now) + A_WEEK)


def postpone(
    watch: Watch,
    escalation_id: UUID,
    until: date,
    why: WaitReason,
    by: UUID,
    context: DecisionContext,
    version: int | None = None,
) -> list[Event]:
    """Nothing can be done before this day; twice the same day is once.

    Raises CannotWait, WrongDayToWaitFor, or what `open_point` raises.
    """
    if open_point(watch, escalation_id).waits_until == until:
        return []
    point = open_point(watch, escalation_id, version)
    if not may_wait(watch, point):
        raise CannotWait
    today = context.working_time.city.day_of(context.now)
    if not today < until <= today + timedelta(days=MOST_DAYS):
        raise WrongDayToWaitFor(MOST_DAYS, f"{example_day(context.now, context.working_time):%d-%m-%Y}")
    waiting = replace(point, waits_until=until, version=point.version + 1)
    put_back(watch, waiting)
    watch.stop(escalation_id)
    watch_day(watch, waiting, context)
    return [PointPostponed(**fact_of(watch, waiting, context), until=until, why=why, postponed_by=by)]


def watch_day(watch: Watch, point: Escalation, context: DecisionContext) -> None:
    """On the morning of its day it is brought up, or on the first working day after it."""
    if point.waits_until is not None:
        working_time = context.working_time
        day = working_time.first_day_from(point.waits_until)
        at = working_time.city.instant_of(day, context.follow_up.asked_at)
        watch.start(ClockKind.POINT_WAKES, point.escalation_id, max(at, context.now))


def day_came(watch: Watch, escalation_id: UUID, context: DecisionContext) -> list[Event]:
    """The desk is told once more. It does not make the child out of sight: a person had chosen this day."""
    point = find_open(watch, escalation_id)
    if point is None or not point.is_waiting:
        return []
    again = replace(point, level=point.level + 1)
    return [EscalationRepeated(**fact_of(watch, _awake(watch, again, context), context))]


def wake_by(watch: Watch, cause: Event | None, said: Iterable[Event], context: DecisionContext) -> list[Event]:
    """Something happened with the case: what waits of it is on the list as before."""
    is_news = cause is not None and not isinstance(cause, NO_NEWS)
    if not is_news and not any(isinstance(one, OWN_NEWS) for one in said):
        return []
    waiting = [one for one in watch.open_escalations if one.is_waiting]
    return [PointResumed(**fact_of(watch, _awake(watch, one, context), context)) for one in waiting]


def _awake(watch: Watch, point: Escalation, context: DecisionContext) -> Escalation:
    awake = replace(point, waits_until=None, version=point.version + 1)
    put_back(watch, awake)
    watch.stop(point.escalation_id, ClockKind.POINT_WAKES)
    start_point_clock(watch, awake, context)
    if awake.owner_id is not None:
        watch_owner(watch, awake, context)
    return awake
