from datetime import date, datetime
from typing import Any

from services.monitoring.commands import ResolveEscalation
from services.monitoring.domain.escalation import Resolution
from services.monitoring.domain.rules import AMSTERDAM
from services.monitoring.domain.state import CaseState, state_of
from services.monitoring.handlers import resolve_escalation
from shared.events import intake, matching, notify
from shared.events.base import Urgency
from shared.events.intake import NewQuestionRaised
from shared.events.monitoring import EscalationRaised, EscalationReason, FollowUpScheduled
from tests.unit.monitoring.given import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    TUESDAY,
    City,
    a_need,
    an_id,
    closed,
    handed_over,
    help_delivered,
    help_failed,
    helped,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


async def accepted() -> City:
    city = City()
    await city.hears(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, date(2026, 9, 11))
    )
    city.said()
    return city


async def reasons(city: City) -> list[EscalationReason]:
    return [one.reason for one in (await city.watch()).open_escalations]


async def test_request_without_inventory_is_on_the_list_after_three_working_days() -> None:
    city = City()
    await city.hears(request_received())
    await city.time_passes(local("2026-09-11 09:59:59"))
    assert city.said_names() == []
    await city.time_passes(local("2026-09-11 10:00"))
    assert city.said_names() == ["AcknowledgementOverdue", "EscalationRaised"]
    await city.hears(needs_assessed(city.now))
    assert city.said_names() == ["EscalationResolved"]


async def test_request_that_says_today_is_on_the_list_after_one_working_day() -> None:
    city = City()
    await city.hears(request_received(needs=(a_need("lessons"), a_need(urgency=Urgency.TODAY))))
    assert city.timers() == {f"inventory-late:{CASE}": local("2026-09-09 10:00")}


async def test_new_question_after_an_urgent_request_has_the_usual_time() -> None:
    city = City()
    today = (a_need(urgency=Urgency.TODAY),)
    question = NewQuestionRaised(subject=CASE, occurred_at=TUESDAY, raised_by=AMBASSADOR)
    await city.hears(request_received(needs=today), needs_assessed(needs=today), partner_activated(), question)
    assert city.timers()[f"inventory-late:{CASE}"] == local("2026-09-11 10:00")


async def test_home_visit_gives_the_inventory_time_until_after_the_visit() -> None:
    city = City()
    visit = intake.HomeVisitPlanned(
        subject=CASE, occurred_at=TUESDAY, planned_for=date(2026, 9, 18), interpreter_needed=True
    )
    await city.hears(request_received(), visit)
    assert city.timers() == {f"inventory-late:{CASE}": local("2026-09-23 17:00")}


async def test_first_contact_is_overdue_two_working_days_after_the_promised_day() -> None:
    city = await accepted()
    await city.time_passes(local("2026-09-15 16:59:59"))
    assert city.said_names() == []
    await city.time_passes(local("2026-09-15 17:00"))
    assert city.said_names() == ["FirstContactOverdue", "EscalationRaised"]


async def test_handover_stops_the_first_contact_clock_and_keeps_the_child_in_sight() -> None:
    city = await accepted()
    await city.hears(handed_over(TUESDAY))
    assert f"first-contact-late:{referral()['referral_id']}" not in city.timers()
    assert [type(event) for event in city.said()] == [FollowUpScheduled]
    assert state_of(await city.watch()) is CaseState.HELP_UNDER_WAY


async def test_delivered_help_must_be_confirmed_within_five_working_days() -> None:
    city = await accepted()
    await city.hears(handed_over(TUESDAY), help_delivered(TUESDAY))
    city.said()
    await city.time_passes(local("2026-09-15 09:59:59"))
    assert city.said_names() == []
    await city.time_passes(local("2026-09-15 10:00"))
    assert city.said_names() == ["ConfirmationOverdue", "EscalationRaised"]
    await city.hears(outcome_confirmed(city.now))
    assert await reasons(city) == []


async def test_failed_help_is_on_the_list_until_another_partner_says_yes() -> None:
    city = await accepted()
    await city.hears(handed_over(TUESDAY), help_failed(TUESDAY, matching.FailureReason.PARTNER_STOPPED))
    assert await reasons(city) == [EscalationReason.HELP_FAILED]
    await city.hears(partner_activated(TUESDAY, "second"), partner_accepted(TUESDAY, date(2026, 9, 20), "second"))
    assert await reasons(city) == []


async def test_help_that_did_not_help_is_on_the_list() -> None:
    city = await accepted()
    await city.hears(help_delivered(TUESDAY), outcome_confirmed(TUESDAY, matching.Outcome.NOT_HELPED))
    assert await reasons(city) == [EscalationReason.HELP_FAILED]


async def test_nobody_found_is_on_the_list_with_one_follow_up_in_two_weeks() -> None:
    city = City()
    await city.hears(request_received(), needs_assessed(), no_partner_found())
    said = city.said()
    assert [type(event) for event in said] == [EscalationRaised, FollowUpScheduled]
    assert isinstance(said[1], FollowUpScheduled)
    assert said[1].due_at == local("2026-09-22 09:00")
    assert await reasons(city) == [EscalationReason.NO_PARTNER_FOUND]
    await city.hears(no_partner_found())
    assert city.said() == []


async def test_person_who_resolves_it_leaves_the_case_with_a_next_step() -> None:
    city = await accepted()
    await city.time_passes(local("2026-09-15 17:00"))
    (escalation,) = (await city.watch()).open_escalations
    city.said()
    async with city.units.begin() as unit:
        done = ResolveEscalation(CASE, escalation.escalation_id, Resolution.CALLED_PARTNER, COORDINATOR)
        await resolve_escalation(done, unit)
    assert city.said_names() == ["EscalationResolved"]
    assert city.timers() == {f"first-contact-late:{referral()['referral_id']}": local("2026-09-17 17:00")}


async def test_mail_that_was_not_delivered_is_on_the_list_until_it_is() -> None:
    city = await accepted()
    message: dict[str, Any] = {
        "subject": an_id("message"), "occurred_at": TUESDAY, "template": "partner-accepted", "recipient_id": AMBASSADOR,
        "case_id": CASE, "case_code": CODE, "attempt": 3,
    }  # fmt: skip
    await city.hears(notify.MessageRefused(**message, kind=notify.RefusalKind.NO_ADDRESS))
    assert await reasons(city) == [EscalationReason.MAIL_NOT_DELIVERED]
    await city.hears(notify.MessageAccepted(**message, accepted_at=TUESDAY))
    assert await reasons(city) == []


async def test_mail_that_fails_before_the_request_is_heard_is_on_the_list_too() -> None:
    city = City()
    refused = notify.MessageRefused(
        subject=an_id("message"), occurred_at=TUESDAY, template="request-received", recipient_id=AMBASSADOR,
        case_id=CASE, case_code=CODE, attempt=1, kind=notify.RefusalKind.NO_ADDRESS,
    )  # fmt: skip
    await city.hears(refused, request_received())
    assert await reasons(city) == [EscalationReason.MAIL_NOT_DELIVERED]


async def test_closed_case_has_no_clocks_and_is_on_no_list() -> None:
    city = City()
    await city.hears(request_received(), needs_assessed(), no_partner_found())
    city.said()
    await city.hears(closed(TUESDAY))
    assert city.timers() == {}
    assert city.said_names() == ["EscalationResolved"]
    await city.days_pass(400)
    assert city.said() == []


async def test_withdrawn_case_stays_silent_when_late_facts_arrive() -> None:
    city = City()
    withdrawn = intake.CaseWithdrawn(subject=CASE, occurred_at=TUESDAY, withdrawn_at=TUESDAY)
    await city.hears(request_received(), needs_assessed(), withdrawn, partner_activated(), no_partner_found())
    assert city.timers() == {}
    assert city.said() == []


async def test_erased_case_is_forgotten_and_late_facts_do_not_revive_it() -> None:
    city = City()
    await helped(city)
    city.said()
    await city.hears(intake.CaseErased(subject=CASE, occurred_at=TUESDAY), partner_activated(TUESDAY, "late"))
    watch = await city.watch()
    assert (watch.case_code, watch.ambassador_id, watch.referrals, watch.follow_ups) == ("", None, {}, {})
    assert city.timers() == {}
    async with city.units.begin() as unit:
        assert await unit.timeline.of_case(CASE) == []


async def test_new_question_on_a_closed_case_opens_it_with_an_inventory_clock() -> None:
    city = City()
    await helped(city)
    await city.hears(closed(TUESDAY), NewQuestionRaised(subject=CASE, occurred_at=TUESDAY, raised_by=AMBASSADOR))
    assert city.timers()[f"inventory-late:{CASE}"] == local("2026-09-11 10:00")
    assert state_of(await city.watch()) is CaseState.AWAITING_INVENTORY


async def test_need_that_depends_on_another_is_not_missed_before_its_turn() -> None:
    city = City()
    later = a_need("lessons", depends_on=(an_id("bike"),))
    await city.hears(request_received(), needs_assessed(needs=(a_need(), later)), partner_activated())
    assert f"matching-late:{CASE}" not in city.timers()
    await city.hears(partner_accepted(TUESDAY, TUESDAY.date()), help_delivered(TUESDAY), outcome_confirmed(TUESDAY))
    assert city.timers()[f"matching-late:{CASE}"] == local("2026-09-09 10:00")


async def test_timeline_shows_what_happened_and_what_monitoring_said() -> None:
    city = City()
    await city.hears(request_received(), needs_assessed(), no_partner_found())
    async with city.units.begin() as unit:
        entries = await unit.timeline.of_case(CASE)
    assert [entry.what for entry in entries] == [
        "request-received", "needs-assessed", "no-partner-found", "escalation-raised", "follow-up-scheduled",
    ]  # fmt: skip
