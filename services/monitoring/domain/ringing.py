"""What happens when a clock runs out: the state is read again, and a late or lost clock does no harm."""

from typing import Any
from uuid import UUID

from services.monitoring.domain.clocks import Clock, ClockKind, key_of
from services.monitoring.domain.escalation import About
from services.monitoring.domain.follow_up_questions import come_due, miss, remind
from services.monitoring.domain.invariant import waiting_needs
from services.monitoring.domain.referral import Referral, ReferralState
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.unmet_need import say_again
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.monitoring import (
    AcknowledgementOverdue,
    ConfirmationOverdue,
    EscalationReason,
    FirstContactOverdue,
    ResponseExpired,
    ResponseOverdue,
    ResponseReminderDue,
)

FOLLOW_UP_DECISIONS = {
    ClockKind.FOLLOW_UP_DUE: come_due,
    ClockKind.FOLLOW_UP_REMIND: remind,
    ClockKind.FOLLOW_UP_MISSED: miss,
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
    return _ring_for_case(watch, clock, context)


def _ring_for_case(watch: Watch, clock: Clock, context: DecisionContext) -> list[Event]:
    if clock.kind is ClockKind.INVENTORY_LATE:
        return _inventory_late(watch, clock, context)
    if clock.kind is ClockKind.MATCHING_LATE:
        return [
            event for need in waiting_needs(watch) for event in watch.lose_sight(context, About(need_id=need.need_id))
        ]
    if clock.kind is ClockKind.OUT_OF_SIGHT_AGAIN:
        return watch.say_out_of_sight(context)
    if clock.kind is ClockKind.NOBODY_AGAIN:
        return say_again(watch, clock.about, context)
    return []


def _inventory_late(watch: Watch, clock: Clock, context: DecisionContext) -> list[Event]:
    if not watch.awaiting_inventory:
        return []
    late = AcknowledgementOverdue(subject=watch.case_id, occurred_at=context.now, due_at=clock.due_at)
    return [late, *watch.escalate(EscalationReason.INVENTORY_LATE, context)]


def _ring_for_referral(watch: Watch, clock: Clock, referral: Referral, context: DecisionContext) -> list[Event]:
    about = About(need_id=referral.need_id, referral_id=referral.referral_id)
    if clock.kind is ClockKind.FIRST_CONTACT_LATE:
        late = FirstContactOverdue(**_clock_fact(watch, clock, referral, context))
        return [late, *watch.escalate(EscalationReason.FIRST_CONTACT_LATE, context, about)]
    if clock.kind is ClockKind.CONFIRMATION_LATE:
        unconfirmed = ConfirmationOverdue(**_clock_fact(watch, clock, referral, context))
        return [unconfirmed, *watch.escalate(EscalationReason.CONFIRMATION_LATE, context, about)]
    if referral.state is not ReferralState.ASKED:
        return []
    return _no_answer(watch, clock, referral, about, context)


def _no_answer(watch: Watch, clock: Clock, referral: Referral, about: About, context: DecisionContext) -> list[Event]:
    fact = _clock_fact(watch, clock, referral, context)
    if clock.kind is ClockKind.ANSWER_REMIND:
        # After a long downtime the term may be over by now: then there is nothing left to remind of.
        if _is_over(watch, ClockKind.ANSWER_EXPIRE, referral.referral_id, context):
            return []
        return [ResponseReminderDue(**fact, case_code=watch.case_code, contact_id=referral.contact_id)]
    # With something needed today, the coordinator is told at the moment that the next partner is asked.
    to_tell = clock.kind is ClockKind.ANSWER_ESCALATE or watch.has_clock(ClockKind.ANSWER_ESCALATE, clock.about)
    events: list[Event] = []
    if to_tell:
        events += [ResponseOverdue(**fact), *watch.escalate(EscalationReason.PARTNER_SILENT, context, about)]
    if clock.kind is ClockKind.ANSWER_EXPIRE:
        watch.stop(clock.about)
        events.append(ResponseExpired(**fact))
    return events


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
        "due_at": clock.due_at,
    }
