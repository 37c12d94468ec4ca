from datetime import date, datetime

import pytest

from services.monitoring.domain.rules import AMSTERDAM
from services.monitoring.domain.watch import NeedState
from shared.events import matching
from shared.events.base import Urgency
from shared.events.monitoring import EscalationRaised, EscalationReason, ResponseExpired, ResponseReminderDue
from tests.unit.monitoring.given import (
    CASE,
    FUND_CONTACT,
    TUESDAY,
    City,
    a_need,
    an_id,
    needs_assessed,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


async def asked(urgency: Urgency = Urgency.NORMAL) -> City:
    city = City()
    await city.hears(request_received(), needs_assessed(), partner_activated(urgency=urgency))
    city.said()
    return city


async def test_silent_partner_is_reminded_escalated_and_expired_after_two_four_and_six_working_days() -> None:
    city = await asked()
    told = []
    for moment in ("2026-09-10 09:59:59", "2026-09-10 10:00", "2026-09-14 09:59:59", "2026-09-14 10:00",
                   "2026-09-16 09:59:59", "2026-09-16 10:00"):  # fmt: skip
        await city.time_passes(local(moment))
        told.append(city.said_names())
    assert told == [[], ["ResponseReminderDue"], [], ["ResponseOverdue", "EscalationRaised"], [], ["ResponseExpired"]]


async def test_need_for_soon_runs_one_two_and_three_working_days() -> None:
    city = await asked(Urgency.SOON)
    assert city.timers() == {
        f"answer-remind:{referral()['referral_id']}": local("2026-09-09 10:00"),
        f"answer-escalate:{referral()['referral_id']}": local("2026-09-10 10:00"),
        f"answer-expire:{referral()['referral_id']}": local("2026-09-11 10:00"),
    }


async def test_need_for_today_goes_to_the_coordinator_and_the_next_partner_after_one_working_day() -> None:
    city = await asked(Urgency.TODAY)
    await city.time_passes(local("2026-09-09 09:59:59"))
    assert city.said_names() == []
    await city.time_passes(local("2026-09-09 10:00"))
    assert city.said_names() == ["ResponseOverdue", "EscalationRaised", "ResponseExpired"]


def answer_clocks(city: City) -> dict[str, datetime]:
    return {key.split(":")[0]: at for key, at in city.timers().items() if key.startswith("answer-")}


@pytest.mark.parametrize(
    ("urgency", "clocks"),
    [
        (Urgency.TODAY, {"remind": "2026-09-10 10:00", "escalate": "2026-09-10 09:00", "expire": "2026-09-10 09:00"}),
        (Urgency.SOON, {"remind": "2026-09-10 09:00", "escalate": "2026-09-11 09:00", "expire": "2026-09-14 09:00"}),
        (Urgency.NORMAL, {"remind": "2026-09-10 10:00", "escalate": "2026-09-14 10:00", "expire": "2026-09-16 10:00"}),
    ],
)
async def test_need_that_becomes_more_urgent_shortens_the_term_of_who_was_asked(
    urgency: Urgency, clocks: dict[str, str]
) -> None:
    city = await asked()
    await city.time_passes(local("2026-09-09 09:00"))
    await city.hears(needs_assessed(city.now, needs=(a_need(urgency=urgency),)))
    assert answer_clocks(city) == {f"answer-{kind}": local(at) for kind, at in clocks.items()}


async def test_need_that_becomes_more_urgent_makes_no_clock_later_and_brings_none_back() -> None:
    city = await asked()
    await city.time_passes(local("2026-09-11 12:00"))
    await city.hears(needs_assessed(city.now, needs=(a_need(urgency=Urgency.SOON),)))
    assert answer_clocks(city) == {
        "answer-escalate": local("2026-09-14 10:00"),
        "answer-expire": local("2026-09-16 10:00"),
    }


async def test_need_that_became_more_urgent_after_the_yes_has_the_short_term_when_the_yes_is_taken_back() -> None:
    city = await asked()
    await city.hears(
        partner_accepted(TUESDAY, TUESDAY.date()),
        needs_assessed(needs=(a_need(urgency=Urgency.TODAY),)),
        matching.AcceptanceReverted(subject=CASE, occurred_at=TUESDAY, **referral(), previous_answer_at=TUESDAY),
    )
    assert set(answer_clocks(city).values()) == {local("2026-09-09 10:00")}


async def test_need_that_becomes_less_urgent_leaves_the_clocks_as_they_are() -> None:
    city = await asked(Urgency.TODAY)
    before = city.timers()
    await city.hears(needs_assessed(needs=(a_need(urgency=Urgency.SOON),)))
    assert city.timers() == before


async def test_partner_asked_before_matching_heard_that_it_is_for_today_has_the_short_term() -> None:
    city = City()
    today = needs_assessed(needs=(a_need(urgency=Urgency.TODAY),))
    await city.hears(request_received(), needs_assessed(), today, partner_activated())
    assert set(answer_clocks(city).values()) == {local("2026-09-09 10:00")}
    assert (await city.watch()).urgency is Urgency.TODAY


async def test_reminder_names_the_contact_and_the_expiry_names_the_referral() -> None:
    city = await asked()
    await city.days_pass(9)
    said = city.said()
    reminder = next(event for event in said if isinstance(event, ResponseReminderDue))
    expired = next(event for event in said if isinstance(event, ResponseExpired))
    assert (reminder.contact_id, reminder.subject) == (FUND_CONTACT, CASE)
    assert expired.referral_id == referral()["referral_id"]
    assert expired.due_at == local("2026-09-16 10:00")


@pytest.mark.parametrize(
    "answer",
    [
        partner_accepted(TUESDAY, date(2026, 9, 30)),
        matching.PartnerDeclined(
            subject=CASE, occurred_at=TUESDAY, **referral(), reason=matching.DeclineReason.NO_CAPACITY
        ),
        matching.PartnerWaitlisted(subject=CASE, occurred_at=TUESDAY, **referral(), not_before=date(2026, 9, 30)),
        matching.PartnerRedirected(
            subject=CASE, occurred_at=TUESDAY, **referral(), suggested_service_id=an_id("another")
        ),
        matching.ReferralWithdrawn(
            subject=CASE, occurred_at=TUESDAY, **referral(), reason=matching.WithdrawReason.NEED_GONE
        ),
        matching.ReferralExpired(subject=CASE, occurred_at=TUESDAY, **referral(), activated_at=TUESDAY),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_answer_stops_the_answer_clocks(answer: matching.ReferralFact) -> None:
    city = await asked()
    await city.hears(answer)
    assert [key for key in city.timers() if key.startswith("answer-")] == []


async def test_after_a_long_downtime_the_reminder_is_not_sent_any_more() -> None:
    city = await asked()
    city.clock.forward(local("2026-09-20 10:00") - city.now)
    await city.time_passes(city.now)
    assert city.said_names() == ["ResponseOverdue", "EscalationRaised", "ResponseExpired"]


async def test_answer_taken_back_gives_the_whole_term_again() -> None:
    city = await asked()
    at = local("2026-09-09 14:00")
    await city.time_passes(at)
    await city.hears(
        partner_accepted(at, date(2026, 9, 15)),
        matching.AcceptanceReverted(subject=CASE, occurred_at=at, **referral(), previous_answer_at=at),
    )
    assert city.timers()[f"answer-expire:{referral()['referral_id']}"] == local("2026-09-17 14:00")
    assert f"first-contact-late:{referral()['referral_id']}" not in city.timers()


async def test_silence_leaves_the_list_when_the_partner_accepts_after_all() -> None:
    city = await asked()
    await city.time_passes(local("2026-09-14 10:00"))
    assert [one.reason for one in (await city.watch()).open_escalations] == [EscalationReason.PARTNER_SILENT]
    city.said()
    await city.hears(partner_accepted(city.now, date(2026, 9, 18)))
    assert (await city.watch()).open_escalations == []
    assert city.said_names() == ["EscalationResolved"]


async def test_silence_stays_on_the_list_until_another_partner_says_yes() -> None:
    city = await asked()
    await city.time_passes(local("2026-09-16 10:00"))
    await city.hears(
        matching.ReferralExpired(subject=CASE, occurred_at=city.now, **referral(), activated_at=TUESDAY),
        partner_activated(city.now, "second"),
    )
    assert [one.reason for one in (await city.watch()).open_escalations] == [EscalationReason.PARTNER_SILENT]
    await city.hears(partner_accepted(city.now, date(2026, 9, 18), "second"))
    assert (await city.watch()).open_escalations == []


async def test_need_that_matching_forgets_is_a_child_out_of_sight_after_one_working_day() -> None:
    city = City()
    await city.hears(request_received(), needs_assessed())
    await city.time_passes(local("2026-09-09 09:59:59"))
    assert city.said_names() == []
    await city.time_passes(local("2026-09-09 10:00"))
    raised = [event for event in city.said() if isinstance(event, EscalationRaised)]
    assert [(event.reason, event.need_id) for event in raised] == [(EscalationReason.OUT_OF_SIGHT, an_id("bike"))]


async def test_child_is_back_in_sight_when_matching_finds_a_partner_after_all() -> None:
    city = City()
    await city.hears(request_received(), needs_assessed())
    await city.time_passes(local("2026-09-09 10:00"))
    city.said()
    await city.hears(partner_activated(city.now))
    assert city.said_names() == ["EscalationResolved", "CaseBackInSight"]
    assert (await city.watch()).out_of_sight_since is None


async def test_partner_activated_before_intake_is_heard_runs_its_clock_all_the_same() -> None:
    city = City()
    await city.hears(partner_activated(), request_received(), needs_assessed())
    watch = await city.watch()
    assert f"answer-expire:{referral()['referral_id']}" in city.timers()
    assert watch.needs[an_id("bike")].state is NeedState.WITH_PARTNER
    assert not watch.awaiting_inventory
