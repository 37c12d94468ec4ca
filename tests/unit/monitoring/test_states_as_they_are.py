"""What partners, families and ambassadors can say beside yes and no, and what somebody looks after then."""

from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.need import NeedState
from services.monitoring.domain.referral import ReferralState
from services.monitoring.domain.state import CaseState, state_of
from shared.events import case_codes, intake, matching, referral_codes
from shared.events.base import Beneficiary, Urgency
from shared.events.monitoring import EscalationReason, HandoverReminderDue, WaitlistDue
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    FUND_CONTACT,
    TUESDAY,
    a_need,
    an_id,
    answer_by,
    closed,
    handed_over,
    help_delivered,
    help_failed,
    help_started,
    local,
    needs_assessed,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
    urgent_need_raised,
)
from tests.unit.monitoring.twin import Monitoring

FIRST = referral()["referral_id"]
ABOUT: dict[str, Any] = {"subject": CASE, "occurred_at": TUESDAY, **referral()}


async def asked() -> Monitoring:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated())
    monitoring.published()
    return monitoring


async def reasons(monitoring: Monitoring) -> list[EscalationReason]:
    return [one.reason for one in (await monitoring.watch()).open_escalations]


async def test_urgent_need_is_watched_while_the_inventory_is_awaited() -> None:
    monitoring = Monitoring()
    coat = a_need("coat", Urgency.TODAY)
    await monitoring.consumes(request_received(needs=(coat,)), urgent_need_raised(TUESDAY, (coat,)))
    assert {f"matching-late:{CASE}", f"inventory-late:{CASE}"} <= monitoring.timers().keys()
    await monitoring.consumes(partner_activated(urgency=Urgency.TODAY, need="coat"))
    assert await reasons(monitoring) == []
    assert f"answer-expire:{FIRST}" in monitoring.timers()
    await monitoring.consumes(needs_assessed(needs=(coat, a_need())))
    watch = await monitoring.watch()
    assert [one.state for one in watch.needs.values()] == [NeedState.WITH_PARTNER, NeedState.WAITING]


async def test_partner_that_can_help_later_is_asked_to_begin_on_its_day_and_then_the_desk_looks() -> None:
    monitoring = await asked()
    await monitoring.consumes(matching.PartnerWaitlisted(**ABOUT, from_day=date(2026, 10, 5)))
    assert not any(key.startswith("answer-") for key in monitoring.timers())
    await monitoring.time_passes(local("2026-10-05 09:00"))
    (due,) = (event for event in monitoring.published() if isinstance(event, WaitlistDue))
    assert (due.referral_id, due.due_at) == (FIRST, local("2026-10-05 09:00"))
    await monitoring.time_passes(local("2026-10-08 17:00"))
    assert EscalationReason.WAITLIST_LATE in await reasons(monitoring)
    await monitoring.consumes(partner_accepted(monitoring.now, date(2026, 10, 12)))
    assert EscalationReason.WAITLIST_LATE not in await reasons(monitoring)


async def test_question_of_a_partner_stops_its_time_and_starts_that_of_the_ambassador() -> None:
    monitoring = await asked()
    question = an_id("question")
    await monitoring.consumes(matching.InformationRequested(**ABOUT, question_id=question))
    assert monitoring.timers() == {f"question-late:{FIRST}": local("2026-09-10 10:00")}
    await monitoring.time_passes(local("2026-09-10 10:00"))
    assert await reasons(monitoring) == [EscalationReason.QUESTION_UNANSWERED]
    answered = matching.InformationAnswered(
        **{**ABOUT, "occurred_at": monitoring.now}, question_id=question, answer_by=answer_by(monitoring.now)
    )
    await monitoring.consumes(answered)
    assert await reasons(monitoring) == []
    assert monitoring.timers()[f"answer-expire:{FIRST}"] == answered.answer_by


async def test_planned_day_of_meeting_is_watched_instead_of_first_contact() -> None:
    monitoring = await asked()
    await monitoring.consumes(
        partner_accepted(TUESDAY, date(2026, 9, 9)),
        matching.HandoverPlanned(**ABOUT, on=date(2026, 9, 17), planned_by=AMBASSADOR),
    )
    assert monitoring.timers() == {
        f"handover-remind:{FIRST}": local("2026-09-18 09:00"),
        f"handover-late:{FIRST}": local("2026-09-21 17:00"),
    }
    await monitoring.time_passes(local("2026-09-21 17:00"))
    assert isinstance(monitoring.published()[0], HandoverReminderDue)
    assert await reasons(monitoring) == [EscalationReason.HANDOVER_LATE]
    await monitoring.consumes(handed_over(monitoring.now))
    assert await reasons(monitoring) == []


async def test_help_that_does_not_begin_after_they_met_is_with_the_desk() -> None:
    monitoring = await asked()
    await monitoring.consumes(partner_accepted(TUESDAY, TUESDAY.date()), handed_over(TUESDAY))
    await monitoring.time_passes(local("2026-09-22 10:00"))
    assert await reasons(monitoring) == [EscalationReason.HELP_NOT_STARTED]
    await monitoring.consumes(help_started(monitoring.now))
    assert await reasons(monitoring) == []


async def test_after_help_that_stopped_nobody_is_missed_before_the_wish_of_the_family_is_known() -> None:
    monitoring = await asked()
    await monitoring.consumes(
        partner_accepted(TUESDAY, TUESDAY.date()), help_failed(TUESDAY, referral_codes.FailureReason.PARTNER_STOPPED)
    )
    assert await reasons(monitoring) == [EscalationReason.HELP_FAILED]
    assert f"matching-late:{CASE}" not in monitoring.timers()
    await monitoring.time_passes(local("2026-09-11 10:00"))
    assert await reasons(monitoring) == [EscalationReason.HELP_FAILED, EscalationReason.FAMILY_WISH_UNKNOWN]
    assert state_of(await monitoring.watch()) is CaseState.AWAITING_WISH
    stopped = matching.SearchStopped(
        subject=CASE, occurred_at=monitoring.now, case_code=CODE, need_id=an_id("bike"), stopped_by=AMBASSADOR
    )
    await monitoring.consumes(stopped)
    assert await reasons(monitoring) == []
    assert monitoring.timers()


async def test_rest_of_a_need_that_was_met_for_a_part_is_looked_for_and_followed() -> None:
    monitoring = await asked()
    await monitoring.consumes(
        help_delivered(TUESDAY),
        outcome_confirmed(TUESDAY, referral_codes.Outcome.PARTLY, rest=referral_codes.RestOfNeed.LOOK_FURTHER),
    )
    watch = await monitoring.watch()
    assert watch.needs[an_id("bike")].state is NeedState.WAITING
    assert any(one.is_pending for one in watch.follow_ups.values())


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (case_codes.NeedResult.MET, NeedState.DONE),
        (case_codes.NeedResult.NO_LONGER_WANTED, NeedState.DONE),
        (case_codes.NeedResult.NOT_MET, NeedState.WITH_PARTNER),
    ],
)
async def test_what_became_of_a_need_is_kept_when_the_case_is_closed(
    result: case_codes.NeedResult, state: NeedState
) -> None:
    monitoring = await asked()
    bike = intake.ClosedNeed(need_id=an_id("bike"), result=result)
    await monitoring.consumes(closed(TUESDAY).model_copy(update={"needs": (bike,)}))
    assert (await monitoring.watch()).needs[an_id("bike")].state is state


async def test_child_is_looked_after_when_only_its_parents_are_helped() -> None:
    monitoring = Monitoring()
    debt = a_need("debt", beneficiary=Beneficiary.PARENT)
    await monitoring.consumes(
        request_received(), needs_assessed(needs=(debt,)), partner_activated(need="debt"),
    )  # fmt: skip
    assert await reasons(monitoring) == []
    await monitoring.consumes(partner_accepted(TUESDAY, TUESDAY.date(), need="debt"))
    assert await reasons(monitoring) == [EscalationReason.CHILD_WITHOUT_HELP]
    await monitoring.consumes(help_started(TUESDAY, need="debt"))
    assert (await reasons(monitoring)).count(EscalationReason.CHILD_WITHOUT_HELP) == 1


async def test_child_with_help_of_its_own_is_on_no_list_for_that() -> None:
    monitoring = Monitoring()
    debt = a_need("debt", beneficiary=Beneficiary.PARENT)
    await monitoring.consumes(
        request_received(), needs_assessed(needs=(debt, a_need())), partner_activated(need="debt"),
        partner_accepted(TUESDAY, TUESDAY.date(), need="debt"), partner_activated(name="second"),
        partner_accepted(TUESDAY, TUESDAY.date(), "second"),
    )  # fmt: skip
    assert await reasons(monitoring) == []


async def test_another_partner_that_the_family_prefers_takes_the_place_of_the_one_with_a_waiting_list() -> None:
    monitoring = await asked()
    replaced = matching.ReferralWithdrawn(**ABOUT, was_helping=False, reason=referral_codes.WithdrawReason.REPLACED)
    await monitoring.consumes(
        matching.PartnerWaitlisted(**ABOUT, from_day=date(2026, 10, 5)), partner_activated(name="second"), replaced
    )
    watch = await monitoring.watch()
    assert watch.referrals[FIRST].state is ReferralState.ENDED
    assert watch.needs[an_id("bike")].state is NeedState.WITH_PARTNER


async def test_one_side_that_says_they_met_gives_the_other_its_time_to_say_so_too() -> None:
    monitoring = await asked()
    await monitoring.consumes(partner_accepted(TUESDAY, TUESDAY.date()))
    await monitoring.time_passes(local("2026-09-10 17:00"))
    assert await reasons(monitoring) == [EscalationReason.FIRST_CONTACT_LATE]
    told = matching.HandoverConfirmed(
        **{**ABOUT, "occurred_at": monitoring.now}, on=date(2026, 9, 10), party=referral_codes.Party.PARTNER,
        confirmed_by=FUND_CONTACT,
    )  # fmt: skip
    await monitoring.consumes(told)
    assert await reasons(monitoring) == []
    assert monitoring.timers()[f"handover-late:{FIRST}"] == local("2026-09-14 17:00")


async def test_help_that_did_not_help_is_on_the_list() -> None:
    monitoring = await asked()
    await monitoring.consumes(help_delivered(TUESDAY), outcome_confirmed(TUESDAY, referral_codes.Outcome.NOT_HELPED))
    assert await reasons(monitoring) == [EscalationReason.HELP_FAILED]
