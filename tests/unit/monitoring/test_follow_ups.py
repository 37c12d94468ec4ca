from datetime import timedelta

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
from services.monitoring.handlers import answer_follow_up, resolve_escalation
from shared.events.monitoring import (
    CaseBackInSight,
    ChildOutOfSight,
    EscalationReason,
    FollowUpAnswer,
    FollowUpDue,
    FollowUpRecorded,
)
from tests.unit.monitoring.given import (
    AMBASSADOR,
    CASE,
    COORDINATOR,
    City,
    an_id,
    answer,
    closed,
    followed,
    local,
)


async def asked() -> tuple[City, FollowUpDue]:
    city = await followed()
    await city.time_passes(local("2026-09-22 09:00"))
    due = [event for event in city.said() if isinstance(event, FollowUpDue)]
    assert len(due) == 1
    return city, due[0]


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


async def test_call_that_was_asked_by_mistake_is_off_the_list_when_the_answer_changes() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.CALL_ME)
    city.clock.forward(timedelta(minutes=5))
    city.said()
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    assert city.said_names() == ["FollowUpRecorded", "EscalationResolved"]
    assert (await city.watch()).open_escalations == []


async def test_call_that_an_earlier_answer_asked_for_stays_on_the_list() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.CALL_ME)
    await city.time_passes(local("2026-10-20 09:00"))
    (later,) = (event for event in city.said() if isinstance(event, FollowUpDue))
    await answer(city, later, FollowUpAnswer.CALL_ME)
    city.clock.forward(timedelta(minutes=5))
    await answer(city, later, FollowUpAnswer.GOING_WELL)
    assert [one.reason for one in (await city.watch()).open_escalations] == [EscalationReason.CALL_ASKED]


async def test_new_question_stands_because_its_inventory_is_open_already() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    city.clock.forward(timedelta(minutes=5))
    await answer(city, due, FollowUpAnswer.NEW_QUESTION)
    assert f"inventory-late:{CASE}" in city.timers()
    with pytest.raises(FollowUpAlreadyAnswered):
        await answer(city, due, FollowUpAnswer.GOING_WELL)


async def test_changed_answer_can_be_changed_again_for_half_an_hour_from_then() -> None:
    city, due = await asked()
    for choice in (FollowUpAnswer.GOING_WELL, FollowUpAnswer.CALL_ME, FollowUpAnswer.GOING_WELL):
        await answer(city, due, choice)
        city.clock.forward(timedelta(minutes=20))
    assert (await city.watch()).open_escalations == []


async def test_answer_is_not_changed_after_the_case_closed() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    await city.hears(closed(city.now))
    with pytest.raises(FollowUpAlreadyAnswered):
        await answer(city, due, FollowUpAnswer.CALL_ME)


async def test_second_answer_is_refused_after_half_an_hour() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    city.clock.forward(timedelta(minutes=30))
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
