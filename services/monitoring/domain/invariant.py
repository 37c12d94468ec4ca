"""No child without a next step: after every decision, whatever still waits has a running clock or is on the list."""

from services.monitoring.domain.clocks import Clock, ClockKind
from services.monitoring.domain.escalation import About
from services.monitoring.domain.follow_up import FollowUp, FollowUpState
from services.monitoring.domain.follow_up_plan import plan_interim
from services.monitoring.domain.follow_up_questions import start_silence_clocks
from services.monitoring.domain.need import NeedState, WatchedNeed
from services.monitoring.domain.referral import UNDER_WAY, Referral, ReferralState
from services.monitoring.domain.referral_lifecycle import start_answer_clocks
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.unmet_need import watch_nobody
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.monitoring import EscalationReason


def settle(watch: Watch, context: DecisionContext) -> list[Event]:
    """Start the clocks that are missing, stop those that have no reason any more, and leave nobody without one.

    Holds afterwards: an open case has a clock, or an open escalation; a case that ended has neither.
    """
    if not watch.is_open:
        watch.clocks.clear()
        return []
    _watch_inventory(watch, context)
    _watch_needs(watch, context)
    for need in watch.needs.values():
        watch_nobody(watch, need, context)
    for referral in watch.referrals.values():
        _watch_referral(watch, referral, context)
    for follow_up in watch.follow_ups.values():
        _watch_follow_up(watch, follow_up, context)
    told = _tell_what_is_not_wanted(watch, context)
    return [*told, *(plan_interim(watch, context) if _nobody_looks(watch) else [])]


def waiting_needs(watch: Watch) -> list[WatchedNeed]:
    """Needs that matching should have found somebody for; those that wait for another need come later.

    A need for which nobody was found holds up no other.
    """
    first = {one.need_id for one in watch.needs.values() if one.stands in {NeedState.WAITING, NeedState.WITH_PARTNER}}
    return [one for one in watch.needs.values() if one.stands is NeedState.WAITING and first.isdisjoint(one.depends_on)]


def _watch_inventory(watch: Watch, context: DecisionContext) -> None:
    if not watch.awaiting_inventory or watch.has_clock(ClockKind.INVENTORY_LATE, watch.case_id):
        return
    if not any(one.reason is EscalationReason.INVENTORY_LATE for one in watch.open_escalations):
        watch.await_inventory(context.now, context)


def _watch_needs(watch: Watch, context: DecisionContext) -> None:
    lost = any(one.reason is EscalationReason.OUT_OF_SIGHT for one in watch.open_escalations)
    if lost or not waiting_needs(watch):
        watch.stop(watch.case_id, ClockKind.MATCHING_LATE)
    elif not watch.has_clock(ClockKind.MATCHING_LATE, watch.case_id):
        watch.start(ClockKind.MATCHING_LATE, watch.case_id, context.due(context.terms.matching))


def _watch_referral(watch: Watch, referral: Referral, context: DecisionContext) -> None:
    about = referral.referral_id
    if (
        not referral.is_live
        or any(clock.about == about for clock in watch.clocks.values())
        or any(one.about.referral_id == about for one in watch.open_escalations)
    ):
        return
    if referral.state is ReferralState.ASKED:
        start_answer_clocks(watch, referral, context.now, context)
    elif referral.state is ReferralState.ACCEPTED:
        watch.start(ClockKind.FIRST_CONTACT_LATE, about, context.due(context.terms.first_contact))
    elif referral.state is ReferralState.DELIVERED:
        watch.start(ClockKind.CONFIRMATION_LATE, about, context.due(context.terms.confirmation))


def _tell_what_is_not_wanted(watch: Watch, context: DecisionContext) -> list[Event]:
    """Help that the family does not want any more is not stopped by a machine: a person is told, once."""
    told = {one.about.referral_id for one in watch.escalations if one.reason is EscalationReason.PARTNER_NOT_WANTED}
    about = [
        About(need_id=one.need_id, referral_id=one.referral_id)
        for one in watch.referrals.values()
        if watch.is_unwanted(one) and one.referral_id not in told
    ]
    return [event for each in about for event in watch.escalate(EscalationReason.PARTNER_NOT_WANTED, context, each)]


def _watch_follow_up(watch: Watch, follow_up: FollowUp, context: DecisionContext) -> None:
    if any(clock.about == follow_up.follow_up_id for clock in watch.clocks.values()):
        return
    if follow_up.state is FollowUpState.SCHEDULED:
        due = Clock(ClockKind.FOLLOW_UP_DUE, follow_up.follow_up_id, max(follow_up.due_at, context.now))
        watch.clocks[due.key] = due
    elif follow_up.state is FollowUpState.ASKED:
        start_silence_clocks(watch, follow_up, context)


def _nobody_looks(watch: Watch) -> bool:
    if watch.open_escalations:
        return False
    # Handed over and begun, or looked for outside the map: it may take weeks, and somebody asks meanwhile.
    runs = any(clock.kind is not ClockKind.NOBODY_AGAIN for clock in watch.clocks.values())
    return not runs or any(one.state in UNDER_WAY for one in watch.referrals.values())
