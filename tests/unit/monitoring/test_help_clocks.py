from datetime import date

from services.monitoring.commands import ResolveEscalation
from services.monitoring.domain.state import CaseState, state_of
from services.monitoring.handlers.desk import resolve_escalation
from shared.events import intake, referral_codes
from shared.events.base import Urgency
from shared.events.desk_codes import Resolution
from shared.events.intake import NewQuestionRaised
from shared.events.monitoring import EscalationRaised, EscalationReason, FollowUpScheduled
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    TUESDAY,
    a_need,
    acknowledged,
    an_id,
    closed,
    handed_over,
    help_delivered,
    help_failed,
    local,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring, helped


async def accepted() -> Monitoring:
    monitoring = Monitoring()
    await monitoring.consumes(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, date(2026, 9, 11))
    )
    monitoring.published()
    return monitoring


async def reasons(monitoring: Monitoring) -> list[EscalationReason]:
    return [one.reason for one in (await monitoring.watch()).open_escalations]


async def test_request_without_inventory_is_on_the_list_after_three_working_days() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), acknowledged())
    monitoring.published()
    await monitoring.time_passes(local("2026-09-11 09:59:59"))
    assert monitoring.published_names() == ["InventoryReminderDue", "InventoryReminderDue"]
    await monitoring.time_passes(local("2026-09-11 10:00"))
    assert monitoring.published_names() == ["EscalationRaised"]
    await monitoring.consumes(needs_assessed(monitoring.now))
    assert monitoring.published_names() == ["EscalationResolved"]


async def test_request_that_says_today_is_on_the_list_after_one_working_day() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(needs=(a_need("lessons"), a_need(urgency=Urgency.TODAY))))
    assert monitoring.timers()[f"inventory-late:{CASE}"] == local("2026-09-09 10:00")


async def test_new_question_after_an_urgent_request_has_the_usual_time() -> None:
    monitoring = Monitoring()
    today = (a_need(urgency=Urgency.TODAY),)
    question = NewQuestionRaised(subject=CASE, occurred_at=TUESDAY, raised_by=AMBASSADOR)
    await monitoring.consumes(request_received(needs=today), needs_assessed(needs=today), partner_activated(), question)
    assert monitoring.timers()[f"inventory-late:{CASE}"] == local("2026-09-11 10:00")


async def test_home_visit_gives_the_inventory_time_until_after_the_visit() -> None:
    monitoring = Monitoring()
    visit = intake.HomeVisitPlanned(
        subject=CASE, occurred_at=TUESDAY, case_code=CODE, ambassador_id=AMBASSADOR, planned_for=date(2026, 9, 18),
        interpreter_needed=True,
    )  # fmt: skip
    await monitoring.consumes(request_received(), acknowledged(), visit)
    assert monitoring.timers() == {
        f"inventory-remind:{CASE}": local("2026-09-21 17:00"),
        f"home-visit-late:{CASE}": local("2026-09-22 17:00"),
        f"inventory-late:{CASE}": local("2026-09-23 17:00"),
    }


async def test_first_contact_is_overdue_two_working_days_after_the_promised_day() -> None:
    monitoring = await accepted()
    await monitoring.time_passes(local("2026-09-14 08:59:59"))
    assert monitoring.published_names() == []
    await monitoring.time_passes(local("2026-09-15 16:59:59"))
    assert monitoring.published_names() == ["HandoverReminderDue"]
    await monitoring.time_passes(local("2026-09-15 17:00"))
    assert monitoring.published_names() == ["EscalationRaised"]


async def test_handover_stops_the_first_contact_clock_and_keeps_the_child_in_sight() -> None:
    monitoring = await accepted()
    await monitoring.consumes(handed_over(TUESDAY))
    assert f"first-contact-late:{referral()['referral_id']}" not in monitoring.timers()
    assert [type(event) for event in monitoring.published()] == [FollowUpScheduled]
    assert state_of(await monitoring.watch()) is CaseState.HELP_UNDER_WAY


async def test_delivered_help_is_asked_after_in_five_working_days_and_with_the_desk_in_ten() -> None:
    monitoring = await accepted()
    await monitoring.consumes(handed_over(TUESDAY), help_delivered(TUESDAY))
    monitoring.published()
    await monitoring.time_passes(local("2026-09-15 09:59:59"))
    assert monitoring.published_names() == []
    await monitoring.time_passes(local("2026-09-15 10:00"))
    assert monitoring.published_names() == ["ConfirmationReminderDue"]
    await monitoring.time_passes(local("2026-09-22 10:00"))
    assert monitoring.published_names() == ["FollowUpDue", "EscalationRaised"]
    await monitoring.consumes(outcome_confirmed(monitoring.now))
    assert await reasons(monitoring) == []


async def test_failed_help_is_on_the_list_until_another_partner_says_yes() -> None:
    monitoring = await accepted()
    await monitoring.consumes(handed_over(TUESDAY), help_failed(TUESDAY, referral_codes.FailureReason.PARTNER_STOPPED))
    assert await reasons(monitoring) == [EscalationReason.HELP_FAILED]
    await monitoring.consumes(
        partner_activated(TUESDAY, "second"), partner_accepted(TUESDAY, date(2026, 9, 20), "second")
    )
    assert await reasons(monitoring) == []


async def test_nobody_found_is_on_the_list_with_one_follow_up_in_two_weeks() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    said = monitoring.published()
    assert [type(event) for event in said[2:]] == [EscalationRaised, FollowUpScheduled]
    assert isinstance(said[3], FollowUpScheduled)
    assert said[3].due_at == local("2026-09-22 09:00")
    assert await reasons(monitoring) == [EscalationReason.NO_PARTNER_FOUND]
    await monitoring.consumes(no_partner_found())
    assert monitoring.published() == []


async def test_person_who_resolves_it_leaves_the_case_with_a_next_step() -> None:
    monitoring = await accepted()
    await monitoring.time_passes(local("2026-09-15 17:00"))
    (escalation,) = (await monitoring.watch()).open_escalations
    monitoring.published()
    async with monitoring.units.begin() as unit:
        done = ResolveEscalation(CASE, escalation.escalation_id, Resolution.CALLED_PARTNER, COORDINATOR)
        await resolve_escalation(done, unit)
    assert monitoring.published_names() == ["EscalationResolved"]
    assert monitoring.timers() == {
        f"handover-remind:{referral()['referral_id']}": local("2026-09-16 09:00"),
        f"first-contact-late:{referral()['referral_id']}": local("2026-09-17 17:00"),
    }


async def test_closed_case_has_no_clocks_and_is_on_no_list() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    monitoring.published()
    await monitoring.consumes(closed(TUESDAY))
    assert monitoring.timers() == {}
    assert monitoring.published_names() == ["EscalationResolved"]
    await monitoring.days_pass(400)
    assert monitoring.published() == []


async def test_withdrawn_case_stays_silent_when_late_facts_arrive() -> None:
    monitoring = Monitoring()
    withdrawn = intake.CaseWithdrawn(
        subject=CASE, occurred_at=TUESDAY, case_code=CODE, ambassador_id=AMBASSADOR, withdrawn_at=TUESDAY
    )
    await monitoring.consumes(request_received(), needs_assessed(), withdrawn)
    monitoring.published()
    await monitoring.consumes(partner_activated(), no_partner_found())
    assert monitoring.timers() == {}
    assert monitoring.published() == []


async def test_erased_case_is_forgotten_and_late_facts_do_not_revive_it() -> None:
    monitoring = Monitoring()
    await helped(monitoring)
    monitoring.published()
    await monitoring.consumes(intake.CaseErased(subject=CASE, occurred_at=TUESDAY), partner_activated(TUESDAY, "late"))
    assert monitoring.timers() == {}
    async with monitoring.units.begin() as unit:
        assert await unit.watches.get(CASE) is None
        assert await unit.timeline.list_of_case(CASE) == []


async def test_new_question_on_a_closed_case_opens_it_with_an_inventory_clock() -> None:
    monitoring = Monitoring()
    await helped(monitoring)
    await monitoring.consumes(
        closed(TUESDAY), NewQuestionRaised(subject=CASE, occurred_at=TUESDAY, raised_by=AMBASSADOR)
    )
    assert monitoring.timers()[f"inventory-late:{CASE}"] == local("2026-09-11 10:00")
    assert state_of(await monitoring.watch()) is CaseState.AWAITING_INVENTORY


async def test_need_that_depends_on_another_is_not_missed_before_its_turn() -> None:
    monitoring = Monitoring()
    later = a_need("lessons", depends_on=(an_id("bike"),))
    await monitoring.consumes(request_received(), needs_assessed(needs=(a_need(), later)), partner_activated())
    assert f"matching-late:{CASE}" not in monitoring.timers()
    await monitoring.consumes(
        partner_accepted(TUESDAY, TUESDAY.date()), help_delivered(TUESDAY), outcome_confirmed(TUESDAY)
    )
    assert monitoring.timers()[f"matching-late:{CASE}"] == local("2026-09-09 10:00")


async def test_timeline_shows_what_happened_and_what_monitoring_said() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    async with monitoring.units.begin() as unit:
        entries = await unit.timeline.list_of_case(CASE)
    assert [entry.what for entry in entries] == [
        "request-received", "escalation-raised", "needs-assessed", "escalation-resolved", "no-partner-found",
        "escalation-raised", "follow-up-scheduled",
    ]  # fmt: skip
