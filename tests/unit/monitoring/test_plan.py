"""The plan of follow-ups after help, and the follow-ups in between that bridge the time without one."""

from datetime import datetime

import pytest

from services.monitoring.domain.escalation import Resolution
from services.monitoring.domain.follow_up import FollowUpKind, FollowUpState
from shared.events.intake import CaseReopened, CaseWithdrawn, NewQuestionRaised
from shared.events.matching import Outcome
from shared.events.monitoring import EscalationReason, FollowUpAnswer, FollowUpDue, FollowUpScheduled
from tests.unit.monitoring.given import (
    AMBASSADOR,
    CASE,
    COORDINATOR,
    City,
    answer,
    closed,
    day_of,
    followed,
    helped,
    local,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_activated,
    request_received,
    resolve,
)

PLANNED = ["2026-09-22", "2026-10-20", "2027-01-12", "2027-04-06", "2027-06-29", "2027-09-21"]


async def finished() -> City:
    """Every follow-up of the plan was asked and answered."""
    city = await followed()
    for _ in range(6):
        watch = await city.watch()
        assert watch.next_clock is not None
        await city.time_passes(watch.next_clock.due_at)
        (due,) = (event for event in city.said() if isinstance(event, FollowUpDue))
        await answer(city, due, FollowUpAnswer.GOING_WELL)
    return city


async def first_asked() -> tuple[City, FollowUpDue]:
    """The first question of the plan has just gone out."""
    city = await followed()
    await city.time_passes(local("2026-09-22 09:00"))
    (due,) = (event for event in city.said() if isinstance(event, FollowUpDue))
    return city, due


def reopened(at: datetime) -> CaseReopened:
    return CaseReopened(subject=CASE, occurred_at=at, reopened_by=COORDINATOR)


async def planned_days(city: City) -> list[str]:
    """When the follow-ups of the plan are asked, or were."""
    follow_ups = (await city.watch()).follow_ups.values()
    plan = [one for one in follow_ups if one.kind is FollowUpKind.PLAN and one.is_pending]
    return sorted(day_of(one.due_at).isoformat() for one in plan)


async def planned_numbers(city: City) -> list[int]:
    """The follow-ups of the plan that still will be asked."""
    follow_ups = (await city.watch()).follow_ups.values()
    return [one.number for one in follow_ups if one.kind is FollowUpKind.PLAN and one.is_pending]


async def test_first_outcome_plans_six_follow_ups_on_working_days_at_nine() -> None:
    city = await followed()
    planned = [event for event in city.said() if isinstance(event, FollowUpScheduled)][-6:]
    assert [(event.number, event.due_at) for event in planned] == [
        (1, local("2026-09-22 09:00")),
        (2, local("2026-10-20 09:00")),
        (3, local("2027-01-12 09:00")),
        (4, local("2027-04-06 09:00")),
        (5, local("2027-06-29 09:00")),
        (6, local("2027-09-21 09:00")),
    ]


async def test_second_outcome_plans_nothing_more() -> None:
    city = await followed()
    await city.hears(partner_activated(city.now, "second"))
    city.said()
    await city.hears(outcome_confirmed(city.now, name="second"))
    assert city.said() == []


async def test_help_after_a_closed_case_opened_again_gets_a_plan_of_its_own() -> None:
    city = await followed()
    await city.time_passes(local("2026-09-25 12:00"))
    again = NewQuestionRaised(subject=CASE, occurred_at=city.now, raised_by=AMBASSADOR)
    await city.hears(closed(city.now), again)
    assert await planned_days(city) == ["2026-09-22", *PLANNED[1:]]
    city.said()
    await helped(city)
    planned = [event for event in city.said() if isinstance(event, FollowUpScheduled)][-6:]
    assert [(event.number, event.due_at) for event in planned][:2] == [
        (2, local("2026-10-09 09:00")),
        (3, local("2026-11-06 09:00")),
    ]
    assert len(await planned_numbers(city)) == 6


async def test_plan_goes_on_when_the_case_that_was_closed_opens_again() -> None:
    city, due = await first_asked()
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    await city.hears(closed(city.now))
    assert city.timers() == {}
    city.said()
    await city.hears(reopened(city.now))
    assert await planned_days(city) == PLANNED[1:]
    planned = [event for event in city.said() if isinstance(event, FollowUpScheduled)]
    assert [event.number for event in planned] == [2, 3, 4, 5, 6]
    for _ in planned:
        await city.time_passes(min(city.timers().values()))
        (due,) = (event for event in city.said() if isinstance(event, FollowUpDue))
        await answer(city, due, FollowUpAnswer.GOING_WELL)
    assert [one.reason for one in (await city.watch()).open_escalations] == [EscalationReason.PLAN_FINISHED]


async def test_question_that_waited_for_its_answer_waits_again_when_the_case_opens_again() -> None:
    city, due = await first_asked()
    await city.hears(closed(city.now))
    await city.days_pass(7)
    await city.hears(reopened(city.now))
    assert f"follow-up-missed:{due.follow_up_id}" in city.timers()
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    assert await planned_numbers(city) == [2, 3, 4, 5, 6]


async def test_of_the_questions_that_came_due_while_the_case_was_closed_the_last_is_asked_the_next_morning() -> None:
    city = await followed()
    await city.hears(closed(city.now))
    await city.time_passes(local("2026-10-23 22:00"))
    await city.hears(reopened(city.now))
    assert await planned_days(city) == ["2026-10-26", *PLANNED[2:]]
    assert await planned_numbers(city) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("confirmed_first", [True, False])
async def test_help_that_is_confirmed_around_a_reopening_has_its_plan_in_whatever_order_it_is_heard(
    *, confirmed_first: bool
) -> None:
    city = City()
    await city.hears(request_received(), needs_assessed(), partner_activated(), closed(city.now))
    facts = (outcome_confirmed(city.now), reopened(city.now))
    await city.hears(*(facts if confirmed_first else reversed(facts)))
    assert await planned_days(city) == PLANNED
    assert await planned_numbers(city) == [1, 2, 3, 4, 5, 6]
    await city.hears(partner_activated(city.now, "second"), outcome_confirmed(city.now, name="second"))
    assert await planned_numbers(city) == [1, 2, 3, 4, 5, 6]


async def test_plan_of_a_case_that_is_closed_says_nothing_and_ends_when_the_family_withdraws() -> None:
    city = City()
    await city.hears(request_received(), needs_assessed(), partner_activated(), closed(city.now))
    city.said()
    await city.hears(outcome_confirmed(city.now))
    assert (city.said(), city.timers()) == ([], {})
    await city.hears(CaseWithdrawn(subject=CASE, occurred_at=city.now, withdrawn_at=city.now))
    assert {one.state for one in (await city.watch()).follow_ups.values()} == {FollowUpState.CANCELLED}


async def test_question_of_the_old_plan_that_has_no_answer_gives_way_to_the_plan_of_new_help() -> None:
    city, due = await first_asked()
    await city.hears(closed(city.now), reopened(city.now))
    await city.hears(partner_activated(city.now, "second"), outcome_confirmed(city.now, name="second"))
    assert await planned_numbers(city) == [2, 3, 4, 5, 6, 7]
    await answer(city, due, FollowUpAnswer.GOING_WELL)


async def test_help_after_the_plan_was_finished_gets_a_plan_of_its_own() -> None:
    city = await finished()
    await city.hears(partner_activated(city.now, "second"), outcome_confirmed(city.now, name="second"))
    assert await planned_numbers(city) == [7, 8, 9, 10, 11, 12]


async def test_help_that_did_not_help_leaves_the_plan_for_the_help_that_does() -> None:
    city = City()
    await city.hears(request_received(), needs_assessed(), partner_activated())
    await city.hears(outcome_confirmed(city.now, Outcome.NOT_HELPED), partner_activated(city.now, "second"))
    assert await planned_numbers(city) == []
    await city.days_pass(1)
    await city.hears(outcome_confirmed(city.now, name="second"))
    assert await planned_numbers(city) == [1, 2, 3, 4, 5, 6]


async def test_plan_that_is_finished_waits_for_a_person_to_decide() -> None:
    city = await finished()
    assert [one.reason for one in (await city.watch()).open_escalations] == [EscalationReason.PLAN_FINISHED]
    await resolve(city, Resolution.KEEP_WATCHING)
    (kept,) = (event for event in city.said() if isinstance(event, FollowUpScheduled))
    assert (kept.number, kept.due_at) == (7, local("2027-12-14 09:00"))


async def test_interim_follow_up_gives_way_to_the_plan() -> None:
    city = City()
    await city.hears(request_received(), needs_assessed(), no_partner_found())
    await helped(city)
    watch = await city.watch()
    dues = [one for one in watch.follow_ups.values() if one.state is FollowUpState.SCHEDULED]
    assert [one.number for one in dues] == [1, 2, 3, 4, 5, 6]


async def test_answered_interim_follow_up_is_followed_by_another_while_nothing_else_runs() -> None:
    city = City()
    await city.hears(request_received(), needs_assessed(), no_partner_found())
    await resolve(city, Resolution.NO_LONGER_NEEDED)
    await city.time_passes(local("2026-09-22 09:00"))
    (due,) = (event for event in city.said() if isinstance(event, FollowUpDue))
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    watch = await city.watch()
    assert watch.next_clock is not None
    assert watch.next_clock.due_at == local("2026-11-03 09:00")
