from datetime import datetime

import pytest

from services.monitoring.commands import AnswerFollowUp, ResolveEscalation
from services.monitoring.domain.errors import (
    CaseNotWatched,
    EscalationNotOpen,
    FollowUpAlreadyAnswered,
    FollowUpNotAsked,
    FollowUpNotFound,
)
from services.monitoring.domain.escalation import Resolution
from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.domain.rules import AMSTERDAM
from services.monitoring.handlers import answer_follow_up, resolve_escalation
from shared.events.monitoring import (
    CaseBackInSight,
    ChildOutOfSight,
    EscalationReason,
    FollowUpAnswer,
    FollowUpDue,
    FollowUpRecorded,
    FollowUpScheduled,
)
from tests.unit.monitoring.given import (
    AMBASSADOR,
    CASE,
    COORDINATOR,
    City,
    an_id,
    closed,
    helped,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_activated,
    request_received,
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


async def followed() -> City:
    city = City()
    await helped(city)
    return city


async def asked() -> tuple[City, FollowUpDue]:
    city = await followed()
    await city.time_passes(local("2026-09-22 09:00"))
    due = [event for event in city.said() if isinstance(event, FollowUpDue)]
    assert len(due) == 1
    return city, due[0]


async def answer(city: City, due: FollowUpDue, choice: FollowUpAnswer) -> None:
    async with city.units.begin() as unit:
        await answer_follow_up(AnswerFollowUp(due.follow_up_id, choice, AMBASSADOR), unit)


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


async def test_follow_up_is_asked_at_nine_and_not_a_second_before() -> None:
    city = await followed()
    city.said()
    await city.time_passes(local("2026-09-22 08:59:59"))
    assert city.said() == []
    await city.time_passes(local("2026-09-22 09:00"))
    (due,) = city.said()
    assert isinstance(due, FollowUpDue)
    assert (due.number, due.ambassador_id) == (1, AMBASSADOR)


async def test_unanswered_follow_up_is_reminded_and_then_the_child_is_out_of_sight() -> None:
    city, _ = await asked()
    await city.time_passes(local("2026-09-25 08:59:59"))
    assert city.said_names() == []
    await city.time_passes(local("2026-09-25 09:00"))
    assert city.said_names() == ["FollowUpReminderDue"]
    await city.time_passes(local("2026-09-30 09:00"))
    assert city.said_names() == ["FollowUpMissed", "ChildOutOfSight", "EscalationRaised"]
    assert (await city.watch()).out_of_sight_since == local("2026-09-30 09:00")


async def test_child_out_of_sight_is_said_again_until_a_person_acts() -> None:
    city, _ = await asked()
    await city.time_passes(local("2026-09-30 09:00"))
    city.said()
    await city.time_passes(local("2026-10-05 09:00"))
    (again,) = city.said()
    assert isinstance(again, ChildOutOfSight)
    assert again.since == local("2026-09-30 09:00")
    (escalation,) = (await city.watch()).open_escalations
    async with city.units.begin() as unit:
        done = ResolveEscalation(CASE, escalation.escalation_id, Resolution.CALLED_AMBASSADOR, COORDINATOR)
        await resolve_escalation(done, unit)
    seen = city.said()[-1]
    assert isinstance(seen, CaseBackInSight)
    assert seen.seen_by == COORDINATOR
    await city.time_passes(local("2026-10-19 23:00"))
    assert city.said() == []


async def test_late_answer_brings_the_child_back_in_sight() -> None:
    city, due = await asked()
    await city.time_passes(local("2026-10-01 12:00"))
    city.said()
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    assert city.said_names() == ["FollowUpRecorded", "EscalationResolved", "CaseBackInSight"]
    assert (await city.watch()).open_escalations == []


async def test_going_well_leaves_the_next_follow_up_as_the_next_step() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    assert city.said_names() == ["FollowUpRecorded"]
    watch = await city.watch()
    assert watch.next_clock is not None
    assert watch.next_clock.due_at == local("2026-10-20 09:00")


async def test_new_question_starts_the_inventory_clock() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.NEW_QUESTION)
    (recorded,) = city.said()
    assert isinstance(recorded, FollowUpRecorded)
    assert city.timers()[f"inventory-late:{CASE}"] == local("2026-09-25 09:00")


async def test_call_me_puts_the_case_on_the_coordinators_list() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.CALL_ME)
    assert [one.reason for one in (await city.watch()).open_escalations] == [EscalationReason.CALL_ASKED]


async def test_second_answer_is_refused() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    with pytest.raises(FollowUpAlreadyAnswered):
        await answer(city, due, FollowUpAnswer.CALL_ME)


async def test_answer_after_the_case_closed_is_refused() -> None:
    city, due = await asked()
    await city.hears(closed(city.now))
    with pytest.raises(CaseNotWatched):
        await answer(city, due, FollowUpAnswer.GOING_WELL)


async def test_answer_before_the_question_is_refused() -> None:
    city = await followed()
    planned = next(one for one in (await city.watch()).follow_ups.values() if one.state is FollowUpState.SCHEDULED)
    async with city.units.begin() as unit:
        with pytest.raises(FollowUpNotAsked):
            await answer_follow_up(AnswerFollowUp(planned.follow_up_id, FollowUpAnswer.CALL_ME, AMBASSADOR), unit)


async def test_answer_to_an_unknown_follow_up_is_refused() -> None:
    city = await followed()
    async with city.units.begin() as unit:
        with pytest.raises(FollowUpNotFound):
            await answer_follow_up(AnswerFollowUp(an_id("nothing"), FollowUpAnswer.CALL_ME, AMBASSADOR), unit)


async def test_escalation_is_resolved_once() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.CALL_ME)
    (escalation,) = (await city.watch()).open_escalations
    done = ResolveEscalation(CASE, escalation.escalation_id, Resolution.CALLED_AMBASSADOR, COORDINATOR)
    async with city.units.begin() as unit:
        await resolve_escalation(done, unit)
    async with city.units.begin() as unit:
        with pytest.raises(EscalationNotOpen):
            await resolve_escalation(done, unit)


async def test_plan_that_is_finished_waits_for_a_person_to_decide() -> None:
    city = await followed()
    for _ in range(6):
        watch = await city.watch()
        assert watch.next_clock is not None
        await city.time_passes(watch.next_clock.due_at)
        (due,) = (event for event in city.said() if isinstance(event, FollowUpDue))
        await answer(city, due, FollowUpAnswer.GOING_WELL)
    (escalation,) = (await city.watch()).open_escalations
    assert escalation.reason is EscalationReason.PLAN_FINISHED
    async with city.units.begin() as unit:
        done = ResolveEscalation(CASE, escalation.escalation_id, Resolution.KEEP_WATCHING, COORDINATOR)
        await resolve_escalation(done, unit)
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
    (escalation,) = (await city.watch()).open_escalations
    async with city.units.begin() as unit:
        done = ResolveEscalation(CASE, escalation.escalation_id, Resolution.ASKED_OTHER_PARTNER, COORDINATOR)
        await resolve_escalation(done, unit)
    await city.time_passes(local("2026-09-22 09:00"))
    (due,) = (event for event in city.said() if isinstance(event, FollowUpDue))
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    watch = await city.watch()
    assert watch.next_clock is not None
    assert watch.next_clock.due_at == local("2026-11-03 09:00")
