"""The plan of follow-ups: when somebody will ask how the child is doing."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from services.monitoring.domain.rules import ONE_DAY, DecisionContext
from services.monitoring.domain.watch import Phase, Watch
from shared.events.base import Event
from shared.events.case_codes import FollowUpRhythm
from shared.events.intake import FollowUpsAgreed
from shared.events.monitoring import FollowUpScheduled
from shared.kernel.city import FollowUpPlan

# How many weeks lie between two questions, in a rhythm that is not the city's own plan.
WEEKS_BETWEEN = {FollowUpRhythm.MONTHLY: 4, FollowUpRhythm.QUARTERLY: 13}


def plan_follow_ups(watch: Watch, start: datetime, context: DecisionContext) -> list[Event]:
    """The plan after help, unless one runs that no closing broke off. What was planned before gives way to it.

    While the case is closed, or stands still for safety, it rests: it can go on.
    """
    plan = [one for one in watch.follow_ups.values() if one.kind is FollowUpKind.PLAN]
    runs = not watch.plan_broken_off and any(one.is_pending or one.state is FollowUpState.RESTING for one in plan)
    if runs or watch.phase not in {Phase.OPEN, Phase.ON_HOLD, Phase.CLOSED}:
        return []
    watch.plan_broken_off = False
    watch.plan_start = start
    supersede(watch, FollowUpKind.PLAN)
    cancel(watch, FollowUpState.SCHEDULED, FollowUpState.RESTING)
    dues = [context.working_time.follow_up_due(start, weeks) for weeks in _weeks(watch, context.follow_up)]
    events = [event for due_at in dues for event in _schedule_new(watch, FollowUpKind.PLAN, due_at, context)]
    if not watch.is_open:
        rest(watch)
        return []
    return events


def agree(watch: Watch, event: FollowUpsAgreed, context: DecisionContext) -> list[Event]:
    """School and family agreed how often somebody asks, and who reads along: what is still to come follows that."""
    watch.second_reader_id = event.second_reader_id
    if event.rhythm is watch.rhythm:
        return []
    watch.rhythm = event.rhythm
    planned = [one for one in watch.follow_ups.values() if one.state is FollowUpState.SCHEDULED]
    cancel(watch, FollowUpState.SCHEDULED)
    if not watch.is_open or event.rhythm is FollowUpRhythm.STOPPED:
        return []
    if watch.plan_start is None or all(one.kind is FollowUpKind.INTERIM for one in planned):
        return plan_interim(watch, context) if planned else []
    # The city's plan counts from when help first helped; another rhythm begins now.
    start = watch.plan_start if event.rhythm is FollowUpRhythm.CITY_PLAN else event.occurred_at
    dues = [context.working_time.follow_up_due(start, weeks) for weeks in _weeks(watch, context.follow_up)]
    later = [due_at for due_at in dues if due_at > context.now]
    return [event for due_at in later for event in _schedule_new(watch, FollowUpKind.PLAN, due_at, context)]


def ask_sooner(watch: Watch, weeks: int, context: DecisionContext) -> list[Event]:
    """Once more, so many weeks from now, unless somebody asks before that anyway."""
    due_at = context.working_time.follow_up_due(context.now, weeks)
    pending = (one for one in watch.follow_ups.values() if one.state is FollowUpState.SCHEDULED)
    if not watch.is_open or any(one.due_at <= due_at for one in pending):
        return []
    return _schedule_new(watch, FollowUpKind.INTERIM, due_at, context)


def move_behind(watch: Watch, wakes_at: datetime, context: DecisionContext) -> list[Event]:
    """Nobody is asked before this moment: of what comes due until then the last is asked when it comes."""
    scheduled = [one for one in watch.follow_ups.values() if one.state is FollowUpState.SCHEDULED]
    early = sorted((one for one in scheduled if one.due_at < wakes_at), key=lambda one: one.due_at)
    for one in early:
        watch.follow_ups[one.follow_up_id] = replace(one, state=FollowUpState.CANCELLED)
        watch.stop(one.follow_up_id)
    if any(one.due_at == wakes_at for one in scheduled):
        return []
    return [event for one in early[-1:] for event in _schedule(watch, replace(one, due_at=wakes_at), context)]


def rest(watch: Watch, kept: Collection[FollowUpKind] = (FollowUpKind.PLAN,)) -> None:
    """The case is closed, or stands still: what is kept of these waits until it goes on, and nothing else is asked."""
    for one in list(watch.follow_ups.values()):
        if one.is_pending:
            state = FollowUpState.RESTING if one.kind in kept else FollowUpState.CANCELLED
            watch.follow_ups[one.follow_up_id] = replace(one, state=state)
            watch.stop(one.follow_up_id)


def take_up(watch: Watch, context: DecisionContext) -> list[Event]:
    """The case is open again, and its plan goes on. Of what came due meanwhile the last is asked, the next morning."""
    resting = [one for one in watch.follow_ups.values() if one.state is FollowUpState.RESTING]
    resting.sort(key=lambda one: one.due_at)
    missed = sum(one.due_at <= context.now for one in resting)
    cancel(watch, FollowUpState.RESTING)
    events: list[Event] = []
    for one in resting[max(missed - 1, 0) :]:
        if one.asked_at is not None:
            watch.follow_ups[one.follow_up_id] = replace(one, state=FollowUpState.ASKED)
        else:
            due_at = (
                one.due_at if one.due_at > context.now else context.working_time.follow_up_due(context.now + ONE_DAY, 0)
            )
            events += _schedule(watch, replace(one, due_at=due_at), context)
    return events


def plan_interim(watch: Watch, context: DecisionContext) -> list[Event]:
    """One follow-up in two weeks, unless one is on its way: so that the child stays in sight."""
    pending = any(one.is_pending for one in watch.follow_ups.values())
    if not watch.is_open or watch.is_paused or pending or watch.rhythm is FollowUpRhythm.STOPPED:
        return []
    weeks = _weeks_to_interim(watch, context.follow_up)
    return _schedule_new(watch, FollowUpKind.INTERIM, context.working_time.follow_up_due(context.now, weeks), context)


def _weeks_to_interim(watch: Watch, terms: FollowUpPlan) -> int:
    """Soon the first time, then in the rhythm that the answers so far allow."""
    if watch.rhythm in WEEKS_BETWEEN:
        return WEEKS_BETWEEN[watch.rhythm]
    answered = [one.kind for one in watch.follow_ups.values() if one.state is FollowUpState.RECORDED]
    if not answered:
        return terms.interim_weeks
    return terms.after_plan_weeks if answered[-1] is FollowUpKind.PLAN else terms.after_interim_weeks


def _weeks(watch: Watch, plan: FollowUpPlan) -> tuple[int, ...]:
    """The weeks of the whole plan, in the rhythm that was agreed; as long as the city's own."""
    if watch.rhythm is FollowUpRhythm.STOPPED:
        return ()
    step = WEEKS_BETWEEN.get(watch.rhythm)
    return tuple(range(step, plan.plan_weeks[-1] + 1, step)) if step else plan.plan_weeks


def cancel(watch: Watch, *states: FollowUpState) -> None:
    """These will not be asked (any more)."""
    for one in list(watch.follow_ups.values()):
        if one.state in states:
            watch.follow_ups[one.follow_up_id] = replace(one, state=FollowUpState.CANCELLED)
            watch.stop(one.follow_up_id)


def _schedule_new(watch: Watch, kind: FollowUpKind, due_at: datetime, context: DecisionContext) -> list[Event]:
    return _schedule(watch, FollowUp(context.new_id(), 0, kind, due_at), context)


def _schedule(watch: Watch, follow_up: FollowUp, context: DecisionContext) -> list[Event]:
    number = 1 + sum(one.state is not FollowUpState.CANCELLED for one in watch.follow_ups.values())
    watch.follow_ups[follow_up.follow_up_id] = replace(follow_up, number=number, state=FollowUpState.SCHEDULED)
    watch.start(ClockKind.FOLLOW_UP_DUE, follow_up.follow_up_id, follow_up.due_at)
    return [
        FollowUpScheduled(
            subject=watch.case_id, occurred_at=context.now, follow_up_id=follow_up.follow_up_id, number=number,
            due_at=follow_up.due_at,
        )
    ]  # fmt: skip


def supersede(watch: Watch, *kinds: FollowUpKind) -> None:
    """Those of these kinds that wait for an answer give way to a newer one; a late answer counts all the same."""
    for older in list(watch.follow_ups.values()):
        if older.state is FollowUpState.ASKED and older.kind in kinds:
            watch.follow_ups[older.follow_up_id] = replace(older, state=FollowUpState.SUPERSEDED)
            watch.stop(older.follow_up_id)
