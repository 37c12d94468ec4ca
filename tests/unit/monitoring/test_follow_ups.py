from dataclasses import replace
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
from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.handlers.desk import resolve_escalation
from services.monitoring.handlers.follow_ups import answer_follow_up
from shared.events.desk_codes import Resolution
from shared.events.monitoring import (
    CaseBackInSight,
    ChildOutOfSight,
    EscalationReason,
    FollowUpAnswer,
    FollowUpDue,
)
from tests.unit.monitoring.builders import AMBASSADOR, CASE, COORDINATOR, an_id, closed, local
from tests.unit.monitoring.twin import Monitoring, answer, followed


async def asked() -> tuple[Monitoring, FollowUpDue]:
    monitoring = await followed()
    await monitoring.time_passes(local("2026-09-22 09:00"))
    due = [event for event in monitoring.published() if isinstance(event, FollowUpDue)]
    assert len(due) == 1
    return monitoring, due[0]


async def test_follow_up_is_asked_at_nine_and_not_a_second_before() -> None:
    monitoring = await followed()
    monitoring.published()
    await monitoring.time_passes(local("2026-09-22 08:59:59"))
    assert monitoring.published() == []
    await monitoring.time_passes(local("2026-09-22 09:00"))
    (due,) = monitoring.published()
    assert isinstance(due, FollowUpDue)
    assert (due.number, due.ambassador_id) == (1, AMBASSADOR)


async def test_unanswered_follow_up_is_reminded_and_then_the_child_is_out_of_sight() -> None:
    monitoring, _ = await asked()
    await monitoring.time_passes(local("2026-09-25 08:59:59"))
    assert monitoring.published_names() == []
    await monitoring.time_passes(local("2026-09-25 09:00"))
    assert monitoring.published_names() == ["FollowUpReminderDue"]
    await monitoring.time_passes(local("2026-09-30 09:00"))
    assert monitoring.published_names() == ["FollowUpMissed", "ChildOutOfSight", "EscalationRaised"]
    assert (await monitoring.watch()).out_of_sight_since == local("2026-09-30 09:00")


async def test_child_out_of_sight_is_said_again_until_a_person_acts() -> None:
    monitoring, _ = await asked()
    await monitoring.time_passes(local("2026-09-30 09:00"))
    monitoring.published()
    await monitoring.time_passes(local("2026-10-05 09:00"))
    (again,) = (event for event in monitoring.published() if isinstance(event, ChildOutOfSight))
    assert isinstance(again, ChildOutOfSight)
    assert again.since == local("2026-09-30 09:00")
    (escalation,) = (await monitoring.watch()).open_escalations
    async with monitoring.units.begin() as unit:
        done = ResolveEscalation(CASE, escalation.escalation_id, Resolution.CALLED_AMBASSADOR, COORDINATOR)
        await resolve_escalation(done, unit)
    seen = monitoring.published()[-1]
    assert isinstance(seen, CaseBackInSight)
    assert seen.seen_by == COORDINATOR
    await monitoring.time_passes(local("2026-10-19 23:00"))
    assert monitoring.published() == []


async def test_late_answer_brings_the_child_back_in_sight() -> None:
    monitoring, due = await asked()
    await monitoring.time_passes(local("2026-10-01 12:00"))
    monitoring.published()
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    assert monitoring.published_names() == ["FollowUpRecorded", "EscalationResolved", "CaseBackInSight"]
    assert (await monitoring.watch()).open_escalations == []


async def test_going_well_leaves_the_next_follow_up_as_the_next_step() -> None:
    monitoring, due = await asked()
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    assert monitoring.published_names() == ["FollowUpRecorded"]
    watch = await monitoring.watch()
    assert watch.next_clock is not None
    assert watch.next_clock.due_at == local("2026-10-20 09:00")


async def test_call_me_puts_the_case_on_the_coordinators_list() -> None:
    monitoring, due = await asked()
    await answer(monitoring, due, FollowUpAnswer.CALL_ME)
    assert [one.reason for one in (await monitoring.watch()).open_escalations] == [EscalationReason.CALL_ASKED]


async def test_call_that_was_asked_by_mistake_is_off_the_list_when_the_answer_changes() -> None:
    monitoring, due = await asked()
    await answer(monitoring, due, FollowUpAnswer.CALL_ME)
    monitoring.clock.forward(timedelta(minutes=5))
    monitoring.published()
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    assert monitoring.published_names() == ["FollowUpRecorded", "EscalationResolved"]
    assert (await monitoring.watch()).open_escalations == []


async def test_call_that_an_earlier_answer_asked_for_stays_on_the_list() -> None:
    monitoring, due = await asked()
    await answer(monitoring, due, FollowUpAnswer.CALL_ME)
    await monitoring.time_passes(local("2026-10-20 09:00"))
    (later,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
    await answer(monitoring, later, FollowUpAnswer.CALL_ME)
    monitoring.clock.forward(timedelta(minutes=5))
    await answer(monitoring, later, FollowUpAnswer.GOING_WELL)
    assert [one.reason for one in (await monitoring.watch()).open_escalations] == [EscalationReason.CALL_ASKED]


async def test_new_question_stands_because_its_inventory_is_open_already() -> None:
    monitoring, due = await asked()
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    monitoring.clock.forward(timedelta(minutes=5))
    await answer(monitoring, due, FollowUpAnswer.NEW_QUESTION)
    assert f"inventory-late:{CASE}" in monitoring.timers()
    with pytest.raises(FollowUpAlreadyAnswered):
        await answer(monitoring, due, FollowUpAnswer.GOING_WELL)


async def test_changed_answer_can_be_changed_again_for_half_an_hour_from_then() -> None:
    monitoring, due = await asked()
    for choice in (FollowUpAnswer.GOING_WELL, FollowUpAnswer.CALL_ME, FollowUpAnswer.GOING_WELL):
        await answer(monitoring, due, choice)
        monitoring.clock.forward(timedelta(minutes=20))
    assert (await monitoring.watch()).open_escalations == []


async def test_answer_is_not_changed_after_the_case_closed() -> None:
    monitoring, due = await asked()
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    await monitoring.consumes(closed(monitoring.now))
    with pytest.raises(FollowUpAlreadyAnswered):
        await answer(monitoring, due, FollowUpAnswer.CALL_ME)


async def test_second_answer_is_refused_after_half_an_hour() -> None:
    monitoring, due = await asked()
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    monitoring.clock.forward(timedelta(minutes=30))
    with pytest.raises(FollowUpAlreadyAnswered):
        await answer(monitoring, due, FollowUpAnswer.CALL_ME)


async def test_answer_after_the_case_closed_is_refused() -> None:
    monitoring, due = await asked()
    await monitoring.consumes(closed(monitoring.now))
    with pytest.raises(CaseNotWatched):
        await answer(monitoring, due, FollowUpAnswer.GOING_WELL)


async def test_answer_before_the_question_is_refused() -> None:
    monitoring = await followed()
    planned = next(
        one for one in (await monitoring.watch()).follow_ups.values() if one.state is FollowUpState.SCHEDULED
    )
    async with monitoring.units.begin() as unit:
        with pytest.raises(FollowUpNotAsked):
            await answer_follow_up(AnswerFollowUp(planned.follow_up_id, FollowUpAnswer.CALL_ME, AMBASSADOR), unit)


async def test_answer_to_an_unknown_follow_up_is_refused() -> None:
    monitoring = await followed()
    async with monitoring.units.begin() as unit:
        with pytest.raises(FollowUpNotFound):
            await answer_follow_up(AnswerFollowUp(an_id("nothing"), FollowUpAnswer.CALL_ME, AMBASSADOR), unit)


async def test_escalation_is_resolved_once() -> None:
    monitoring, due = await asked()
    await answer(monitoring, due, FollowUpAnswer.CALL_ME)
    (escalation,) = (await monitoring.watch()).open_escalations
    done = ResolveEscalation(CASE, escalation.escalation_id, Resolution.CALLED_AMBASSADOR, COORDINATOR)
    for _ in range(2):
        async with monitoring.units.begin() as unit:
            await resolve_escalation(done, unit)
    assert monitoring.published_names().count("EscalationResolved") == 1
    async with monitoring.units.begin() as unit:
        with pytest.raises(EscalationNotOpen):
            await resolve_escalation(replace(done, resolution=Resolution.CALLED_PARTNER), unit)
