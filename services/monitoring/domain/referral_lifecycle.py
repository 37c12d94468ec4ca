"""What matching publishes about a referral, from question to outcome, and which clocks start, stop and move then."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.monitoring.domain.clocks import ClockKind, key_of
from services.monitoring.domain.errors import UnknownReferral
from services.monitoring.domain.escalation import About, Escalation
from services.monitoring.domain.follow_up_plan import plan_follow_ups, plan_interim
from services.monitoring.domain.need import NeedState, more_urgent
from services.monitoring.domain.referral import Referral, ReferralState
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event, Need, Urgency
from shared.events.matching import (
    AcceptanceReverted,
    FailureReason,
    HelpDelivered,
    HelpFailed,
    HelpStarted,
    NoPartnerFound,
    Outcome,
    OutcomeConfirmed,
    PartnerAccepted,
    PartnerActivated,
    PartnerDeclined,
    ReferralExpired,
    ReferralWithdrawn,
    WarmHandoverCompleted,
    WithdrawReason,
)
from shared.events.monitoring import EscalationReason

# What a yes to the need, whoever gives it, takes off the coordinator's list.
SOLVED_BY_A_YES = frozenset(
    {EscalationReason.PARTNER_SILENT, EscalationReason.NO_PARTNER_FOUND, EscalationReason.HELP_FAILED}
)


def ask(watch: Watch, event: PartnerActivated, context: DecisionContext) -> list[Event]:
    """A partner is asked: its answer clocks start at the moment it was activated."""
    watch.ambassador_id = watch.ambassador_id or event.ambassador_id
    watch.district = watch.district or event.district
    known = watch.needs.get(event.need_id)
    # Matching may have asked before intake's event, which says how urgent it is now, reached it.
    urgency = more_urgent(event.urgency, known.urgency) if known else event.urgency
    watch.mark_need(event.need_id, NeedState.WITH_PARTNER, urgency)
    watch.referrals[event.referral_id] = referral = Referral(
        event.referral_id, event.need_id, event.organisation_id, event.contact_id, urgency,
        ReferralState.ASKED, event.occurred_at,
    )  # fmt: skip
    start_answer_clocks(watch, referral, event.occurred_at, context)
    return _need_has_somebody(
        watch, event.need_id, context, {EscalationReason.NO_PARTNER_FOUND, EscalationReason.OUT_OF_SIGHT}
    )


def start_answer_clocks(watch: Watch, referral: Referral, since: datetime, context: DecisionContext) -> None:
    """Remind, tell the coordinator, ask the next one: how fast depends on the urgency."""
    for kind, due_at in _answer_dues(referral.urgency, since, context):
        watch.start(kind, referral.referral_id, due_at)


def hurry(watch: Watch, need: Need, context: DecisionContext) -> None:
    """The need may be more urgent now: who was asked has the shorter terms from now on, and no more time than before.

    What has rung already does not ring again.
    """
    for referral in list(watch.referrals.values()):
        urgency = more_urgent(need.urgency, referral.urgency)
        if referral.need_id != need.need_id or urgency is referral.urgency:
            continue
        watch.referrals[referral.referral_id] = replace(referral, urgency=urgency)
        for kind, due_at in _answer_dues(urgency, context.now, context):
            if running := watch.clocks.get(key_of(kind, referral.referral_id)):
                watch.start(kind, referral.referral_id, min(running.due_at, due_at))


def accept(watch: Watch, event: PartnerAccepted, context: DecisionContext) -> list[Event]:
    """A partner helps: now the day of first contact is watched."""
    _move(watch, event.referral_id, ReferralState.ACCEPTED, event.occurred_at, event.first_contact_on)
    watch.mark_need(event.need_id, NeedState.WITH_PARTNER)
    due_at = context.working_time.due_after_day(event.first_contact_on, context.terms.first_contact)
    watch.start(ClockKind.FIRST_CONTACT_LATE, event.referral_id, due_at)
    return _need_has_somebody(watch, event.need_id, context, SOLVED_BY_A_YES)


def revert(watch: Watch, event: AcceptanceReverted, context: DecisionContext) -> list[Event]:
    """The partner took its answer back: it is asked again, with the whole term."""
    referral = _move(watch, event.referral_id, ReferralState.ASKED, event.occurred_at)
    watch.mark_need(event.need_id, NeedState.WITH_PARTNER)
    start_answer_clocks(watch, referral, event.occurred_at, context)
    return []


def move_on(watch: Watch, event: PartnerDeclined | ReferralExpired, context: DecisionContext) -> list[Event]:
    """This partner does not help: matching looks for the next. A partner that answered is not silent any more."""
    _move(watch, event.referral_id, ReferralState.ENDED, event.occurred_at)
    watch.mark_need(event.need_id, NeedState.WAITING)
    if isinstance(event, ReferralExpired):
        return []
    return watch.cause_gone(context, lambda one: one.about.referral_id == event.referral_id)


def withdraw(watch: Watch, event: ReferralWithdrawn, context: DecisionContext) -> list[Event]:
    """The referral was taken back, perhaps before anybody was asked."""
    if event.referral_id in watch.referrals:
        _move(watch, event.referral_id, ReferralState.ENDED, event.occurred_at)
    # Another partner is asked, now or when the closed case opens again.
    still_needed = event.reason in {WithdrawReason.REPLACED, WithdrawReason.CASE_CLOSED}
    if event.reason is WithdrawReason.CASE_CLOSED and watch.is_open and watch.awaiting_inventory:
        # The family had a new question since: the new inventory says whether it is still needed.
        watch.needs.pop(event.need_id, None)
    else:
        watch.mark_need(event.need_id, NeedState.WAITING if still_needed else NeedState.DONE)
    return watch.cause_gone(
        context,
        lambda one: (
            one.about.referral_id == event.referral_id or (not still_needed and one.about.need_id == event.need_id)
        ),
    )


def find_nobody(watch: Watch, event: NoPartnerFound, context: DecisionContext) -> list[Event]:
    """Nobody can be asked: the coordinator takes over, and the child stays in sight meanwhile."""
    watch.ambassador_id = watch.ambassador_id or event.ambassador_id
    watch.district = watch.district or event.district
    watch.mark_need(event.need_id, NeedState.NOBODY, event.urgency)
    found = watch.cause_gone(
        context, lambda one: one.reason is EscalationReason.OUT_OF_SIGHT and one.about.need_id == event.need_id
    )
    if not watch.needs[event.need_id].is_looked_for:
        return found
    raised = watch.escalate(EscalationReason.NO_PARTNER_FOUND, context, About(need_id=event.need_id))
    return [*found, *raised, *plan_interim(watch, context)]


def progress(
    watch: Watch, event: WarmHandoverCompleted | HelpStarted | HelpDelivered, context: DecisionContext
) -> list[Event]:
    """The family was handed over, or the help began or was given: contact was made."""
    states = {
        WarmHandoverCompleted: ReferralState.HANDED_OVER,
        HelpStarted: ReferralState.STARTED,
        HelpDelivered: ReferralState.DELIVERED,
    }
    _move(watch, event.referral_id, states[type(event)], event.occurred_at)
    if isinstance(event, HelpDelivered):
        due_at = context.working_time.due_after(event.occurred_at, context.terms.confirmation)
        watch.start(ClockKind.CONFIRMATION_LATE, event.referral_id, due_at)
    return watch.cause_gone(
        context,
        lambda one: (
            one.about.referral_id == event.referral_id and one.reason is not EscalationReason.PARTNER_NOT_WANTED
        ),
    )


def fail(watch: Watch, event: HelpFailed, context: DecisionContext) -> list[Event]:
    """Help stopped: matching looks further, unless it was the family that stopped. The coordinator knows either way."""
    _move(watch, event.referral_id, ReferralState.ENDED, event.occurred_at)
    stopped = event.reason is FailureReason.FAMILY_STOPPED
    watch.mark_need(event.need_id, NeedState.NOBODY if stopped else NeedState.WAITING)
    gone = watch.cause_gone(context, lambda one: one.about.referral_id == event.referral_id)
    about = About(need_id=event.need_id, referral_id=event.referral_id)
    return [*gone, *watch.escalate(EscalationReason.HELP_FAILED, context, about)]


def confirm(watch: Watch, event: OutcomeConfirmed, context: DecisionContext) -> list[Event]:
    """The family said whether it helped. When it did, somebody keeps asking how the child is doing.

    When it did not, the next partner is asked first.
    """
    _move(watch, event.referral_id, ReferralState.CONFIRMED, event.occurred_at)
    met = event.outcome is not Outcome.NOT_HELPED
    watch.mark_need(event.need_id, NeedState.DONE if met else NeedState.WAITING)
    events = watch.cause_gone(context, lambda one: one.about.referral_id == event.referral_id)
    if not met:
        about = About(need_id=event.need_id, referral_id=event.referral_id)
        return [*events, *watch.escalate(EscalationReason.HELP_FAILED, context, about)]
    return [*events, *plan_follow_ups(watch, event.occurred_at, context)]


def _answer_dues(urgency: Urgency, since: datetime, context: DecisionContext) -> list[tuple[ClockKind, datetime]]:
    terms = context.terms.answer[urgency]
    clocks = (
        (ClockKind.ANSWER_REMIND, terms.remind_after),
        (ClockKind.ANSWER_ESCALATE, terms.escalate_after),
        (ClockKind.ANSWER_EXPIRE, terms.expire_after),
    )
    return [(kind, context.working_time.due_after(since, term)) for kind, term in clocks if term is not None]


def _move(
    watch: Watch, referral_id: UUID, state: ReferralState, since: datetime, first_contact_on: date | None = None
) -> Referral:
    if referral_id not in watch.referrals:
        raise UnknownReferral(str(referral_id))
    watch.stop(referral_id)
    known = watch.referrals[referral_id]
    moved = replace(known, state=state, since=since, first_contact_on=first_contact_on or known.first_contact_on)
    watch.referrals[referral_id] = moved
    return moved


def _need_has_somebody(
    watch: Watch, need_id: UUID, context: DecisionContext, reasons: set[EscalationReason] | frozenset[EscalationReason]
) -> list[Event]:
    def solved(one: Escalation) -> bool:
        return one.about.need_id == need_id and one.reason in reasons

    return watch.cause_gone(context, solved)
