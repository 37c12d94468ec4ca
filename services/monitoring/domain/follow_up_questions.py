"""Asking a follow-up: the question, the reminder, and what an answer or its absence means."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
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
from services.monitoring.domain.follow_up_plan import ask_sooner, supersede
from services.monitoring.domain.points import cause_gone, escalate, lose_sight
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.case_codes import CallTime, FamilyMood
from shared.events.monitoring import (
    EscalationReason,
    FollowUpAnswer,
    FollowUpDue,
    FollowUpMissed,
    FollowUpRecorded,
    FollowUpReminderDue,
)

# What an answer puts on the coordinators' list.
POINT_OF_ANSWER = {
    FollowUpAnswer.CALL_ME: EscalationReason.CALL_ASKED,
    FollowUpAnswer.NOT_WELL: EscalationReason.NOT_GOING_WELL,
    FollowUpAnswer.LEFT_SCHOOL: EscalationReason.LEFT_SCHOOL,
}
RAISED_BY_AN_ANSWER = frozenset({*POINT_OF_ANSWER.values(), EscalationReason.PLAN_FINISHED})
CANCELLED = FollowUpState.CANCELLED
# Whoever does not know is asked again after so many weeks.
ASK_AGAIN_WEEKS = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told of the child: by whom, how the family is doing when it wants to say, and when to call."""

    answer: FollowUpAnswer
    by: UUID
    family: FamilyMood | None = None
    call_at: CallTime | None = None


def come_due(watch: Watch, follow_up: FollowUp, context: DecisionContext) -> list[Event]:
    """Ask the ambassador; one question at a time, so an older unanswered one gives way."""
    if follow_up.state is not FollowUpState.SCHEDULED:
        return []
    if watch.ambassador_id is None:
        watch.follow_ups[follow_up.follow_up_id] = replace(follow_up, state=FollowUpState.MISSED)
        return lose_sight(watch, context, About(follow_up_id=follow_up.follow_up_id))
    supersede(watch, *FollowUpKind)
    watch.follow_ups[follow_up.follow_up_id] = replace(follow_up, state=FollowUpState.ASKED, asked_at=context.now)
    start_silence_clocks(watch, follow_up, context)
    return [FollowUpDue(**_question(watch, follow_up, context))]


def ask_anew(watch: Watch, follow_up: FollowUp, context: DecisionContext) -> list[Event]:
    """The same question, to whoever is the family's contact now, with the whole term for an answer."""
    start_silence_clocks(watch, follow_up, context)
    return [FollowUpDue(**_question(watch, follow_up, context))]


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
    return [FollowUpReminderDue(**_question(watch, follow_up, context))]


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
    return [missed, *lose_sight(watch, context, About(follow_up_id=follow_up.follow_up_id))]


def record_answer(watch: Watch, follow_up_id: UUID, told: Answer, context: DecisionContext) -> list[Event]:
    """Whoever was asked answered, or answers otherwise at second thought: whoever was out of sight is back."""
    follow_up = _changed(watch, follow_up_id, told, context) or answerable(watch, follow_up_id)
    taken_back = _take_back(watch, follow_up, told.by, context)
    watch.stop(follow_up_id)
    watch.follow_ups[follow_up_id] = replace(
        follow_up, state=FollowUpState.RECORDED, answer=told.answer, answered_by=told.by, answered_at=context.now
    )
    recorded = FollowUpRecorded(
        subject=watch.case_id,
        occurred_at=context.now,
        follow_up_id=follow_up_id,
        number=follow_up.number,
        answer=told.answer,
        answered_by=told.by,
        family=told.family,
        call_at=told.call_at if told.answer is FollowUpAnswer.CALL_ME else None,
    )
    seen = cause_gone(watch, context, lambda one: one.about.follow_up_id is not None, by=told.by)
    return [recorded, *taken_back, *seen, *_act_on(watch, follow_up, told.answer, context)]


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


def open_question(watch: Watch) -> FollowUp | None:
    """The newest question that was asked and that nobody answered; one that was passed over is not asked for again."""
    asked = [one for one in watch.follow_ups.values() if one.asked_at is not None and one.state is not CANCELLED]
    newest = max(asked, key=lambda one: one.number, default=None)
    return newest if newest and watch.is_open and newest.state in ANSWERABLE else None


def change_until(watch: Watch, follow_up: FollowUp, now: datetime) -> datetime | None:
    """Until when another answer may still take the place of this one; None: there is none, or it stands."""
    until = follow_up.changeable_until
    return until if until is not None and watch.is_open and now < until else None


def _changed(watch: Watch, follow_up_id: UUID, told: Answer, context: DecisionContext) -> FollowUp | None:
    follow_up = watch.follow_ups.get(follow_up_id)
    # The first answer counts: who else reads along does not change it.
    if follow_up is None or follow_up.answer is told.answer or follow_up.answered_by != told.by:
        return None
    if change_until(watch, follow_up, context.now) is None:
        return None
    return follow_up


def _take_back(watch: Watch, follow_up: FollowUp, by: UUID, context: DecisionContext) -> list[Event]:
    """What the answer before this one put on the list."""
    return cause_gone(
        watch,
        context,
        lambda one: one.reason in RAISED_BY_AN_ANSWER and one.raised_at == follow_up.answered_at,
        by=by,
    )


def _act_on(watch: Watch, follow_up: FollowUp, answer: FollowUpAnswer, context: DecisionContext) -> list[Event]:
    if answer in POINT_OF_ANSWER:
        return escalate(watch, POINT_OF_ANSWER[answer], context)
    if answer is FollowUpAnswer.NEW_QUESTION:
        return expect_new_inventory(watch, context.now, context)
    if answer is FollowUpAnswer.DO_NOT_KNOW:
        return ask_sooner(watch, ASK_AGAIN_WEEKS, context)
    last = not any(one.is_pending for one in watch.follow_ups.values())
    if last and follow_up.kind is FollowUpKind.PLAN:
        return escalate(watch, EscalationReason.PLAN_FINISHED, context)
    return []


def _question(watch: Watch, follow_up: FollowUp, context: DecisionContext) -> dict[str, Any]:
    """Which request it is about, so that it is recognised without a name."""
    return {
        "subject": watch.case_id,
        "occurred_at": context.now,
        "follow_up_id": follow_up.follow_up_id,
        "number": follow_up.number,
        "case_code": watch.case_code,
        "ambassador_id": watch.ambassador_id,
        "second_reader_id": watch.second_reader_id,
        "categories": watch.categories,
        "district": watch.district,
        "requested_on": context.working_time.city.day_of(watch.opened_at or follow_up.due_at),
        "due_at": follow_up.due_at,
    }
