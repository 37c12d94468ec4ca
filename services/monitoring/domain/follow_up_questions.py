"""Asking a follow-up: the question, the reminder, and what an answer or its absence means."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.monitoring.domain.case_lifecycle import expect_new_inventory
from services.monitoring.domain.clocks import ClockKind, key_of
from services.monitoring.domain.errors import (
    CaseNotWatched,
    FollowUpAlreadyAnswered,
    FollowUpNotAsked,
    FollowUpNotFound,
)
from services.monitoring.domain.escalation import About
from services.monitoring.domain.follow_up import ANSWERABLE, FollowUp, FollowUpKind, FollowUpState
from services.monitoring.domain.follow_up_plan import supersede
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.monitoring import (
    EscalationReason,
    FollowUpAnswer,
    FollowUpDue,
    FollowUpMissed,
    FollowUpRecorded,
    FollowUpReminderDue,
)

RAISED_BY_AN_ANSWER = frozenset({EscalationReason.CALL_ASKED, EscalationReason.PLAN_FINISHED})


def come_due(watch: Watch, follow_up: FollowUp, context: DecisionContext) -> list[Event]:
    """Ask the ambassador; one question at a time, so an older unanswered one gives way."""
    if follow_up.state is not FollowUpState.SCHEDULED:
        return []
    if watch.ambassador_id is None:
        watch.follow_ups[follow_up.follow_up_id] = replace(follow_up, state=FollowUpState.MISSED)
        return watch.lose_sight(context, About(follow_up_id=follow_up.follow_up_id))
    supersede(watch, *FollowUpKind)
    watch.follow_ups[follow_up.follow_up_id] = replace(follow_up, state=FollowUpState.ASKED, asked_at=context.now)
    start_silence_clocks(watch, follow_up, context)
    return [
        FollowUpDue(
            subject=watch.case_id,
            occurred_at=context.now,
            follow_up_id=follow_up.follow_up_id,
            number=follow_up.number,
            case_code=watch.case_code,
            ambassador_id=watch.ambassador_id,
            due_at=follow_up.due_at,
        )
    ]


def start_silence_clocks(watch: Watch, follow_up: FollowUp, context: DecisionContext) -> None:
    """How long no answer may stay away, from now on."""
    for kind, term in (
        (ClockKind.FOLLOW_UP_REMIND, context.follow_up.remind_after),
        (ClockKind.FOLLOW_UP_MISSED, context.follow_up.missed_after),
    ):
        watch.start(kind, follow_up.follow_up_id, context.due(term))


def remind(watch: Watch, follow_up: FollowUp, context: DecisionContext) -> list[Event]:
    """No answer yet: ask once more, kindly."""
    last_call = watch.clocks.get(key_of(ClockKind.FOLLOW_UP_MISSED, follow_up.follow_up_id))
    if follow_up.state is not FollowUpState.ASKED or watch.ambassador_id is None:
        return []
    # After a long downtime the term may be over by now: then there is nothing left to remind of.
    if last_call is None or last_call.due_at <= context.now:
        return []
    return [
        FollowUpReminderDue(
            subject=watch.case_id,
            occurred_at=context.now,
            follow_up_id=follow_up.follow_up_id,
            number=follow_up.number,
            case_code=watch.case_code,
            ambassador_id=watch.ambassador_id,
            due_at=follow_up.due_at,
        )
    ]


def miss(watch: Watch, follow_up: FollowUp, context: DecisionContext) -> list[Event]:
    """Nobody answered: the child is out of sight until a person acts."""
    if follow_up.state is not FollowUpState.ASKED:
        return []
    watch.stop(follow_up.follow_up_id)
    watch.follow_ups[follow_up.follow_up_id] = replace(follow_up, state=FollowUpState.MISSED)
    missed = FollowUpMissed(
        subject=watch.case_id,
        occurred_at=context.now,
        follow_up_id=follow_up.follow_up_id,
        number=follow_up.number,
        due_at=follow_up.due_at,
    )
    return [missed, *watch.lose_sight(context, About(follow_up_id=follow_up.follow_up_id))]


def record_answer(
    watch: Watch, follow_up_id: UUID, answer: FollowUpAnswer, by: UUID, context: DecisionContext
) -> list[Event]:
    """The ambassador answered, or answers otherwise at second thought: whoever was out of sight is back."""
    follow_up = _changed(watch, follow_up_id, answer, context) or answerable(watch, follow_up_id)
    taken_back = _take_back(watch, follow_up, by, context)
    watch.stop(follow_up_id)
    watch.follow_ups[follow_up_id] = replace(
        follow_up, state=FollowUpState.RECORDED, answer=answer, answered_by=by, answered_at=context.now
    )
    recorded = FollowUpRecorded(
        subject=watch.case_id,
        occurred_at=context.now,
        follow_up_id=follow_up_id,
        number=follow_up.number,
        answer=answer,
        answered_by=by,
    )
    seen = watch.cause_gone(context, lambda one: one.about.follow_up_id is not None, by=by)
    return [recorded, *taken_back, *seen, *_act_on(watch, follow_up, answer, context)]


def answerable(watch: Watch, follow_up_id: UUID) -> FollowUp:
    """The follow-up, when an answer can be given now; else raises why not."""
    follow_up = watch.follow_ups.get(follow_up_id)
    if follow_up is None:
        raise FollowUpNotFound
    if follow_up.state is FollowUpState.RECORDED:
        raise FollowUpAlreadyAnswered
    if not watch.is_open or follow_up.state is FollowUpState.CANCELLED:
        raise CaseNotWatched
    if follow_up.state not in ANSWERABLE:
        raise FollowUpNotAsked
    return follow_up


def change_until(watch: Watch, follow_up: FollowUp, now: datetime) -> datetime | None:
    """Until when another answer may still take the place of this one; None: there is none, or it stands."""
    until = follow_up.changeable_until
    return until if until is not None and watch.is_open and now < until else None


def _changed(watch: Watch, follow_up_id: UUID, answer: FollowUpAnswer, context: DecisionContext) -> FollowUp | None:
    follow_up = watch.follow_ups.get(follow_up_id)
    if follow_up is None or follow_up.answer is answer or change_until(watch, follow_up, context.now) is None:
        return None
    return follow_up


def _take_back(watch: Watch, follow_up: FollowUp, by: UUID, context: DecisionContext) -> list[Event]:
    """What the answer before this one put on the list."""
    return watch.cause_gone(
        context,
        lambda one: one.reason in RAISED_BY_AN_ANSWER and one.raised_at == follow_up.answered_at,
        by=by,
    )


def _act_on(watch: Watch, follow_up: FollowUp, answer: FollowUpAnswer, context: DecisionContext) -> list[Event]:
    if answer is FollowUpAnswer.CALL_ME:
        return watch.escalate(EscalationReason.CALL_ASKED, context, About())
    if answer is FollowUpAnswer.NEW_QUESTION:
        return expect_new_inventory(watch, context.now, context)
    last = not any(one.is_pending for one in watch.follow_ups.values())
    if last and follow_up.kind is FollowUpKind.PLAN:
        return watch.escalate(EscalationReason.PLAN_FINISHED, context)
    return []
