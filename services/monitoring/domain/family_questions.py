"""What a family asks on its own page: somebody talks with it within a term, else the desk looks."""

from services.monitoring.domain.clocks import Clock, ClockKind
from services.monitoring.domain.points import cause_gone, escalate
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.family_voice import FamilyAnswered, FamilyAsked
from shared.events.monitoring import EscalationReason


def ask(watch: Watch, event: FamilyAsked, _context: DecisionContext) -> list[Event]:
    """Its clock starts with what is missing."""
    watch.family_asks |= {event.question_id}
    return []


def answer(watch: Watch, event: FamilyAnswered, context: DecisionContext) -> list[Event]:
    """The desk need not look any more, once nothing is left that was asked."""
    watch.family_asks -= {event.question_id}
    watch.stop(event.question_id)
    if watch.family_asks:
        return []
    over = EscalationReason.FAMILY_UNANSWERED
    return cause_gone(watch, context, lambda one: one.reason is over, by=event.answered_by)


def watch_asks(watch: Watch, context: DecisionContext) -> None:
    """Each has a clock, unless the desk looks already."""
    if any(one.reason is EscalationReason.FAMILY_UNANSWERED for one in watch.open_escalations):
        return
    for question_id in watch.family_asks:
        if not watch.has_clock(ClockKind.FAMILY_ASK_LATE, question_id):
            watch.start(ClockKind.FAMILY_ASK_LATE, question_id, context.due(context.terms.question))


def unanswered(watch: Watch, _clock: Clock, context: DecisionContext) -> list[Event]:
    """The term is over, and the family waits."""
    return escalate(watch, EscalationReason.FAMILY_UNANSWERED, context) if watch.family_asks else []
