"""What matching publishes of help that was promised: meeting together, its beginning, its end and whether it helped."""

from services.monitoring.domain.escalation import About
from services.monitoring.domain.follow_up_plan import plan_follow_ups
from services.monitoring.domain.need import NeedState
from services.monitoring.domain.points import cause_gone, escalate
from services.monitoring.domain.referral import ReferralEnd, ReferralState
from services.monitoring.domain.referral_lifecycle import known_referral, move
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.matching import (
    HandoverConfirmed,
    HandoverPlanned,
    HelpDelivered,
    HelpFailed,
    HelpStarted,
    OutcomeConfirmed,
    ReferralFact,
    SearchStopped,
    WarmHandoverCompleted,
)
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import Outcome, RestOfNeed

CONTACT_IS_LATE = frozenset({EscalationReason.FIRST_CONTACT_LATE, EscalationReason.HANDOVER_LATE})


def plan_handover(watch: Watch, event: HandoverPlanned, context: DecisionContext) -> list[Event]:
    """Ambassador, contact person and family agreed on a day: that day is watched."""
    if known_referral(watch, event).state is not ReferralState.ACCEPTED:
        return []
    move(watch, event, ReferralState.ACCEPTED, context, day=event.on, meets_together=True)
    return _contact_not_late(watch, event, context)


def confirm_handover(watch: Watch, event: HandoverConfirmed, context: DecisionContext) -> list[Event]:
    """One side says that they met; the other has the whole term again to say so too."""
    watch.first_contact_at = watch.first_contact_at or event.occurred_at
    if known_referral(watch, event).state is not ReferralState.ACCEPTED:
        return []
    day = context.working_time.city.day_of(event.occurred_at)
    move(watch, event, ReferralState.ACCEPTED, context, day=day, meets_together=True)
    return _contact_not_late(watch, event, context)


def complete_handover(watch: Watch, event: WarmHandoverCompleted, context: DecisionContext) -> list[Event]:
    """The family was handed over, warm or cold: now the help must begin."""
    watch.first_contact_at = watch.first_contact_at or event.occurred_at
    move(watch, event, ReferralState.HANDED_OVER, context, handover=event.kind)
    return _contact_was_made(watch, event, context)


def progress(watch: Watch, event: HelpStarted | HelpDelivered, context: DecisionContext) -> list[Event]:
    """The help began or was given: contact was made."""
    watch.first_contact_at = watch.first_contact_at or event.occurred_at
    watch.first_help_at = watch.first_help_at or event.occurred_at
    given = isinstance(event, HelpDelivered)
    move(watch, event, ReferralState.DELIVERED if given else ReferralState.STARTED, context)
    return _contact_was_made(watch, event, context)


def fail(watch: Watch, event: HelpFailed, context: DecisionContext) -> list[Event]:
    """Help stopped: the coordinator knows at once, and nobody else is asked before the family's wish is known."""
    move(watch, event, ReferralState.ENDED, context, end=ReferralEnd.FAILED, end_reason=event.reason)
    watch.mark_need(event.need_id, NeedState.AWAITING_WISH)
    gone = cause_gone(watch, context, lambda one: one.about.referral_id == event.referral_id)
    about = About(need_id=event.need_id, referral_id=event.referral_id)
    return [*gone, *escalate(watch, EscalationReason.HELP_FAILED, context, about)]


def stop_search(watch: Watch, event: SearchStopped, context: DecisionContext) -> list[Event]:
    """The family wants nobody else for this need."""
    watch.mark_need(event.need_id, NeedState.DONE)
    return cause_gone(watch, context, lambda one: one.about.need_id == event.need_id, by=event.stopped_by)


def confirm(watch: Watch, event: OutcomeConfirmed, context: DecisionContext) -> list[Event]:
    """The family said whether it helped. When it did, somebody keeps asking how the child is doing.

    When it did not, or for what is left, the next partner is asked.
    """
    move(watch, event, ReferralState.CONFIRMED, context, outcome=event.outcome)
    helped = event.outcome is not Outcome.NOT_HELPED
    goes_on = not helped or event.rest is RestOfNeed.LOOK_FURTHER
    watch.mark_need(event.need_id, NeedState.WAITING if goes_on else NeedState.DONE)
    events = cause_gone(watch, context, lambda one: one.about.referral_id == event.referral_id)
    if not helped:
        about = About(need_id=event.need_id, referral_id=event.referral_id)
        return [*events, *escalate(watch, EscalationReason.HELP_FAILED, context, about)]
    return [*events, *plan_follow_ups(watch, event.occurred_at, context)]


def _contact_not_late(watch: Watch, event: ReferralFact, context: DecisionContext) -> list[Event]:
    return cause_gone(
        watch, context, lambda one: one.about.referral_id == event.referral_id and one.reason in CONTACT_IS_LATE
    )


def _contact_was_made(watch: Watch, event: ReferralFact, context: DecisionContext) -> list[Event]:
    return cause_gone(
        watch,
        context,
        lambda one: (
            one.about.referral_id == event.referral_id and one.reason is not EscalationReason.PARTNER_NOT_WANTED
        ),
    )
