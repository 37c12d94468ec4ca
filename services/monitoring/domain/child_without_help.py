"""Help for the parents does not reach every child: somebody looks, once, when the child has nothing of its own."""

from services.monitoring.domain.need import NeedState, WatchedNeed
from services.monitoring.domain.points import escalate
from services.monitoring.domain.referral import AT_WORK, Referral, ReferralState
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Beneficiary, Event
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import Outcome


def tell_of_child_without_help(watch: Watch, context: DecisionContext) -> list[Event]:
    """When all needs have somebody or are over, others are helped, and the child has no need or result of its own."""
    told = any(one.reason is EscalationReason.CHILD_WITHOUT_HELP for one in watch.escalations)
    needs = [one for one in watch.needs.values() if not one.dropped]
    if told or watch.awaiting_inventory or watch.is_paused or not all(_has_somebody(watch, one) for one in needs):
        return []
    helped = {one.beneficiary for one in needs if any(_helps(it) for it in _referrals(watch, one))}
    if not helped or Beneficiary.CHILD in helped:
        return []
    return escalate(watch, EscalationReason.CHILD_WITHOUT_HELP, context)


def _has_somebody(watch: Watch, need: WatchedNeed) -> bool:
    if need.stands is NeedState.WITH_PARTNER:
        return any(one.state in AT_WORK for one in _referrals(watch, need))
    return not need.is_looked_for


def _referrals(watch: Watch, need: WatchedNeed) -> list[Referral]:
    return [one for one in watch.referrals.values() if one.need_id == need.need_id]


def _helps(referral: Referral) -> bool:
    """Whether the help runs, or helped."""
    met = referral.state is ReferralState.CONFIRMED and referral.outcome is not Outcome.NOT_HELPED
    return met or referral.state in AT_WORK
