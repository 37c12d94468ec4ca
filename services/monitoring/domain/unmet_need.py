"""A need that has nobody comes back on the coordinator's list, until somebody helps or nobody needs to any more."""

from uuid import UUID

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.escalation import About, Escalation
from services.monitoring.domain.need import NeedState, WatchedNeed
from services.monitoring.domain.points import escalate
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.desk_codes import Resolution
from shared.events.monitoring import EscalationReason

# The points that say that a need has nobody, and why.
SAYS_NOBODY = frozenset({EscalationReason.NO_PARTNER_FOUND, EscalationReason.HELP_FAILED})


def watch_nobody(watch: Watch, need: WatchedNeed, context: DecisionContext) -> None:
    """While no point about this need is open, a clock runs that brings it back; unless a person said: not needed."""
    listed = any(one.about.need_id == need.need_id for one in watch.open_escalations)
    last = _last_point(watch, need.need_id)
    settled = last is not None and last.resolution is Resolution.NO_LONGER_NEEDED
    if need.stands is not NeedState.NOBODY or listed or settled:
        watch.stop(need.need_id, ClockKind.NOBODY_AGAIN)
    elif not watch.has_clock(ClockKind.NOBODY_AGAIN, need.need_id):
        term = context.at_most(context.terms.nobody_again, need.urgency)
        watch.start(ClockKind.NOBODY_AGAIN, need.need_id, context.due(term))


def say_again(watch: Watch, need_id: UUID, context: DecisionContext) -> list[Event]:
    """Still nobody: the same point once more."""
    if watch.needs[need_id].stands is not NeedState.NOBODY:
        return []
    last = _last_point(watch, need_id)
    if last is None:
        return escalate(watch, EscalationReason.NO_PARTNER_FOUND, context, About(need_id=need_id))
    return escalate(watch, last.reason, context, last.about)


def _last_point(watch: Watch, need_id: UUID) -> Escalation | None:
    points = [one for one in watch.escalations if one.about.need_id == need_id and one.reason in SAYS_NOBODY]
    return points[-1] if points else None
