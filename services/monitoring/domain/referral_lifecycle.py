"""What matching publishes about a referral, from question to yes or no, and which clocks start, stop and move then."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.monitoring.domain.errors import UnknownReferral
from services.monitoring.domain.escalation import About, Escalation
from services.monitoring.domain.follow_up_plan import plan_interim
from services.monitoring.domain.need import NeedState, WatchedNeed, more_urgent
from services.monitoring.domain.points import cause_gone, escalate
from services.monitoring.domain.referral import ASKED, Referral, ReferralEnd, ReferralState
from services.monitoring.domain.referral_clocks import start_clocks
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.matching import (
    AcceptanceReverted,
    DeclineReverted,
    InformationAnswered,
    InformationRequested,
    NoPartnerFound,
    PartnerAccepted,
    PartnerActivated,
    PartnerDeclined,
    PartnerRedirected,
    PartnerWaitlisted,
    ReferralExpired,
    ReferralFact,
    ReferralWithdrawn,
)
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import WithdrawReason
from shared.events.referral_contacts import ContactReplaced

ENDS: dict[type[Event], ReferralEnd] = {
    PartnerDeclined: ReferralEnd.DECLINED,
    PartnerRedirected: ReferralEnd.REDIRECTED,
    ReferralExpired: ReferralEnd.EXPIRED,
}
# Another partner is asked, now or when the closed case opens again.
STILL_NEEDED = frozenset(WithdrawReason) - {WithdrawReason.CASE_WITHDRAWN, WithdrawReason.NEED_GONE}
Reasons = frozenset[EscalationReason]
# What is over as soon as somebody is asked for the need.
SOLVED_BY_ASKING = frozenset(
    {
        EscalationReason.NO_PARTNER_FOUND,
        EscalationReason.OUT_OF_SIGHT,
        EscalationReason.PARTNER_SILENT,
        EscalationReason.FAMILY_WISH_UNKNOWN,
    }
)
# What a yes to the need, whoever gives it, takes off the coordinator's list.
SOLVED_BY_A_YES = SOLVED_BY_ASKING | {EscalationReason.HELP_FAILED}


def ask(watch: Watch, event: PartnerActivated, context: DecisionContext) -> list[Event]:
    """A partner is asked: its answer clocks start at the moment it was activated."""
    watch.meet_ambassador(event.ambassador_id)
    watch.learn_district(event.district)
    known = watch.needs.get(event.need_id)
    # Matching may have asked before intake's event, which says how urgent it is now, reached it.
    urgency = more_urgent(event.urgency, known.urgency) if known else event.urgency
    need = WatchedNeed(
        event.need_id, urgency, category=event.category, beneficiary=event.beneficiary, horizon=event.horizon
    )
    watch.mark_need(event.need_id, NeedState.WITH_PARTNER, need)
    watch.referrals[event.referral_id] = referral = Referral(
        event.referral_id, event.need_id, event.organisation_id, event.contact_id,
        watch.ambassador_id or event.ambassador_id, urgency,
        ReferralState.ASKED, event.occurred_at, event.occurred_at, event.answer_by, event.deputy_id,
    )  # fmt: skip
    start_clocks(watch, referral, event.occurred_at, context)
    # Whoever of the desk chose this partner acted on what stopped before as well.
    over = SOLVED_BY_A_YES if event.chosen_by else SOLVED_BY_ASKING
    return [*solved(watch, event.need_id, over, context, by=event.chosen_by), *moved_on(watch, context)]


def accept(watch: Watch, event: PartnerAccepted, context: DecisionContext) -> list[Event]:
    """A partner helps: now the day of first contact is watched."""
    move(watch, event, ReferralState.ACCEPTED, context, day=event.first_contact_on, meets_together=False)
    watch.mark_need(event.need_id, NeedState.WITH_PARTNER)
    return [*answered(watch, event, context), *solved(watch, event.need_id, SOLVED_BY_A_YES, context)]


def revert(watch: Watch, event: AcceptanceReverted | DeclineReverted, context: DecisionContext) -> list[Event]:
    """The partner took its answer back: it is asked again, until the day that it was told."""
    move(watch, event, ReferralState.ASKED, context, answer_by=event.answer_by, end=None, end_reason=None)
    watch.mark_need(event.need_id, NeedState.WITH_PARTNER)
    return solved(watch, event.need_id, SOLVED_BY_ASKING, context)


def move_on(
    watch: Watch, event: PartnerDeclined | PartnerRedirected | ReferralExpired, context: DecisionContext
) -> list[Event]:
    """This partner does not help: matching looks for the next. A partner that answered is not silent any more.

    That one was silent stays on the list until somebody else is asked.
    """
    reason = event.reason if isinstance(event, PartnerDeclined) else None
    move(watch, event, ReferralState.ENDED, context, end=ENDS[type(event)], end_reason=reason)
    watch.mark_need(event.need_id, NeedState.WAITING)
    return [] if isinstance(event, ReferralExpired) else answered(watch, event, context)


def wait_for_place(watch: Watch, event: PartnerWaitlisted, context: DecisionContext) -> list[Event]:
    """The partner helps later: its day is watched, and somebody asks meanwhile how the child is doing."""
    move(watch, event, ReferralState.WAITLISTED, context, day=event.from_day)
    watch.mark_need(event.need_id, NeedState.WITH_PARTNER)
    return [*answered(watch, event, context), *solved(watch, event.need_id, SOLVED_BY_ASKING, context)]


def question_first(watch: Watch, event: InformationRequested, context: DecisionContext) -> list[Event]:
    """The partner asked something: its time stands still, and the ambassador's clock runs."""
    move(watch, event, ReferralState.QUESTIONED, context)
    return answered(watch, event, context)


def answer_question(watch: Watch, event: InformationAnswered, context: DecisionContext) -> list[Event]:
    """The partner has its answer, and time again. What comes after it said yes or no changes nothing for its clocks."""
    referral = known_referral(watch, event)
    if referral.state in ASKED:
        move(watch, event, ReferralState.ASKED, context, answer_by=event.answer_by)
    return cause_gone(
        watch,
        context,
        lambda one: one.about.referral_id == event.referral_id and one.reason is EscalationReason.QUESTION_UNANSWERED,
    )


def withdraw(watch: Watch, event: ReferralWithdrawn, context: DecisionContext) -> list[Event]:
    """The referral was taken back, perhaps before anybody was asked."""
    if event.referral_id in watch.referrals:
        end = ReferralEnd.WITHDRAWN
        move(watch, event, ReferralState.ENDED, context, end=end, end_reason=event.reason)
    still_needed = event.reason in STILL_NEEDED
    if event.reason is WithdrawReason.CASE_CLOSED and watch.is_open and watch.awaiting_inventory:
        # The family had a new question since: the new inventory says whether it is still needed.
        watch.needs.pop(event.need_id, None)
    elif not _another_is_asked(watch, event):
        watch.mark_need(event.need_id, NeedState.WAITING if still_needed else NeedState.DONE)
    return cause_gone(
        watch,
        context,
        lambda one: (
            one.about.referral_id == event.referral_id or (not still_needed and one.about.need_id == event.need_id)
        ),
    )


def replace_contact(watch: Watch, event: ContactReplaced, _context: DecisionContext) -> list[Event]:
    """Somebody else speaks for the partner: reminders go there from now on; no clock starts anew."""
    known = known_referral(watch, event)
    deputy_id = None if known.deputy_id in {event.contact_id, event.previous_contact_id} else known.deputy_id
    watch.referrals[event.referral_id] = replace(known, contact_id=event.contact_id, deputy_id=deputy_id)
    return []


def find_nobody(watch: Watch, event: NoPartnerFound, context: DecisionContext) -> list[Event]:
    """Nobody can be asked: the coordinator takes over, and the child stays in sight meanwhile."""
    watch.meet_ambassador(event.ambassador_id)
    watch.learn_district(event.district)
    need = WatchedNeed(event.need_id, event.urgency, category=event.category)
    watch.mark_need(event.need_id, NeedState.NOBODY, need)
    found = [
        *solved(watch, event.need_id, SOLVED_BY_ASKING - {EscalationReason.NO_PARTNER_FOUND}, context),
        *moved_on(watch, context),
    ]
    if not watch.needs[event.need_id].is_looked_for:
        return found
    raised = escalate(watch, EscalationReason.NO_PARTNER_FOUND, context, About(need_id=event.need_id))
    return [*found, *raised, *plan_interim(watch, context)]


def answered(watch: Watch, event: ReferralFact, context: DecisionContext) -> list[Event]:
    """The partner said something: it is not silent, and whatever was waited for from it came."""
    watch.first_answer_at = watch.first_answer_at or event.occurred_at
    return cause_gone(watch, context, lambda one: one.about.referral_id == event.referral_id)


def moved_on(watch: Watch, context: DecisionContext) -> list[Event]:
    """The request was acted on: that it is new is no point any more."""
    return cause_gone(watch, context, lambda one: one.reason is EscalationReason.NEW_REQUEST)


def solved(
    watch: Watch, need_id: UUID, reasons: Reasons, context: DecisionContext, *, by: UUID | None = None
) -> list[Event]:
    """What stood on the list of this need for one of these reasons is over."""

    def matches(one: Escalation) -> bool:
        return one.about.need_id == need_id and one.reason in reasons

    return cause_gone(watch, context, matches, by=by)


def known_referral(watch: Watch, event: ReferralFact) -> Referral:
    """The referral of this fact. Raises UnknownReferral."""
    if event.referral_id not in watch.referrals:
        raise UnknownReferral(str(event.referral_id))
    return watch.referrals[event.referral_id]


def move(watch: Watch, event: ReferralFact, state: ReferralState, context: DecisionContext, **facts: Any) -> Referral:  # noqa: ANN401 - fields of a Referral
    """Into its next state, with the clocks of that one; who is its contact person, and who the family's, may change."""
    known = known_referral(watch, event)
    watch.stop(event.referral_id)
    watch.meet_ambassador(event.ambassador_id)
    moved = replace(
        known,
        state=state,
        since=event.occurred_at,
        contact_id=event.contact_id,
        ambassador_id=watch.ambassador_id or event.ambassador_id,
        **facts,
    )
    watch.referrals[event.referral_id] = moved
    start_clocks(watch, moved, event.occurred_at, context)
    return moved


def _another_is_asked(watch: Watch, event: ReferralWithdrawn) -> bool:
    """Whether somebody else is asked, or helps, for the same need: the family did not wait for a place."""
    return any(
        one.need_id == event.need_id and one.is_live and one.referral_id != event.referral_id
        for one in watch.referrals.values()
    )
