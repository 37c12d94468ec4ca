"""What happens when a clock runs out: the state is read again, and a late or lost clock does no harm."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from services.monitoring.domain import inventory
from services.monitoring.domain.clocks import Clock, ClockKind, key_of
from services.monitoring.domain.deleting import say_that_it_is_late
from services.monitoring.domain.escalation import About
from services.monitoring.domain.family_questions import unanswered
from services.monitoring.domain.follow_up_questions import come_due, miss, remind
from services.monitoring.domain.invariant import look_again, waiting_needs
from services.monitoring.domain.need import NeedState
from services.monitoring.domain.owners import lapse
from services.monitoring.domain.pausing import pause_is_over
from services.monitoring.domain.points import bring_up_again, escalate, lose_sight, say_out_of_sight
from services.monitoring.domain.postponing import day_came
from services.monitoring.domain.referral import Referral, ReferralState
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.search import go_on_searching
from services.monitoring.domain.unmet_need import say_again
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.monitoring import (
    ClockFact,
    ConfirmationReminderDue,
    EscalationReason,
    HandoverReminderDue,
    ResponseExpired,
    ResponseReminderDue,
    WaitlistDue,
)

FOLLOW_UP_DECISIONS = {
    ClockKind.FOLLOW_UP_DUE: come_due,
    ClockKind.FOLLOW_UP_REMIND: remind,
    ClockKind.FOLLOW_UP_MISSED: miss,
}
# Somebody is asked, kindly.
ASKED_OF_A_REFERRAL: dict[ClockKind, Callable[[dict[str, Any]], ClockFact]] = {
    ClockKind.WAITLIST_DUE: lambda fact: WaitlistDue(**fact),
    ClockKind.HANDOVER_REMIND: lambda fact: HandoverReminderDue(**fact),
    ClockKind.CONFIRMATION_REMIND: lambda fact: ConfirmationReminderDue(**fact),
}
# The desk looks.
POINT_OF_A_REFERRAL: dict[ClockKind, EscalationReason] = {
    ClockKind.ANSWER_ESCALATE: EscalationReason.PARTNER_SILENT,
    ClockKind.QUESTION_LATE: EscalationReason.QUESTION_UNANSWERED,
    ClockKind.WAITLIST_LATE: EscalationReason.WAITLIST_LATE,
    ClockKind.HANDOVER_LATE: EscalationReason.HANDOVER_LATE,
    ClockKind.FIRST_CONTACT_LATE: EscalationReason.FIRST_CONTACT_LATE,
    ClockKind.START_LATE: EscalationReason.HELP_NOT_STARTED,
    ClockKind.CONFIRMATION_LATE: EscalationReason.CONFIRMATION_LATE,
}


def ring(watch: Watch, key: str, context: DecisionContext) -> list[Event]:
    """The clock with this key rang. Nothing happens when it was stopped or moved meanwhile."""
    clock = watch.clocks.get(key)
    if clock is None or clock.due_at > context.now:
        return []
    del watch.clocks[key]
    if clock.about in watch.referrals:
        return _ring_for_referral(watch, clock, watch.referrals[clock.about], context)
    if clock.about in watch.follow_ups:
        return FOLLOW_UP_DECISIONS[clock.kind](watch, watch.follow_ups[clock.about], context)
    return CASE_DECISIONS[clock.kind](watch, clock, context)


def _look_for_waiting_needs(watch: Watch, _clock: Clock, context: DecisionContext) -> list[Event]:
    return [event for need in waiting_needs(watch) for event in lose_sight(watch, context, About(need_id=need.need_id))]


def _home_visit_late(watch: Watch, _clock: Clock, context: DecisionContext) -> list[Event]:
    watch.home_visit_on = None
    return escalate(watch, EscalationReason.HOME_VISIT_LATE, context)


def _wish_late(watch: Watch, clock: Clock, context: DecisionContext) -> list[Event]:
    need = watch.needs.get(clock.about)
    if need is None or need.stands is not NeedState.AWAITING_WISH:
        return []
    return escalate(watch, EscalationReason.FAMILY_WISH_UNKNOWN, context, About(need_id=need.need_id))


CASE_DECISIONS: dict[ClockKind, Callable[[Watch, Clock, DecisionContext], list[Event]]] = {
    ClockKind.INVENTORY_REMIND: lambda watch, _, context: inventory.remind(watch, context),
    ClockKind.INVENTORY_LATE: lambda watch, _, context: inventory.late(watch, context),
    ClockKind.HOME_VISIT_LATE: _home_visit_late,
    ClockKind.MATCHING_LATE: _look_for_waiting_needs,
    ClockKind.FAMILY_WISH_LATE: _wish_late,
    ClockKind.FAMILY_ASK_LATE: unanswered,
    ClockKind.OUT_OF_SIGHT_AGAIN: lambda watch, _, context: say_out_of_sight(watch, context),
    ClockKind.NOBODY_AGAIN: lambda watch, clock, context: say_again(watch, clock.about, context),
    ClockKind.POINT_AGAIN: lambda watch, clock, context: bring_up_again(watch, clock.about, context),
    ClockKind.POINT_WAKES: lambda watch, clock, context: day_came(watch, clock.about, context),
    ClockKind.OWNER_IDLE: lambda watch, clock, context: lapse(watch, clock.about, context),
    ClockKind.SEARCH_GOES_ON: lambda watch, clock, _: go_on_searching(watch, clock.about),
    ClockKind.PAUSE_OVER: pause_is_over,
    ClockKind.LOOK_AGAIN: lambda watch, _, context: look_again(watch, context),
}


def _ring_for_referral(watch: Watch, clock: Clock, referral: Referral, context: DecisionContext) -> list[Event]:
    fact = _clock_fact(watch, clock, referral, context)
    if clock.kind is ClockKind.ANSWER_REMIND:
        # After a long downtime the term may be over by now: then there is nothing left to remind of.
        if _is_over(watch, ClockKind.ANSWER_EXPIRE, referral.referral_id, context):
            return []
        return [ResponseReminderDue(**fact, deputy_id=referral.deputy_id, answer_by=referral.answer_by)]
    if clock.kind is ClockKind.ANSWER_EXPIRE:
        return _expire(watch, clock, referral, context)
    if clock.kind is ClockKind.DELETION_LATE:
        return say_that_it_is_late(watch, referral, fact, context)
    if clock.kind in ASKED_OF_A_REFERRAL:
        return [ASKED_OF_A_REFERRAL[clock.kind](fact)]
    return escalate(watch, POINT_OF_A_REFERRAL[clock.kind], context, _about(referral))


def _expire(watch: Watch, clock: Clock, referral: Referral, context: DecisionContext) -> list[Event]:
    if referral.state is not ReferralState.ASKED:
        return []
    # With something needed today, the coordinator is told at the moment that the next partner is asked.
    to_tell = watch.has_clock(ClockKind.ANSWER_ESCALATE, clock.about)
    told = escalate(watch, EscalationReason.PARTNER_SILENT, context, _about(referral)) if to_tell else []
    watch.stop(clock.about)
    return [*told, ResponseExpired(**_clock_fact(watch, clock, referral, context))]


def _about(referral: Referral) -> About:
    return About(need_id=referral.need_id, referral_id=referral.referral_id)


def _is_over(watch: Watch, kind: ClockKind, about: UUID, context: DecisionContext) -> bool:
    other = watch.clocks.get(key_of(kind, about))
    return other is None or other.due_at <= context.now


def _clock_fact(watch: Watch, clock: Clock, referral: Referral, context: DecisionContext) -> dict[str, Any]:
    return {
        "subject": watch.case_id,
        "occurred_at": context.now,
        "referral_id": referral.referral_id,
        "need_id": referral.need_id,
        "organisation_id": referral.organisation_id,
        "case_code": watch.case_code,
        "contact_id": referral.contact_id,
        "ambassador_id": referral.ambassador_id,
        "due_at": clock.due_at,
    }
