from datetime import date, datetime

import pytest

from services.monitoring.domain.need import NeedState
from shared.events import matching
from shared.events.base import Urgency
from shared.events.monitoring import EscalationRaised, EscalationReason, ResponseExpired, ResponseReminderDue
from shared.events.referral_codes import DeclineReason, WithdrawReason
from tests.unit.monitoring.builders import (
    CASE,
    DEPUTY,
    FUND_CONTACT,
    TUESDAY,
    a_need,
    an_id,
    answer_by,
    local,
    needs_assessed,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring


async def asked(urgency: Urgency = Urgency.NORMAL) -> Monitoring:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(urgency=urgency))
    monitoring.published()
    return monitoring


async def test_silent_partner_is_reminded_halfway_and_told_of_after_four_and_expired_after_six_working_days() -> None:
    monitoring = await asked()
    told = []
    # Half of the time is over on a Saturday; whoever is reminded reads it on Monday morning.
    for moment in ("2026-09-14 08:59:59", "2026-09-14 09:00", "2026-09-14 09:59:59", "2026-09-14 10:00",
                   "2026-09-16 09:59:59", "2026-09-16 10:00"):  # fmt: skip
        await monitoring.time_passes(local(moment))
        told.append(monitoring.published_names())
    assert told == [[], ["ResponseReminderDue"], [], ["EscalationRaised"], [], ["ResponseExpired"]]


async def test_need_for_soon_runs_one_two_and_three_working_days() -> None:
    monitoring = await asked(Urgency.SOON)
    assert monitoring.timers() == {
        f"answer-remind:{referral()['referral_id']}": local("2026-09-10 09:00"),
        f"answer-escalate:{referral()['referral_id']}": local("2026-09-10 10:00"),
        f"answer-expire:{referral()['referral_id']}": local("2026-09-11 10:00"),
    }


async def test_partner_whose_half_time_and_weekend_end_with_its_term_is_reminded_before_the_weekend() -> None:
    monitoring = Monitoring()
    # Until Monday at nine; half of it is over on Friday evening.
    asked_at = local("2026-09-09 09:00")
    await monitoring.time_passes(asked_at)
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(asked_at, urgency=Urgency.SOON))
    assert answer_clocks(monitoring)["answer-remind"] == local("2026-09-11 17:00")


async def test_need_for_today_goes_to_the_coordinator_and_the_next_partner_after_one_working_day() -> None:
    monitoring = await asked(Urgency.TODAY)
    await monitoring.time_passes(local("2026-09-09 09:59:59"))
    assert monitoring.published_names() == ["ResponseReminderDue"]
    await monitoring.time_passes(local("2026-09-09 10:00"))
    assert monitoring.published_names() == ["EscalationRaised", "ResponseExpired"]


def answer_clocks(monitoring: Monitoring) -> dict[str, datetime]:
    """Those that run; the last moment to answer was told to the partner."""
    return {key.split(":")[0]: at for key, at in monitoring.timers().items() if key.startswith("answer-")}


@pytest.mark.parametrize(
    ("urgency", "clocks"),
    [
        (Urgency.TODAY, {"remind": "2026-09-14 09:00", "escalate": "2026-09-10 09:00", "expire": "2026-09-16 10:00"}),
        (Urgency.SOON, {"remind": "2026-09-14 09:00", "escalate": "2026-09-11 09:00", "expire": "2026-09-16 10:00"}),
        (Urgency.NORMAL, {"remind": "2026-09-14 09:00", "escalate": "2026-09-14 10:00", "expire": "2026-09-16 10:00"}),
    ],
)
async def test_need_that_becomes_more_urgent_reaches_the_desk_sooner_and_the_promised_day_stays(
    urgency: Urgency, clocks: dict[str, str]
) -> None:
    monitoring = await asked()
    await monitoring.time_passes(local("2026-09-09 09:00"))
    await monitoring.consumes(needs_assessed(monitoring.now, needs=(a_need(urgency=urgency),)))
    assert answer_clocks(monitoring) == {f"answer-{kind}": local(at) for kind, at in clocks.items()}


async def test_need_that_becomes_more_urgent_makes_no_clock_later_and_brings_none_back() -> None:
    monitoring = await asked()
    await monitoring.time_passes(local("2026-09-11 12:00"))
    await monitoring.consumes(needs_assessed(monitoring.now, needs=(a_need(urgency=Urgency.SOON),)))
    assert answer_clocks(monitoring) == {
        "answer-remind": local("2026-09-14 09:00"),
        "answer-escalate": local("2026-09-14 10:00"),
        "answer-expire": local("2026-09-16 10:00"),
    }
    await monitoring.time_passes(local("2026-09-14 12:00"))
    await monitoring.consumes(needs_assessed(monitoring.now, needs=(a_need(urgency=Urgency.TODAY),)))
    assert answer_clocks(monitoring) == {"answer-expire": local("2026-09-16 10:00")}


async def test_need_that_becomes_urgent_while_the_partner_asks_something_reaches_the_desk_sooner() -> None:
    monitoring = await asked()
    question = matching.InformationRequested(
        subject=CASE, occurred_at=monitoring.now, **referral(), question_id=an_id("question")
    )
    await monitoring.consumes(question, needs_assessed(monitoring.now, needs=(a_need(urgency=Urgency.TODAY),)))
    assert monitoring.timers()[f"question-late:{referral()['referral_id']}"] == local("2026-09-09 10:00")


async def test_need_that_became_more_urgent_after_the_yes_has_the_short_term_when_the_yes_is_taken_back() -> None:
    monitoring = await asked()
    await monitoring.consumes(
        partner_accepted(TUESDAY, TUESDAY.date()),
        needs_assessed(needs=(a_need(urgency=Urgency.TODAY),)),
        matching.AcceptanceReverted(
            subject=CASE, occurred_at=TUESDAY, **referral(), previous_answer_at=TUESDAY, answer_by=answer_by(TUESDAY)
        ),
    )
    assert answer_clocks(monitoring)["answer-escalate"] == local("2026-09-09 10:00")


async def test_need_that_becomes_less_urgent_leaves_the_clocks_as_they_are() -> None:
    monitoring = await asked(Urgency.TODAY)
    before = monitoring.timers()
    await monitoring.consumes(needs_assessed(needs=(a_need(urgency=Urgency.SOON),)))
    assert monitoring.timers() == before


async def test_partner_asked_before_matching_heard_that_it_is_for_today_has_the_short_term() -> None:
    monitoring = Monitoring()
    today = needs_assessed(needs=(a_need(urgency=Urgency.TODAY),))
    await monitoring.consumes(request_received(), needs_assessed(), today, partner_activated())
    assert answer_clocks(monitoring)["answer-escalate"] == local("2026-09-09 10:00")
    assert (await monitoring.watch()).urgency is Urgency.TODAY


async def test_reminder_names_the_contact_and_the_expiry_names_the_referral() -> None:
    monitoring = await asked()
    await monitoring.days_pass(9)
    said = monitoring.published()
    reminder = next(event for event in said if isinstance(event, ResponseReminderDue))
    expired = next(event for event in said if isinstance(event, ResponseExpired))
    assert (reminder.contact_id, reminder.deputy_id, reminder.subject) == (FUND_CONTACT, DEPUTY, CASE)
    assert reminder.answer_by == local("2026-09-16 10:00")
    assert expired.referral_id == referral()["referral_id"]
    assert expired.due_at == local("2026-09-16 10:00")


@pytest.mark.parametrize(
    "answer",
    [
        partner_accepted(TUESDAY, date(2026, 9, 30)),
        matching.PartnerDeclined(subject=CASE, occurred_at=TUESDAY, **referral(), reason=DeclineReason.NO_CAPACITY),
        matching.ReferralWithdrawn(
            subject=CASE,
            occurred_at=TUESDAY,
            **referral(),
            was_helping=False,
            reason=WithdrawReason.NEED_GONE,
        ),
        matching.ReferralExpired(subject=CASE, occurred_at=TUESDAY, **referral(), activated_at=TUESDAY),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_answer_stops_the_answer_clocks(answer: matching.ReferralFact) -> None:
    monitoring = await asked()
    await monitoring.consumes(answer)
    assert [key for key in monitoring.timers() if key.startswith("answer-")] == []


async def test_after_a_long_downtime_the_reminder_is_not_sent_any_more() -> None:
    monitoring = await asked()
    monitoring.clock.forward(local("2026-09-20 10:00") - monitoring.now)
    await monitoring.time_passes(monitoring.now)
    assert monitoring.published_names() == ["EscalationRaised", "ResponseExpired"]


async def test_answer_taken_back_gives_the_whole_term_again() -> None:
    monitoring = await asked()
    at = local("2026-09-09 14:00")
    await monitoring.time_passes(at)
    await monitoring.consumes(
        partner_accepted(at, date(2026, 9, 15)),
        matching.AcceptanceReverted(
            subject=CASE, occurred_at=at, **referral(), previous_answer_at=at, answer_by=answer_by(at)
        ),
    )
    assert monitoring.timers()[f"answer-expire:{referral()['referral_id']}"] == local("2026-09-17 14:00")
    assert f"first-contact-late:{referral()['referral_id']}" not in monitoring.timers()


async def test_silence_leaves_the_list_when_the_partner_accepts_after_all() -> None:
    monitoring = await asked()
    await monitoring.time_passes(local("2026-09-14 10:00"))
    assert [one.reason for one in (await monitoring.watch()).open_escalations] == [EscalationReason.PARTNER_SILENT]
    monitoring.published()
    await monitoring.consumes(partner_accepted(monitoring.now, date(2026, 9, 18)))
    assert (await monitoring.watch()).open_escalations == []
    assert monitoring.published_names() == ["EscalationResolved"]


async def test_silence_stays_on_the_list_until_another_partner_is_asked() -> None:
    monitoring = await asked()
    await monitoring.time_passes(local("2026-09-16 10:00"))
    await monitoring.consumes(
        matching.ReferralExpired(subject=CASE, occurred_at=monitoring.now, **referral(), activated_at=TUESDAY)
    )
    assert [one.reason for one in (await monitoring.watch()).open_escalations] == [EscalationReason.PARTNER_SILENT]
    await monitoring.consumes(partner_activated(monitoring.now, "second"))
    assert (await monitoring.watch()).open_escalations == []


async def test_need_that_matching_forgets_is_a_child_out_of_sight_after_one_working_day() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed())
    monitoring.published()
    await monitoring.time_passes(local("2026-09-09 09:59:59"))
    assert monitoring.published_names() == []
    await monitoring.time_passes(local("2026-09-09 10:00"))
    raised = [event for event in monitoring.published() if isinstance(event, EscalationRaised)]
    assert [(event.reason, event.need_id) for event in raised] == [(EscalationReason.OUT_OF_SIGHT, an_id("bike"))]


async def test_child_is_back_in_sight_when_matching_finds_a_partner_after_all() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed())
    await monitoring.time_passes(local("2026-09-09 10:00"))
    monitoring.published()
    await monitoring.consumes(partner_activated(monitoring.now))
    assert monitoring.published_names() == ["EscalationResolved", "CaseBackInSight"]
    assert (await monitoring.watch()).out_of_sight_since is None


async def test_partner_activated_before_intake_is_heard_runs_its_clock_all_the_same() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(partner_activated(), request_received(), needs_assessed())
    watch = await monitoring.watch()
    assert f"answer-expire:{referral()['referral_id']}" in monitoring.timers()
    assert watch.needs[an_id("bike")].state is NeedState.WITH_PARTNER
    assert not watch.awaiting_inventory
