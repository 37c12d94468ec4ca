"""The coordinators' list: each point has its own clock, comes back louder, and at last the child is out of sight."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.errors import EscalationNotOpen, PointChanged, PointNotFound
from services.monitoring.domain.escalation import AT_ONCE, CALL_THE_PARTNER, About, Escalation
from services.monitoring.domain.need import most_urgent
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event, Urgency
from shared.events.desk_codes import Resolution
from shared.events.monitoring import (
    CaseBackInSight,
    ChildOutOfSight,
    EscalationRaised,
    EscalationReason,
    EscalationRepeated,
    EscalationResolved,
)
from shared.kernel.city import WorkingDays


def escalate(
    watch: Watch, reason: EscalationReason, context: DecisionContext, about: About | None = None
) -> list[Event]:
    """Put it on the coordinator's list, once per reason and subject. A case that ended is on no list."""
    about = about or About()
    known = any(one.reason is reason and one.about == about for one in watch.open_escalations)
    if known or not watch.is_open:
        return []
    raised = Escalation(context.new_id(), reason, about, context.now)
    watch.escalations.append(raised)
    start_point_clock(watch, raised, context)
    return [EscalationRaised(**fact_of(watch, raised, context))]


def bring_up_again(watch: Watch, escalation_id: UUID, context: DecisionContext) -> list[Event]:
    """Nobody acted within its term: the point comes back, louder; at a level the child counts as out of sight."""
    one = find_open(watch, escalation_id)
    if one is None:
        return []
    level = one.level + 1
    louder = replace(one, level=level, lost=one.lost or level >= context.terms.points.lost_at_level)
    put_back(watch, louder)
    start_point_clock(watch, louder, context)
    repeated = EscalationRepeated(**fact_of(watch, louder, context))
    return [*(_out_of_sight(watch, context) if louder.lost else []), repeated]


def start_point_clock(watch: Watch, point: Escalation, context: DecisionContext) -> None:
    """When this point comes back, counted from now."""
    watch.start(ClockKind.POINT_AGAIN, point.escalation_id, context.due(_term(watch, point, context)))


def find_open(watch: Watch, escalation_id: UUID) -> Escalation | None:
    """The open point with this id."""
    return next((one for one in watch.open_escalations if one.escalation_id == escalation_id), None)


def open_point(watch: Watch, escalation_id: UUID, version: int | None = None) -> Escalation:
    """The same, as whoever acts saw it.

    Raises PointNotFound, EscalationNotOpen, or PointChanged when it has another version.
    """
    point = next((one for one in watch.escalations if one.escalation_id == escalation_id), None)
    if point is None:
        raise PointNotFound
    if not point.is_open:
        raise EscalationNotOpen
    if version is not None and point.version != version:
        raise PointChanged
    return point


def put_back(watch: Watch, point: Escalation) -> None:
    """The point as it is from now on, in its place."""
    place = next(at for at, one in enumerate(watch.escalations) if one.escalation_id == point.escalation_id)
    watch.escalations[place] = point


def resolve(
    watch: Watch,
    escalation_id: UUID,
    resolution: Resolution,
    by: UUID,
    context: DecisionContext,
    version: int | None = None,
) -> list[Event]:
    """A person acted; twice the same is once. Raises what `open_point` raises."""
    said = (escalation_id, by, resolution)
    if any((one.escalation_id, one.resolved_by, one.resolution) == said for one in watch.escalations):
        return []
    open_point(watch, escalation_id, version)
    return _resolve(watch, lambda one: one.escalation_id == escalation_id, context, by, resolution)


def cause_gone(
    watch: Watch, context: DecisionContext, matches: Callable[[Escalation], bool], *, by: UUID | None = None
) -> list[Event]:
    """Take off the list what went away in the course of things."""
    return _resolve(watch, matches, context, by, None)


def lose_sight(watch: Watch, context: DecisionContext, about: About | None = None) -> list[Event]:
    """Nobody looks after this child: say so, and put it on the list until a person acts."""
    raised = escalate(watch, EscalationReason.OUT_OF_SIGHT, context, about)
    return [*_out_of_sight(watch, context), *raised] if raised else []


def say_out_of_sight(watch: Watch, context: DecisionContext) -> list[Event]:
    """Say it (again), and come back to it while no person acted."""
    since = watch.out_of_sight_since
    if since is None:
        return []
    again_at = context.due(context.terms.out_of_sight_again)
    watch.start(ClockKind.OUT_OF_SIGHT_AGAIN, watch.case_id, again_at)
    if watch.ambassador_id is None:
        return []
    return [
        ChildOutOfSight(
            subject=watch.case_id, occurred_at=context.now, case_code=watch.case_code,
            ambassador_id=watch.ambassador_id, since=since,
        )
    ]  # fmt: skip


def urgency_of(watch: Watch, point: Escalation) -> Urgency:
    """How urgent what it is about is: its need, or else the case."""
    need = watch.needs.get(point.about.need_id) if point.about.need_id else None
    return need.urgency if need else watch.urgency or Urgency.NORMAL


def call_of(watch: Watch, point: Escalation) -> UUID | None:
    """Whom to call first: the contact person of the partner that it is about, or else the ambassador."""
    referral = watch.referrals.get(point.about.referral_id) if point.about.referral_id else None
    return referral.contact_id if referral and point.reason in CALL_THE_PARTNER else watch.ambassador_id


def category_of(watch: Watch, point: Escalation) -> str | None:
    """What is needed: by the need it is about, or else by the one that waits least."""
    about = watch.needs.get(point.about.need_id) if point.about.need_id else None
    if about:
        return about.category
    open_needs = [one for one in watch.needs.values() if one.is_looked_for]
    urgency = most_urgent(one.urgency for one in open_needs)
    first = next((one.category for one in open_needs if one.urgency is urgency), None)
    return first or next(iter(watch.categories), None)


def _out_of_sight(watch: Watch, context: DecisionContext) -> list[Event]:
    if watch.out_of_sight_since is not None:
        return []
    watch.out_of_sight_since = context.now
    return say_out_of_sight(watch, context)


def _term(watch: Watch, point: Escalation, context: DecisionContext) -> WorkingDays:
    terms = context.terms.points
    if point.loses_sight or urgency_of(watch, point) is Urgency.TODAY:
        return terms.today
    return terms.by_reason.get(point.reason, terms.others)


def fact_of(watch: Watch, point: Escalation, context: DecisionContext) -> dict[str, Any]:
    """What every event about a point says."""
    urgency = urgency_of(watch, point)
    return {
        "subject": watch.case_id,
        "occurred_at": context.now,
        "escalation_id": point.escalation_id,
        "case_code": watch.case_code,
        "reason": point.reason,
        "need_id": point.about.need_id,
        "referral_id": point.about.referral_id,
        "category": category_of(watch, point),
        "district": watch.district,
        "urgency": urgency,
        "since": point.raised_at,
        "level": point.level,
        "at_once": urgency is Urgency.TODAY or point.reason in AT_ONCE or point.lost,
        "call_id": call_of(watch, point),
    }


def _resolve(
    watch: Watch,
    matches: Callable[[Escalation], bool],
    context: DecisionContext,
    by: UUID | None,
    resolution: Resolution | None,
) -> list[Event]:
    events: list[Event] = []
    for index, one in enumerate(watch.escalations):
        if one.is_open and matches(one):
            watch.escalations[index] = replace(one, resolved_at=context.now, resolved_by=by, resolution=resolution)
            watch.stop(one.escalation_id)
            events.append(
                EscalationResolved(
                    subject=watch.case_id, occurred_at=context.now, escalation_id=one.escalation_id, resolved_by=by,
                    resolution=resolution,
                )
            )  # fmt: skip
    return [*events, *_back_in_sight(watch, context, by)]


def _back_in_sight(watch: Watch, context: DecisionContext, by: UUID | None) -> list[Event]:
    if watch.out_of_sight_since is None or any(one.loses_sight for one in watch.open_escalations):
        return []
    watch.out_of_sight_since = None
    watch.stop(watch.case_id, ClockKind.OUT_OF_SIGHT_AGAIN)
    return [CaseBackInSight(subject=watch.case_id, occurred_at=context.now, seen_by=by)]
