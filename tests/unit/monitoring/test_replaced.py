"""Another ambassador: whoever is asked, reminded or called from then on is the new one."""

from datetime import date
from uuid import UUID

from services.monitoring.domain.watch import Watch
from shared.events import matching, monitoring
from shared.events.base import Event
from shared.events.intake import AmbassadorReplaced
from shared.events.monitoring import EscalationReason, FollowUpAnswer, FollowUpDue
from shared.events.referral_codes import WithdrawReason
from shared.kernel.city import WorkingDays
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    SCHOOL,
    TUESDAY,
    an_id,
    local,
    needs_assessed,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring, answer, helped

NEW, NEW_SCHOOL = an_id("new ambassador"), an_id("new school")


def replaced(
    monitoring: Monitoring, new: UUID = NEW, previous: UUID = AMBASSADOR, organisation_id: UUID = NEW_SCHOOL
) -> Event:
    return AmbassadorReplaced(
        subject=CASE, occurred_at=monitoring.now, case_code=CODE, previous_id=previous, ambassador_id=new,
        organisation_id=organisation_id, replaced_by=COORDINATOR,
    )  # fmt: skip


async def asked_of(monitoring: Monitoring) -> set[UUID]:
    """Everybody whom monitoring asked something as the ambassador."""
    return {event.ambassador_id for event in monitoring.published() if hasattr(event, "ambassador_id")}


async def test_reminders_of_the_inventory_go_to_the_new_one_with_the_whole_term() -> None:
    monitoring_ = Monitoring()
    await monitoring_.consumes(request_received())
    await monitoring_.time_passes(local("2026-09-11 11:00"))
    assert any(one.reason is EscalationReason.INVENTORY_LATE for one in (await monitoring_.watch()).open_escalations)
    monitoring_.published()
    await monitoring_.consumes(replaced(monitoring_))
    watch = await monitoring_.watch()
    assert (watch.ambassador_id, watch.organisation_id) == (NEW, NEW_SCHOOL)
    assert not any(one.reason is EscalationReason.INVENTORY_LATE for one in watch.open_escalations)
    await monitoring_.time_passes(local("2026-09-15 12:00"))
    assert await asked_of(monitoring_) == {NEW}


async def test_question_that_waits_is_put_to_the_new_one_who_has_the_whole_term() -> None:
    monitoring_ = Monitoring()
    await helped(monitoring_)
    await monitoring_.time_passes(local("2026-09-25 15:00"))
    (asked,) = (event for event in monitoring_.published() if isinstance(event, FollowUpDue))
    await monitoring_.consumes(replaced(monitoring_))
    again = [event for event in monitoring_.published() if isinstance(event, FollowUpDue)]
    assert [(one.follow_up_id, one.ambassador_id) for one in again] == [(asked.follow_up_id, NEW)]
    term = monitoring_.city.follow_up.missed_after
    assert term == WorkingDays(6)
    assert monitoring_.timers()[f"follow-up-missed:{asked.follow_up_id}"] == local("2026-10-05 15:00")
    await answer(monitoring_, asked, FollowUpAnswer.GOING_WELL)


async def test_partner_and_points_have_the_new_one_and_late_words_of_matching_change_nothing() -> None:
    monitoring_ = Monitoring()
    await monitoring_.consumes(request_received(), needs_assessed(), partner_activated(), replaced(monitoring_))
    # Matching had not heard of it: this fact still names the one before.
    await monitoring_.consumes(partner_accepted(TUESDAY, date(2026, 9, 9)))
    watch = await monitoring_.watch()
    assert watch.ambassador_id == NEW
    assert {one.ambassador_id for one in watch.referrals.values()} == {NEW}
    monitoring_.published()
    await monitoring_.days_pass(60)
    said = monitoring_.published()
    assert {event.ambassador_id for event in said if hasattr(event, "ambassador_id")} == {NEW}
    of_ambassador = [
        one.call_id
        for one in said
        if isinstance(one, monitoring.EscalationFact) and one.reason is EscalationReason.OUT_OF_SIGHT
    ]
    assert set(of_ambassador) <= {NEW}


async def test_who_was_replaced_can_come_back() -> None:
    monitoring_ = Monitoring()
    await monitoring_.consumes(
        request_received(), replaced(monitoring_), replaced(monitoring_, AMBASSADOR, NEW, SCHOOL)
    )
    await monitoring_.consumes(partner_activated())
    watch = await monitoring_.watch()
    assert (watch.ambassador_id, watch.former_ambassadors) == (AMBASSADOR, frozenset({NEW}))


async def test_child_that_left_school_has_a_contact_again() -> None:
    monitoring_ = Monitoring()
    await helped(monitoring_)
    await monitoring_.time_passes(local("2026-09-22 09:00"))
    (asked,) = (event for event in monitoring_.published() if isinstance(event, FollowUpDue))
    await answer(monitoring_, asked, FollowUpAnswer.LEFT_SCHOOL)
    assert [one.reason for one in (await monitoring_.watch()).open_escalations] == [EscalationReason.LEFT_SCHOOL]
    await monitoring_.consumes(replaced(monitoring_))
    watch: Watch = await monitoring_.watch()
    assert watch.open_escalations == []
    assert watch.escalations[-1].resolved_by == COORDINATOR


async def test_who_read_along_and_is_the_contact_now_is_asked_once() -> None:
    monitoring_ = Monitoring()
    await helped(monitoring_)
    watch = await monitoring_.watch()
    watch.second_reader_id = NEW
    async with monitoring_.units.begin() as unit:
        await unit.watches.save(watch)
    await monitoring_.consumes(replaced(monitoring_))
    assert (await monitoring_.watch()).second_reader_id is None


async def test_partner_that_the_desk_passed_over_leaves_the_need_looked_for() -> None:
    monitoring_ = Monitoring()
    await monitoring_.consumes(request_received(), needs_assessed(), partner_activated())
    await monitoring_.consumes(
        matching.ReferralWithdrawn(
            subject=CASE, occurred_at=TUESDAY, **referral(), was_helping=False, reason=WithdrawReason.DESK_CHOICE
        )
    )
    assert (await monitoring_.watch()).needs[an_id("bike")].is_looked_for
