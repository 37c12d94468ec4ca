"""A case that stands still for safety asks nobody anything, is nowhere to be seen, and goes on after it."""

from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.board import BoardFilter
from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.errors import FollowUpNotFound
from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.handlers.follow_ups import show_follow_up, show_follow_ups
from shared.events import family_safety, intake, notify, referral_terms
from shared.events.base import Event, Urgency
from shared.events.monitoring import EscalationRaised, EscalationReason
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    TUESDAY,
    a_need,
    an_id,
    day_of,
    local,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_activated,
    paused,
    referral,
    request_received,
)
from tests.unit.monitoring.silence import waits
from tests.unit.monitoring.twin import Monitoring

SET = family_safety.SafetyHoldSet(
    subject=CASE, occurred_at=TUESDAY, case_code=CODE, ambassador_id=AMBASSADOR, set_by=AMBASSADOR
)
MORNING = "09:00"


def lifted(monitoring: Monitoring) -> Event:
    return family_safety.SafetyHoldLifted(
        subject=CASE, occurred_at=monitoring.now, case_code=CODE, lifted_by=AMBASSADOR
    )


async def kinds(monitoring: Monitoring) -> set[ClockKind]:
    return {clock.kind for clock in (await monitoring.watch()).clocks.values()}


@pytest.mark.parametrize("name", sorted(waits(Urgency.TODAY)))
async def test_whatever_waited_is_silent_for_a_year_and_every_clock_comes_back(name: str) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(*waits(Urgency.TODAY)[name])
    before = await kinds(monitoring)
    monitoring.published()

    await monitoring.consumes(SET)
    assert not monitoring.timers()
    await monitoring.days_pass(365)
    assert monitoring.published() == []

    await monitoring.consumes(lifted(monitoring))
    # A reminder before the term may be over in a short term that begins at night; what ends the term never is.
    assert before - {ClockKind.ANSWER_REMIND, ClockKind.INVENTORY_REMIND} <= await kinds(monitoring)
    today = day_of(monitoring.now)
    assert all(day_of(due_at) > today for due_at in monitoring.timers().values()), "something fires at once"


async def test_who_is_needed_today_is_asked_on_the_morning_on_which_the_hold_was_lifted_before_work() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(needs=(a_need(urgency=Urgency.TODAY),)), SET)
    await monitoring.time_passes(local("2026-09-14 07:30"))
    await monitoring.consumes(lifted(monitoring))
    assert min(monitoring.timers().values()) < local("2026-09-14 12:00")


async def test_a_rest_is_over_with_the_hold() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), paused(TUESDAY, date(2026, 10, 5)), SET)
    await monitoring.consumes(lifted(monitoring))
    assert not (await monitoring.watch()).is_paused
    assert ClockKind.INVENTORY_LATE in await kinds(monitoring)


async def test_partner_that_had_not_answered_has_a_new_term() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(TUESDAY), SET)
    await monitoring.days_pass(30)
    answer_by = local("2026-11-20 12:00")
    renewed = referral_terms.AnswerTermRenewed(
        subject=CASE, occurred_at=monitoring.now, **referral(), answer_by=answer_by
    )
    await monitoring.consumes(lifted(monitoring), renewed)
    expire = f"{ClockKind.ANSWER_EXPIRE}:{referral()['referral_id']}"
    assert monitoring.timers()[expire] == answer_by


async def test_new_term_that_is_heard_before_the_lifting_starts_nothing_until_that() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(TUESDAY), SET)
    renewed = referral_terms.AnswerTermRenewed(
        subject=CASE, occurred_at=monitoring.now, **referral(), answer_by=local("2026-11-20 12:00")
    )
    await monitoring.consumes(renewed)
    assert not monitoring.timers()
    await monitoring.consumes(lifted(monitoring))
    assert ClockKind.ANSWER_EXPIRE in await kinds(monitoring)


async def test_help_that_is_confirmed_meanwhile_has_its_plan_afterwards() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(TUESDAY), SET)
    await monitoring.consumes(outcome_confirmed(TUESDAY))
    assert not monitoring.timers()
    await monitoring.consumes(lifted(monitoring))
    plan = [one for one in (await monitoring.watch()).follow_ups.values() if one.state is FollowUpState.SCHEDULED]
    assert plan


async def test_new_question_that_is_heard_meanwhile_is_awaited_afterwards() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found(), SET)
    await monitoring.consumes(intake.NewQuestionRaised(subject=CASE, occurred_at=TUESDAY, raised_by=AMBASSADOR))
    assert not monitoring.timers()
    await monitoring.consumes(lifted(monitoring))
    assert ClockKind.INVENTORY_LATE in await kinds(monitoring)


async def test_board_search_figures_and_school_see_nothing_and_the_desk_its_number_and_since_when() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), partner_activated(TUESDAY), outcome_confirmed(TUESDAY), SET)
    follow_up_id = next(iter((await monitoring.watch()).follow_ups))
    school = an_id("school")
    async with monitoring.units.begin() as unit:
        for wanted in (
            BoardFilter(),
            BoardFilter(text=CODE),
            BoardFilter(with_ended=True),
            BoardFilter(stuck_only=True),
        ):
            assert await unit.board.count_cases(wanted) == 0
            assert await unit.board.list_cases(wanted, limit=10) == []
        figures = await unit.board.read_figures(unit.now)
        assert (figures.open_cases, figures.stuck, figures.without_next_step) == (0, 0, 0)
        pace = await unit.board.read_pace(BoardFilter())
        assert pace.answer.cases == 0
        assert await show_follow_ups(school, unit, after=None, limit=10) == []
        assert await show_follow_ups(school, unit, after=None, limit=10, case_id=CASE) == []
        with pytest.raises(FollowUpNotFound):
            await show_follow_up(follow_up_id, school, unit)
        (held,) = await unit.board.list_held()
    assert (held.case_code, held.held_since) == (CODE, TUESDAY)


async def test_nothing_of_it_stands_on_the_timeline() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received())
    async with monitoring.units.begin() as unit:
        before = len(await unit.timeline.list_of_case(CASE))
    await monitoring.consumes(SET, lifted(monitoring))
    async with monitoring.units.begin() as unit:
        assert len(await unit.timeline.list_of_case(CASE)) == before


MAIL: dict[str, Any] = {
    "occurred_at": TUESDAY, "template": "partner-activated", "recipient_id": AMBASSADOR, "case_id": CASE,
    "case_code": CODE, "attempt": 1,
}  # fmt: skip


def refused(name: str) -> Event:
    return notify.MessageRefused(subject=an_id(name), kind=notify.RefusalKind.NO_ADDRESS, **MAIL)


def arrived(name: str) -> Event:
    return notify.MessageAccepted(subject=an_id(name), accepted_at=TUESDAY, **MAIL)


async def test_mail_that_was_refused_meanwhile_is_on_the_list_afterwards_unless_it_arrived_after_all() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), SET)
    await monitoring.consumes(refused("mail"), refused("other"))
    await monitoring.consumes(arrived("other"))
    monitoring.published()
    await monitoring.consumes(lifted(monitoring))
    raised = [one for one in monitoring.published() if isinstance(one, EscalationRaised)]
    assert [one.reason for one in raised] == [EscalationReason.MAIL_NOT_DELIVERED]
    listed = [one.about.message_id for one in (await monitoring.watch()).open_escalations]
    assert (an_id("mail") in listed, an_id("other") in listed) == (True, False)
    assert (await monitoring.watch()).undelivered == ()
