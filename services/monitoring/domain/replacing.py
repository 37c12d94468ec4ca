"""Another ambassador is the family's first contact: everything that runs goes along, and what waited is asked anew."""

from dataclasses import replace

from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.domain.follow_up_questions import ask_anew
from services.monitoring.domain.inventory import await_inventory
from services.monitoring.domain.points import cause_gone
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.intake import AmbassadorReplaced
from shared.events.monitoring import EscalationReason

# What the desk had to ask of the one before; and that a child left school asked who is its contact now.
OVER = frozenset({EscalationReason.INVENTORY_LATE, EscalationReason.LEFT_SCHOOL})


def replace_ambassador(watch: Watch, event: AmbassadorReplaced, context: DecisionContext) -> list[Event]:
    """From now on the new one is asked, reminded and called; an inventory that is awaited has its whole term again."""
    watch.former_ambassadors = (watch.former_ambassadors | {event.previous_id}) - {event.ambassador_id}
    watch.ambassador_id = event.ambassador_id
    watch.organisation_id = event.organisation_id
    if watch.second_reader_id == event.ambassador_id:
        watch.second_reader_id = None
    for one in list(watch.referrals.values()):
        watch.referrals[one.referral_id] = replace(one, ambassador_id=event.ambassador_id)
    if not watch.is_open:
        return []
    if watch.awaiting_inventory and watch.home_visit_on is None:
        await_inventory(watch, event.occurred_at, context)
    asked = [one for one in watch.follow_ups.values() if one.state is FollowUpState.ASKED]
    over = cause_gone(watch, context, lambda one: one.reason in OVER, by=event.replaced_by)
    return [*over, *(question for one in asked for question in ask_anew(watch, one, context))]
