"""The plan of follow-ups after help, and the follow-ups in between that bridge the time without one."""

from datetime import datetime

import pytest

from services.monitoring.domain.follow_up import FollowUpKind, FollowUpState
from shared.events.desk_codes import Resolution
from shared.events.intake import CaseReopened, CaseWithdrawn, NewQuestionRaised
from shared.events.monitoring import EscalationReason, FollowUpAnswer, FollowUpDue, FollowUpScheduled
from shared.events.referral_codes import Outcome
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    closed,
    day_of,
    local,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring, answer, followed, helped, resolve

PLANNED = ["2026-09-22", "2026-10-20", "2027-01-12", "2027-04-06", "2027-06-29", "2027-09-21"]


async def finished() -> Monitoring:
    """Every follow-up of the plan was asked and answered."""
    monitoring = await followed()
    for _ in range(6):
        watch = await monitoring.watch()
        assert watch.next_clock is not None
        await monitoring.time_passes(watch.next_clock.due_at)
        (due,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
        await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    return monitoring


async def first_asked() -> tuple[Monitoring, FollowUpDue]:
    """The first question of the plan has just gone out."""
    monitoring = await followed()
    await monitoring.time_passes(local("2026-09-22 09:00"))
    (due,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
    return monitoring, due


def reopened(at: datetime) -> CaseReopened:
    return CaseReopened(subject=CASE, occurred_at=at, reopened_by=COORDINATOR)


async def planned_days(monitoring: Monitoring) -> list[str]:
    """When the follow-ups of the plan are asked, or were."""
    follow_ups = (await monitoring.watch()).follow_ups.values()
    plan = [one for one in follow_ups if one.kind is FollowUpKind.PLAN and one.is_pending]
    return sorted(day_of(one.due_at).isoformat() for one in plan)


async def planned_numbers(monitoring: Monitoring) -> list[int]:
    """The follow-ups of the plan that still will be asked."""
    follow_ups = (await monitoring.watch()).follow_ups.values()
    return [one.number for one in follow_ups if one.kind is FollowUpKind.PLAN and one.is_pending]


async def test_first_outcome_plans_six_follow_ups_on_working_days_at_nine() -> None:
    monitoring = await followed()
    planned = [event for event in monitoring.published() if isinstance(event, FollowUpScheduled)][-6:]
    assert [(event.number, event.due_at) for event in planned] == [
        (1, local("2026-09-22 09:00")),
        (2, local("2026-10-20 09:00")),
        (3, local("2027-01-12 09:00")),
        (4, local("2027-04-06 09:00")),
        (5, local("2027-06-29 09:00")),
        (6, local("2027-09-21 09:00")),
    ]


async def test_second_outcome_plans_nothing_more() -> None:
    monitoring = await followed()
    await monitoring.consumes(partner_activated(monitoring.now, "second"))
    monitoring.published()
    await monitoring.consumes(outcome_confirmed(monitoring.now, name="second"))
    assert monitoring.published() == []


async def test_help_after_a_closed_case_opened_again_gets_a_plan_of_its_own() -> None:
    monitoring = await followed()
    await monitoring.time_passes(local("2026-09-25 12:00"))
    again = NewQuestionRaised(subject=CASE, occurred_at=monitoring.now, raised_by=AMBASSADOR)
    await monitoring.consumes(closed(monitoring.now), again)
    assert await planned_days(monitoring) == ["2026-09-22", *PLANNED[1:]]
    monitoring.published()
    await helped(monitoring)
    planned = [event for event in monitoring.published() if isinstance(event, FollowUpScheduled)][-6:]
    assert [(event.number, event.due_at) for event in planned][:2] == [
        (2, local("2026-10-09 09:00")),
        (3, local("2026-11-06 09:00")),
    ]
    assert len(await planned_numbers(monitoring)) == 6


async def test_plan_goes_on_when_the_case_that_was_closed_opens_again() -> None:
    monitoring, due = await first_asked()
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    await monitoring.consumes(closed(monitoring.now))
    assert monitoring.timers() == {}
    monitoring.published()
    await monitoring.consumes(reopened(monitoring.now))
    assert await planned_days(monitoring) == PLANNED[1:]
    planned = [event for event in monitoring.published() if isinstance(event, FollowUpScheduled)]
    assert [event.number for event in planned] == [2, 3, 4, 5, 6]
    for _ in planned:
        await monitoring.time_passes(min(monitoring.timers().values()))
        (due,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
        await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    assert [one.reason for one in (await monitoring.watch()).open_escalations] == [EscalationReason.PLAN_FINISHED]


async def test_question_that_waited_for_its_answer_waits_again_when_the_case_opens_again() -> None:
    monitoring, due = await first_asked()
    await monitoring.consumes(closed(monitoring.now))
    await monitoring.days_pass(7)
    await monitoring.consumes(reopened(monitoring.now))
    assert f"follow-up-missed:{due.follow_up_id}" in monitoring.timers()
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    assert await planned_numbers(monitoring) == [2, 3, 4, 5, 6]


async def test_of_the_questions_that_came_due_while_the_case_was_closed_the_last_is_asked_the_next_morning() -> None:
    monitoring = await followed()
    await monitoring.consumes(closed(monitoring.now))
    await monitoring.time_passes(local("2026-10-23 22:00"))
    await monitoring.consumes(reopened(monitoring.now))
    assert await planned_days(monitoring) == ["2026-10-26", *PLANNED[2:]]
    assert await planned_numbers(monitoring) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("confirmed_first", [True, False])
async def test_help_that_is_confirmed_around_a_reopening_has_its_plan_in_whatever_order_it_is_heard(
    *, confirmed_first: bool
) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(), closed(monitoring.now))
    facts = (outcome_confirmed(monitoring.now), reopened(monitoring.now))
    await monitoring.consumes(*(facts if confirmed_first else reversed(facts)))
    assert await planned_days(monitoring) == PLANNED
    assert await planned_numbers(monitoring) == [1, 2, 3, 4, 5, 6]
    await monitoring.consumes(
        partner_activated(monitoring.now, "second"), outcome_confirmed(monitoring.now, name="second")
    )
    assert await planned_numbers(monitoring) == [1, 2, 3, 4, 5, 6]


async def test_plan_of_a_case_that_is_closed_says_nothing_and_ends_when_the_family_withdraws() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(), closed(monitoring.now))
    monitoring.published()
    await monitoring.consumes(outcome_confirmed(monitoring.now))
    assert (monitoring.published(), monitoring.timers()) == ([], {})
    await monitoring.consumes(
        CaseWithdrawn(
            subject=CASE,
            occurred_at=monitoring.now,
            case_code=CODE,
            ambassador_id=AMBASSADOR,
            withdrawn_at=monitoring.now,
        )
    )
    assert {one.state for one in (await monitoring.watch()).follow_ups.values()} == {FollowUpState.CANCELLED}


async def test_question_of_the_old_plan_that_has_no_answer_gives_way_to_the_plan_of_new_help() -> None:
    monitoring, due = await first_asked()
    await monitoring.consumes(closed(monitoring.now), reopened(monitoring.now))
    await monitoring.consumes(
        partner_activated(monitoring.now, "second"), outcome_confirmed(monitoring.now, name="second")
    )
    assert await planned_numbers(monitoring) == [2, 3, 4, 5, 6, 7]
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)


async def test_help_after_the_plan_was_finished_gets_a_plan_of_its_own() -> None:
    monitoring = await finished()
    await monitoring.consumes(
        partner_activated(monitoring.now, "second"), outcome_confirmed(monitoring.now, name="second")
    )
    assert await planned_numbers(monitoring) == [7, 8, 9, 10, 11, 12]


async def test_help_that_did_not_help_leaves_the_plan_for_the_help_that_does() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated())
    await monitoring.consumes(
        outcome_confirmed(monitoring.now, Outcome.NOT_HELPED), partner_activated(monitoring.now, "second")
    )
    assert await planned_numbers(monitoring) == []
    await monitoring.days_pass(1)
    await monitoring.consumes(outcome_confirmed(monitoring.now, name="second"))
    assert await planned_numbers(monitoring) == [1, 2, 3, 4, 5, 6]


async def test_plan_that_is_finished_waits_for_a_person_to_decide() -> None:
    monitoring = await finished()
    assert [one.reason for one in (await monitoring.watch()).open_escalations] == [EscalationReason.PLAN_FINISHED]
    await resolve(monitoring, Resolution.KEEP_WATCHING)
    (kept,) = (event for event in monitoring.published() if isinstance(event, FollowUpScheduled))
    assert (kept.number, kept.due_at) == (7, local("2027-12-14 09:00"))


async def test_interim_follow_up_gives_way_to_the_plan() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    await helped(monitoring)
    watch = await monitoring.watch()
    dues = [one for one in watch.follow_ups.values() if one.state is FollowUpState.SCHEDULED]
    assert [one.number for one in dues] == [1, 2, 3, 4, 5, 6]


async def test_answered_interim_follow_up_is_followed_by_another_while_nothing_else_runs() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    await resolve(monitoring, Resolution.NO_LONGER_NEEDED)
    await monitoring.time_passes(local("2026-09-22 09:00"))
    (due,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    watch = await monitoring.watch()
    assert watch.next_clock is not None
    assert watch.next_clock.due_at == local("2026-11-03 09:00")
