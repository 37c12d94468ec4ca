"""What became of the mails about a case, as far as it concerns the coordinator's list."""

from typing import Final
from uuid import UUID

from services.monitoring.domain import points
from services.monitoring.domain.escalation import About
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Phase, Watch
from shared.events.base import Event
from shared.events.monitoring import EscalationReason
from shared.events.notify import MessageAccepted, MessageRefused, MessageUnknown

# The mails in which notify tells coordinators of a point.
TELL_OF_POINTS: Final = frozenset({"desk-point", "out-of-sight"})


def escalate(watch: Watch, event: MessageRefused | MessageUnknown, context: DecisionContext) -> list[Event]:
    """A mail was not delivered, or nobody knows: whoever waits for it waits in vain, so a person must know.

    What tells of such a point leads to no other one: mail to a full mailbox would go round for ever.
    """
    if event.template in TELL_OF_POINTS and _is_known(watch):
        return []
    if watch.phase is Phase.ON_HOLD:
        watch.undelivered = tuple(dict.fromkeys([*watch.undelivered, event.subject]))
    return _list(watch, event.subject, context)


def tell_of_undelivered(watch: Watch, context: DecisionContext) -> list[Event]:
    """The case goes on: a person must know now what did not arrive while it stood still."""
    waiting, watch.undelivered = watch.undelivered, ()
    return [event for message_id in waiting for event in _list(watch, message_id, context)]


def resolve(watch: Watch, event: MessageAccepted, context: DecisionContext) -> list[Event]:
    """The mail was taken after all."""
    watch.undelivered = tuple(one for one in watch.undelivered if one != event.subject)
    return points.cause_gone(watch, context, lambda one: one.about.message_id == event.subject)


def _is_known(watch: Watch) -> bool:
    return any(one.reason is EscalationReason.MAIL_NOT_DELIVERED for one in watch.open_escalations)


def _list(watch: Watch, message_id: UUID, context: DecisionContext) -> list[Event]:
    return points.escalate(watch, EscalationReason.MAIL_NOT_DELIVERED, context, About(message_id=message_id))
