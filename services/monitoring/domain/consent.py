"""A child that grew out of its consent: nobody new is asked, and the desk sees why until there is a new one."""

from services.monitoring.domain.points import cause_gone, escalate
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.intake import ConsentOutgrown, ConsentRenewed
from shared.events.monitoring import EscalationReason


def outgrow(watch: Watch, event: ConsentOutgrown, _context: DecisionContext) -> list[Event]:
    """It comes on the list (`invariant.py`), as soon as the case is open."""
    watch.outgrown_since = event.occurred_at
    return []


def renew(watch: Watch, _event: ConsentRenewed, context: DecisionContext) -> list[Event]:
    """Partners are looked for again, with the whole term."""
    watch.outgrown_since = None
    return cause_gone(watch, context, lambda one: one.reason is EscalationReason.CONSENT_OUTGROWN)


def tell_that_consent_is_outgrown(watch: Watch, context: DecisionContext) -> list[Event]:
    """A person is told, once each time."""
    since, reason = watch.outgrown_since, EscalationReason.CONSENT_OUTGROWN
    if since is None or any(one.reason is reason and one.raised_at >= since for one in watch.escalations):
        return []
    return escalate(watch, reason, context)
