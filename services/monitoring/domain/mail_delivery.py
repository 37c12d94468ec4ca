"""What became of the mails about a case, as far as it concerns the coordinator's list."""

from services.monitoring.domain import points
from services.monitoring.domain.escalation import About
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.monitoring import EscalationReason
from shared.events.notify import MessageAccepted, MessageRefused, MessageUnknown


def escalate(watch: Watch, event: MessageRefused | MessageUnknown, context: DecisionContext) -> list[Event]:
    """A mail was not delivered, or nobody knows: whoever waits for it waits in vain, so a person must know."""
    return points.escalate(watch, EscalationReason.MAIL_NOT_DELIVERED, context, About(message_id=event.subject))


def resolve(watch: Watch, event: MessageAccepted, context: DecisionContext) -> list[Event]:
    """The mail was taken after all."""
    return points.cause_gone(watch, context, lambda one: one.about.message_id == event.subject)
