"""Who of the desk has a point: taken, handed over, given back, or back with all after days without an act."""

from dataclasses import replace
from uuid import UUID

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.errors import PointTaken
from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.points import fact_of, find_open, open_point, put_back
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.desk_codes import TakeOverReason
from shared.events.monitoring import PointAssigned


def take(
    watch: Watch,
    escalation_id: UUID,
    version: int,
    by: UUID,
    context: DecisionContext,
    why: TakeOverReason | None = None,
) -> list[Event]:
    """This person has the point from now on; from a colleague only with a reason. Raises PointTaken.

    `version` is what they saw: whoever did not see that a colleague has it is told so first.
    """
    point = open_point(watch, escalation_id)
    if point.owner_id == by:
        keep(watch, by, context)
        return []
    if point.owner_id is not None and (why is None or version != point.version):
        raise PointTaken(point.owner_id, point.owned_since or context.now)
    return _assign(watch, point, by, context, by=by, why=why if point.owner_id else None)


def pass_on(
    watch: Watch, escalation_id: UUID, version: int, to: UUID | None, by: UUID, context: DecisionContext
) -> list[Event]:
    """To a colleague, who may be away or not: it comes back by itself. Without one it is for all of the desk again.

    Raises PointTaken when another one has it, and PointChanged when it is not as they saw it.
    """
    point = open_point(watch, escalation_id)
    if point.owner_id == to:
        return []
    if point.owner_id is not None and point.owner_id != by:
        raise PointTaken(point.owner_id, point.owned_since or context.now)
    return _assign(watch, open_point(watch, escalation_id, version), to, context, by=by)


def lapse(watch: Watch, escalation_id: UUID, context: DecisionContext) -> list[Event]:
    """Its owner did nothing for some days: it is for all of the desk again, and they are told."""
    point = find_open(watch, escalation_id)
    return [] if point is None or point.owner_id is None else _assign(watch, point, None, context, by=None)


def keep(watch: Watch, by: UUID, context: DecisionContext) -> None:
    """This person did something with the case: what they have of it stays theirs for the whole term again."""
    for point in watch.open_escalations:
        if point.owner_id == by and not point.is_waiting:
            watch_owner(watch, point, context)


def watch_owner(watch: Watch, point: Escalation, context: DecisionContext) -> None:
    """From now on, until when the owner must have done something."""
    watch.start(ClockKind.OWNER_IDLE, point.escalation_id, context.due(context.terms.points.owner_idle))


def _assign(
    watch: Watch,
    point: Escalation,
    to: UUID | None,
    context: DecisionContext,
    *,
    by: UUID | None,
    why: TakeOverReason | None = None,
) -> list[Event]:
    given = replace(point, owner_id=to, owned_since=context.now if to else None, version=point.version + 1)
    put_back(watch, given)
    watch.stop(point.escalation_id, ClockKind.OWNER_IDLE)
    if to is not None and not given.is_waiting:
        watch_owner(watch, given, context)
    return [
        PointAssigned(
            **fact_of(watch, given, context), owner_id=to, previous_id=point.owner_id, assigned_by=by, why=why
        )
    ]
