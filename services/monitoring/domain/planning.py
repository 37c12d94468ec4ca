"""Planning, asking and hearing follow-ups."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from services.monitoring.domain.clocks import ClockKind, key_of
from services.monitoring.domain.errors import (
    CaseNotWatched,
    FollowUpAlreadyAnswered,
    FollowUpNotAsked,
    FollowUpNotFound,
)
from services.monitoring.domain.escalation import About
from services.monitoring.domain.follow_up import ANSWERABLE, FollowUp, FollowUpKind, FollowUpState
from services.monitoring.domain.rules import (
    AFTER_INTERIM_WEEKS,
    AFTER_PLAN_WEEKS,
    FOLLOW_UP_MISSED_AFTER,
    FOLLOW_UP_REMIND_AFTER,
    INTERIM_WEEKS,
    PLAN_WEEKS,
    Moment,
    due_after,
    follow_up_due,
)
from services.monitoring.domain.watch import Phase, Watch
from shared.events.base import Event
from shared.events.monitoring import (
    EscalationReason,
    FollowUpAnswer,
    FollowUpDue,
    FollowUpMissed,
    FollowUpRecorded,
    FollowUpReminderDue,
    FollowUpScheduled,
)

RAISED_BY_AN_ANSWER = frozenset({EscalationReason.CALL_ASKED, EscalationReason.PLAN_FINISHED})
ONE_DAY = timedelta(days=1)
AFTER_WEEKS = {FollowUpKind.INTERIM: AFTER_INTERIM_WEEKS, FollowUpKind.PLAN: AFTER_PLAN_WEEKS}


def plan_follow_ups(watch: Watch, start: datetime, at: Moment) -> list[Event]:
    """The plan after help, unless one runs that no closing broke off. What was planned before gives way to it.

    While the case is closed it rests: it can be opened again.
    """
    plan = [one for one in watch.follow_ups.values() if one.kind is FollowUpKind.PLAN]
    runs = not watch.plan_broken_off and any(one.is_pending or one.state is FollowUpState.RESTING for one in plan)
    if runs or watch.phase not in {Phase.OPEN, Phase.CLOSED}:
        return []
    watch.plan_broken_off = False
    _supersede(watch, FollowUpKind.PLAN)
    cancel(watch, FollowUpState.SCHEDULED, FollowUpState.RESTING)
    dues = [follow_up_due(at.calendar, start, weeks) for weeks in PLAN_WEEKS]
    events = [event for due_at in dues for event in _schedule_new(watch, FollowUpKind.PLAN, due_at, at)]
    if watch.phase is Phase.CLOSED:
        rest(watch)
        return []
    return events


def rest(watch: Watch) -> None:
    """The case is closed: the plan waits until it opens again, and nothing else is asked."""
    for one in list(watch.follow_ups.values()):
        if one.is_pending:
            state = FollowUpState.RESTING if one.kind is FollowUpKind.PLAN else FollowUpState.CANCELLED
            watch.follow_ups[one.follow_up_id] = replace(one, state=state)
            watch.stop(one.follow_up_id)


def take_up(watch: Watch, at: Moment) -> list[Event]:
    """The case is open again, and its plan goes on. Of what came due meanwhile the last is asked, the next morning."""
    resting = [one for one in watch.follow_ups.values() if one.state is FollowUpState.RESTING]
    resting.sort(key=lambda one: one.due_at)
    missed = sum(one.due_at <= at.now for one in resting)
    cancel(watch, FollowUpState.RESTING)
    events: list[Event] = []
    for one in resting[max(missed - 1, 0) :]:
        if one.asked_at is not None:
            watch.follow_ups[one.follow_up_id] = replace(one, state=FollowUpState.ASKED)
        else:
            due_at = one.due_at if one.due_at > at.now else follow_up_due(at.calendar, at.now + ONE_DAY, 0)
            events += _schedule(watch, replace(one, due_at=due_at), at)
    return events


def plan_interim(watch: Watch, at: Moment) -> list[Event]:
    """One follow-up in two weeks, unless one is on its way: so that the child stays in sight."""
    if not watch.is_open or any(one.is_pending for one in watch.follow_ups.values()):
        return []
    answered = [one.kind for one in watch.follow_ups.values() if one.state is FollowUpState.RECORDED]
    weeks = AFTER_WEEKS[answered[-1]] if answered else INTERIM_WEEKS
    return _schedule_new(watch, FollowUpKind.INTERIM, follow_up_due(at.calendar, at.now, weeks), at)


def cancel(watch: Watch, *states: FollowUpState) -> None:
    """These will not be asked (any more)."""
    for one in list(watch.follow_ups.values()):
        if one.state in states:
            watch.follow_ups[one.follow_up_id] = replace(one, state=FollowUpState.CANCELLED)
            watch.stop(one.follow_up_id)


def _schedule_new(watch: Watch, kind: FollowUpKind, due_at: datetime, at: Moment) -> list[Event]:
    return _schedule(watch, FollowUp(at.new_id(), 0, kind, due_at), at)


def _schedule(watch: Watch, follow_up: FollowUp, at: Moment) -> list[Event]:
    number = 1 + sum(one.state is not FollowUpState.CANCELLED for one in watch.follow_ups.values())
    watch.follow_ups[follow_up.follow_up_id] = replace(follow_up, number=number, state=FollowUpState.SCHEDULED)
    watch.start(ClockKind.FOLLOW_UP_DUE, follow_up.follow_up_id, follow_up.due_at)
    return [
        FollowUpScheduled(
            subject=watch.case_id, occurred_at=at.now, follow_up_id=follow_up.follow_up_id, number=number,
            due_at=follow_up.due_at,
        )
    ]  # fmt: skip


def _supersede(watch: Watch, *kinds: FollowUpKind) -> None:
    for older in list(watch.follow_ups.values()):
        if older.state is FollowUpState.ASKED and older.kind in kinds:
            watch.follow_ups[older.follow_up_id] = replace(older, state=FollowUpState.SUPERSEDED)
            watch.stop(older.follow_up_id)


def come_due(watch: Watch, follow_up: FollowUp, at: Moment) -> list[Event]:
    """Ask the ambassador; one question at a time, so an older unanswered one gives way."""
    if follow_up.state is not FollowUpState.SCHEDULED:
        return []
    if watch.ambassador_id is None:
        watch.follow_ups[follow_up.follow_up_id] = replace(follow_up, state=FollowUpState.MISSED)
        return watch.lose_sight(at, About(follow_up_id=follow_up.follow_up_id))
    _supersede(watch, *FollowUpKind)
    watch.follow_ups[follow_up.follow_up_id] = replace(follow_up, state=FollowUpState.ASKED, asked_at=at.now)
    start_silence_clocks(watch, follow_up, at)
    return [
        FollowUpDue(
            subject=watch.case_id, occurred_at=at.now, follow_up_id=follow_up.follow_up_id, number=follow_up.number,
            case_code=watch.case_code, ambassador_id=watch.ambassador_id, due_at=follow_up.due_at,
        )
    ]  # fmt: skip


def start_silence_clocks(watch: Watch, follow_up: FollowUp, at: Moment) -> None:
    """How long no answer may stay away, from now on."""
    for kind, term in (
        (ClockKind.FOLLOW_UP_REMIND, FOLLOW_UP_REMIND_AFTER),
        (ClockKind.FOLLOW_UP_MISSED, FOLLOW_UP_MISSED_AFTER),
    ):
        watch.start(kind, follow_up.follow_up_id, due_after(at.calendar, at.now, term))


def remind(watch: Watch, follow_up: FollowUp, at: Moment) -> list[Event]:
    """No answer yet: ask once more, kindly."""
    last_call = watch.clocks.get(key_of(ClockKind.FOLLOW_UP_MISSED, follow_up.follow_up_id))
    if follow_up.state is not FollowUpState.ASKED or watch.ambassador_id is None:
        return []
    # After a long downtime the term may be over by now: then there is nothing left to remind of.
    if last_call is None or last_call.due_at <= at.now:
        return []
    return [
        FollowUpReminderDue(
            subject=watch.case_id, occurred_at=at.now, follow_up_id=follow_up.follow_up_id, number=follow_up.number,
            case_code=watch.case_code, ambassador_id=watch.ambassador_id, due_at=follow_up.due_at,
        )
    ]  # fmt: skip


def miss(watch: Watch, follow_up: FollowUp, at: Moment) -> list[Event]:
    """Nobody answered: the child is out of sight until a person acts."""
    if follow_up.state is not FollowUpState.ASKED:
        return []
    watch.stop(follow_up.follow_up_id)
    watch.follow_ups[follow_up.follow_up_id] = replace(follow_up, state=FollowUpState.MISSED)
    missed = FollowUpMissed(
        subject=watch.case_id, occurred_at=at.now, follow_up_id=follow_up.follow_up_id, number=follow_up.number,
        due_at=follow_up.due_at,
    )  # fmt: skip
    return [missed, *watch.lose_sight(at, About(follow_up_id=follow_up.follow_up_id))]


def record(watch: Watch, follow_up_id: UUID, answer: FollowUpAnswer, by: UUID, at: Moment) -> list[Event]:
    """The ambassador answered, or answers otherwise at second thought: whoever was out of sight is back."""
    follow_up = _changed(watch, follow_up_id, answer, at) or answerable(watch, follow_up_id)
    taken_back = _take_back(watch, follow_up, by, at)
    watch.stop(follow_up_id)
    watch.follow_ups[follow_up_id] = replace(
        follow_up, state=FollowUpState.RECORDED, answer=answer, answered_by=by, answered_at=at.now
    )
    recorded = FollowUpRecorded(
        subject=watch.case_id, occurred_at=at.now, follow_up_id=follow_up_id, number=follow_up.number, answer=answer,
        answered_by=by,
    )  # fmt: skip
    seen = watch.cause_gone(at, lambda one: one.about.follow_up_id is not None, by=by)
    return [recorded, *taken_back, *seen, *_act_on(watch, follow_up, answer, at)]


def answerable(watch: Watch, follow_up_id: UUID) -> FollowUp:
    """The follow-up, when an answer can be given now; else says by name why not."""
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


def _changed(watch: Watch, follow_up_id: UUID, answer: FollowUpAnswer, at: Moment) -> FollowUp | None:
    follow_up = watch.follow_ups.get(follow_up_id)
    if follow_up is None or follow_up.answer is answer or change_until(watch, follow_up, at.now) is None:
        return None
    return follow_up


def _take_back(watch: Watch, follow_up: FollowUp, by: UUID, at: Moment) -> list[Event]:
    """What the answer before this one put on the list."""
    return watch.cause_gone(
        at,
        lambda one: one.reason in RAISED_BY_AN_ANSWER and one.raised_at == follow_up.answered_at,
        by=by,
    )


def _act_on(watch: Watch, follow_up: FollowUp, answer: FollowUpAnswer, at: Moment) -> list[Event]:
    if answer is FollowUpAnswer.CALL_ME:
        return watch.escalate(EscalationReason.CALL_ASKED, at, About())
    if answer is FollowUpAnswer.NEW_QUESTION:
        watch.await_inventory(at.now, at)
        return []
    last = not any(one.is_pending for one in watch.follow_ups.values())
    if last and follow_up.kind is FollowUpKind.PLAN:
        return watch.escalate(EscalationReason.PLAN_FINISHED, at)
    return []
