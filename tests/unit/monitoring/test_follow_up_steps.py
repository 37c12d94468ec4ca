"""Every step of a follow-up from every state, for one of the plan and for one until there is a plan."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest

from services.monitoring.domain.case_lifecycle import end, reopen
from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.errors import CaseNotWatched, FollowUpAlreadyAnswered, FollowUpNotAsked
from services.monitoring.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from services.monitoring.domain.follow_up_plan import plan_follow_ups
from services.monitoring.domain.follow_up_questions import Answer, come_due, miss, record_answer, remind
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Phase, Watch
from shared.events import intake
from shared.events.base import Event
from shared.events.monitoring import FollowUpAnswer, FollowUpDue, FollowUpRecorded
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.errors import Refusal
from shared.kernel.working_time import WorkingTime
from tests.parts.city import a_city
from tests.parts.keys import mark
from tests.step_tables import REFUSED, Cell, StepTable
from tests.twins.ids import SeededIds
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    TUESDAY,
    an_id,
    closed,
    day_of,
    help_delivered,
    local,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring, answer

# `other` is another answer within half an hour of the first, `later` one after it; `next` is the next follow-up, which
# comes due; `plan` is the plan that begins; `close`, `withdraw` and `reopen` are what becomes of the case.
OF_THE_PLAN = StepTable("""
           due   remind miss   answer   other    later    next       plan close   withdraw  reopen
scheduled  asked .      .      no       no       no       .          .    resting cancelled .
asked      .     +      missed recorded recorded recorded superseded .    resting cancelled .
recorded   .     .      .      no       +        no       .          .    .       .         .
missed     .     .      .      recorded recorded recorded .          .    .       .         .
resting    .     .      .      no       no       no       .          .    .       cancelled scheduled
cancelled  .     .      .      no       no       no       .          .    .       .         .
superseded .     .      .      recorded recorded recorded .          .    .       .         .
""")
# It rests in no closed case, and what was asked stays answerable when the plan begins.
INTERIM = StepTable("""
           due   remind miss   answer   other    later    next       plan      close     withdraw  reopen
scheduled  asked .      .      no       no       no       .          cancelled cancelled cancelled .
asked      .     +      missed recorded recorded recorded superseded .         cancelled cancelled .
recorded   .     .      .      no       +        no       .          .         .         .         .
missed     .     .      .      recorded recorded recorded .          .         .         .         .
cancelled  .     .      .      no       no       no       .          .         .         .         .
superseded .     .      .      recorded recorded recorded .          .         .         .         .
""")
REFUSALS: dict[str, type[Refusal]] = {
    FollowUpState.SCHEDULED: FollowUpNotAsked,
    FollowUpState.RECORDED: FollowUpAlreadyAnswered,
    FollowUpState.RESTING: CaseNotWatched,
    FollowUpState.CANCELLED: CaseNotWatched,
}
# While it waits for its time one clock runs, while it waits for its answer two; else none.
CLOCKS: dict[FollowUpState, set[ClockKind]] = {
    **{state: set() for state in FollowUpState},
    FollowUpState.SCHEDULED: {ClockKind.FOLLOW_UP_DUE},
    FollowUpState.ASKED: {ClockKind.FOLLOW_UP_REMIND, ClockKind.FOLLOW_UP_MISSED},
}
THIS, NEXT = an_id("this follow-up"), an_id("the next one")
ANSWERED_AT = TUESDAY - timedelta(minutes=10)
CLOSED = closed(TUESDAY)
WITHDRAWN = intake.CaseWithdrawn(
    subject=CASE, occurred_at=TUESDAY, case_code=CODE, ambassador_id=AMBASSADOR, withdrawn_at=TUESDAY
)
REOPENED = intake.CaseReopened(subject=CASE, occurred_at=TUESDAY, reopened_by=COORDINATOR)


def watch_with(state: FollowUpState, kind: FollowUpKind) -> Watch:
    """A case with this follow-up; a case in which one rests is closed."""
    one = FollowUp(THIS, 1, kind, TUESDAY, state)
    if state is FollowUpState.RECORDED:
        one = FollowUp(THIS, 1, kind, TUESDAY, state, TUESDAY, FollowUpAnswer.GOING_WELL, AMBASSADOR, ANSWERED_AT)
    watch = Watch(CASE, CODE, ambassador_id=AMBASSADOR, opened_at=TUESDAY, follow_ups={THIS: one})
    watch.phase = Phase.CLOSED if state is FollowUpState.RESTING else Phase.OPEN
    if state is FollowUpState.ASKED:
        watch.start(ClockKind.FOLLOW_UP_MISSED, THIS, TUESDAY + timedelta(days=1))
    return watch


def context_at(now: datetime = TUESDAY) -> DecisionContext:
    return DecisionContext(now, WorkingTime(a_city(), DutchCalendar()), SeededIds(Random(1)).new, mark)


def step_of(watch: Watch, step: str) -> Callable[[], list[Event]]:
    this, context, late = watch.follow_ups[THIS], context_at(), context_at(ANSWERED_AT + timedelta(minutes=30))
    well, call = (Answer(one, AMBASSADOR) for one in (FollowUpAnswer.GOING_WELL, FollowUpAnswer.CALL_ME))
    if step == "next":
        watch.follow_ups[NEXT] = FollowUp(NEXT, 2, FollowUpKind.PLAN, TUESDAY)
    return {
        "due": lambda: come_due(watch, this, context),
        "remind": lambda: remind(watch, this, context),
        "miss": lambda: miss(watch, this, context),
        "answer": lambda: record_answer(watch, THIS, well, context),
        "other": lambda: record_answer(watch, THIS, call, context),
        "later": lambda: record_answer(watch, THIS, call, late),
        "next": lambda: come_due(watch, watch.follow_ups[NEXT], context),
        "plan": lambda: plan_follow_ups(watch, TUESDAY, context),
        "close": lambda: end(watch, CLOSED, context),
        "withdraw": lambda: end(watch, WITHDRAWN, context),
        "reopen": lambda: reopen(watch, REOPENED, context),
    }[step]


def test_tables_hold_every_state() -> None:
    assert OF_THE_PLAN.is_whole(FollowUpState, INTERIM.steps)
    assert INTERIM.is_whole(set(FollowUpState) - {FollowUpState.RESTING}, OF_THE_PLAN.steps)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        *((FollowUpKind.PLAN, cell) for cell in OF_THE_PLAN.cells),
        *((FollowUpKind.INTERIM, cell) for cell in INTERIM.cells),
    ],
    ids=str,
)
def test_follow_up_takes_the_steps_of_its_state_and_no_other(kind: FollowUpKind, cell: Cell) -> None:
    watch = watch_with(FollowUpState(cell.state), kind)
    before = watch.follow_ups[THIS]
    take = step_of(watch, cell.step)
    if cell.expected == REFUSED:
        with pytest.raises(REFUSALS[cell.state]):
            take()
        assert watch.follow_ups[THIS] == before
        return
    said = [event for event in take() if getattr(event, "follow_up_id", None) == THIS]
    after = watch.follow_ups[THIS]

    assert after.state is FollowUpState(cell.after)
    # What changes without a word is only what nobody is asked any more.
    quiet = after.state in {FollowUpState.CANCELLED, FollowUpState.RESTING, FollowUpState.SUPERSEDED}
    assert bool(said) == ((cell.expected == "+" or after != before) and not quiet)
    assert {clock.kind for clock in watch.clocks.values() if clock.about == THIS} <= CLOCKS[after.state]


async def test_interim_follow_up_that_was_asked_is_answered_after_the_plan_began() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    await monitoring.time_passes(local("2026-09-22 09:00"))
    (asked,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
    at = monitoring.now
    await monitoring.consumes(
        partner_activated(at), partner_accepted(at, day_of(at)), help_delivered(at), outcome_confirmed(at)
    )
    assert monitoring.published_names().count("FollowUpScheduled") == len(a_city().follow_up.plan_weeks)

    await answer(monitoring, asked, FollowUpAnswer.GOING_WELL)
    (recorded,) = (event for event in monitoring.published() if isinstance(event, FollowUpRecorded))
    assert (recorded.follow_up_id, recorded.answered_by) == (asked.follow_up_id, AMBASSADOR)
