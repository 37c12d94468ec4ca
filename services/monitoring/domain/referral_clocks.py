"""Which clocks run while a referral is in a state: what is waited for, who is reminded, and when the desk looks."""

from dataclasses import replace
from datetime import date, datetime

from services.monitoring.domain.clocks import ClockKind, key_of
from services.monitoring.domain.need import more_urgent
from services.monitoring.domain.referral import Referral, ReferralState
from services.monitoring.domain.rules import ONE_DAY, DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Need

Dues = list[tuple[ClockKind, datetime]]


def start_clocks(watch: Watch, referral: Referral, since: datetime, context: DecisionContext) -> None:
    """Those of its state, with their whole terms from `since` on."""
    for kind, due_at in _dues(referral, since, context):
        watch.start(kind, referral.referral_id, due_at)


def hurry(watch: Watch, need: Need, context: DecisionContext) -> None:
    """The need may be more urgent now: the desk looks sooner. The day that the partner was promised stays.

    What has rung already does not ring again.
    """
    for referral in list(watch.referrals.values()):
        urgency = more_urgent(need.urgency, referral.urgency)
        if referral.need_id != need.need_id or urgency is referral.urgency:
            continue
        watch.referrals[referral.referral_id] = hurried = replace(referral, urgency=urgency)
        for kind, due_at in _dues(hurried, context.now, context):
            if running := watch.clocks.get(key_of(kind, referral.referral_id)):
                watch.start(kind, referral.referral_id, min(running.due_at, due_at))


def _dues(referral: Referral, since: datetime, context: DecisionContext) -> Dues:
    terms, working_time = context.terms, context.working_time
    if referral.state is ReferralState.ASKED:
        return _answer_dues(referral, since, context)
    if referral.state is ReferralState.ACCEPTED:
        return _contact_dues(referral, since, context)
    if referral.state is ReferralState.WAITLISTED:
        return _place_dues(referral, since, context)
    if referral.state is ReferralState.DELIVERED:
        asked = working_time.due_after(since, terms.confirmation)
        late = working_time.due_after(asked, terms.confirmation)
        return [(ClockKind.CONFIRMATION_REMIND, asked), (ClockKind.CONFIRMATION_LATE, late)]
    late_after = {
        ReferralState.QUESTIONED: (ClockKind.QUESTION_LATE, terms.question),
        ReferralState.HANDED_OVER: (ClockKind.START_LATE, terms.help_start),
    }
    if referral.state not in late_after:
        return []
    kind, term = late_after[referral.state]
    return [(kind, working_time.due_after(since, context.at_most(term, referral.urgency)))]


def _place_dues(referral: Referral, since: datetime, context: DecisionContext) -> Dues:
    """On the day from which it could help the partner is asked to begin; then the desk looks."""
    working_time = context.working_time
    day = _awaited_day(referral, since, context)
    begins = working_time.city.instant_of(working_time.first_day_from(day), context.follow_up.asked_at)
    late = working_time.due_after_day(day, context.at_most(context.terms.waitlist, referral.urgency))
    return [(ClockKind.WAITLIST_DUE, max(begins, context.now)), (ClockKind.WAITLIST_LATE, late)]


def _awaited_day(referral: Referral, since: datetime, context: DecisionContext) -> date:
    """The day that was promised; when it is over, the term counts from now."""
    return max(referral.day or date.min, context.working_time.city.day_of(since))


def _answer_dues(referral: Referral, since: datetime, context: DecisionContext) -> Dues:
    """The last moment is the one that mail and page name; half of the time before it the partner is reminded."""
    terms = context.terms.answer[referral.urgency]
    # Its time was over, and nobody moved on: a person decided to wait, and the term counts anew.
    last = (
        referral.answer_by if referral.answer_by > since else context.working_time.due_after(since, terms.expire_after)
    )
    half = since + (last - since) / 2
    remind = context.in_office_hours(half)
    if remind >= last:
        # On the next working morning it would be too late: then before the office closes.
        remind = context.closing_before(half)
    escalate = context.working_time.due_after(since, terms.escalate_after)
    dues = [(ClockKind.ANSWER_ESCALATE, min(escalate, last)), (ClockKind.ANSWER_EXPIRE, last)]
    return [(ClockKind.ANSWER_REMIND, remind), *dues] if since < remind < last else dues


def _contact_dues(referral: Referral, since: datetime, context: DecisionContext) -> Dues:
    """The morning after the day both sides are asked; then the desk looks."""
    working_time = context.working_time
    day = _awaited_day(referral, since, context)
    asked = working_time.city.instant_of(working_time.first_day_from(day + ONE_DAY), context.follow_up.asked_at)
    if referral.meets_together:
        kind, term = ClockKind.HANDOVER_LATE, context.terms.handover
    else:
        kind, term = ClockKind.FIRST_CONTACT_LATE, context.terms.first_contact
    late = working_time.due_after_day(day, context.at_most(term, referral.urgency))
    return [(ClockKind.HANDOVER_REMIND, asked), (kind, late)]
