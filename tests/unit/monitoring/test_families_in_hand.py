"""How many families wait for an ambassador: told as a number, once for each change, and never which families."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.in_hand import is_heavy
from services.monitoring.domain.need import WatchedNeed
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers.in_hand import tell_check_ins, tell_who_has_families
from shared.events import intake
from shared.events.base import Event, Urgency
from shared.events.in_hand import CheckInDue, FamiliesInHandChanged
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    COORDINATOR,
    TUESDAY,
    a_need,
    an_id,
    closed,
    needs_assessed,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring


async def told(monitoring: Monitoring) -> list[tuple[int, int]]:
    """What is told of the ambassador now."""
    async with monitoring.units.begin() as unit:
        await tell_who_has_families(unit)
    events = [one for one in monitoring.published() if isinstance(one, FamiliesInHandChanged)]
    assert {one.subject for one in events} <= {AMBASSADOR}
    return [(one.families, one.heavy) for one in events]


async def asked_after(monitoring: Monitoring) -> list[UUID]:
    async with monitoring.units.begin() as unit:
        await tell_check_ins(unit)
    return [one.subject for one in monitoring.published() if isinstance(one, CheckInDue)]


def of_case(event: Event, case: UUID) -> Event:
    return event.model_copy(update={"subject": case})


async def test_family_weighs_until_its_ambassador_did_what_they_could() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received())
    assert await told(monitoring) == [(1, 0)]
    assert await told(monitoring) == []
    await monitoring.consumes(needs_assessed())
    assert await told(monitoring) == [(0, 0)]


async def test_ten_waiting_referrals_weigh_nothing_and_one_reopened_family_weighs_again() -> None:
    monitoring = Monitoring()
    for number in range(10):
        case = an_id(f"case {number}")
        await monitoring.consumes(needs_assessed(case=case), of_case(partner_activated(), case))
    assert await told(monitoring) == []
    await monitoring.consumes(request_received(), closed(TUESDAY))
    assert await told(monitoring) == []
    await monitoring.consumes(
        intake.CaseReopened(subject=closed(TUESDAY).subject, occurred_at=TUESDAY, reopened_by=COORDINATOR)
    )
    assert await told(monitoring) == [(1, 0)]


async def test_what_is_needed_today_asks_more() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(needs=(a_need(urgency=Urgency.TODAY),)))
    assert await told(monitoring) == [(1, 1)]


@given(needs=st.integers(0, 8), today=st.booleans(), dropped=st.integers(0, 8), many=st.integers(2, 6))
def test_family_is_heavy_by_what_it_needed_and_by_nothing_else(
    needs: int,
    today: bool,  # noqa: FBT001 - given by hypothesis
    dropped: int,
    many: int,
) -> None:
    watch = Watch(an_id("case"), "ACDE-FGHJ", first_urgency=Urgency.TODAY if today else Urgency.NORMAL)
    for number in range(needs + dropped):
        need = WatchedNeed(an_id(f"need {number}"), Urgency.NORMAL, dropped=number >= needs)
        watch.needs[need.need_id] = need
    assert is_heavy(watch, many) is (today or needs >= many)


@pytest.mark.parametrize(("urgency", "asked"), [(Urgency.TODAY, [AMBASSADOR]), (Urgency.NORMAL, [])])
async def test_after_something_heavy_somebody_asks_two_days_later(urgency: Urgency, asked: list[UUID]) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(needs=(a_need(urgency=urgency),)), closed(TUESDAY))
    assert await asked_after(monitoring) == []
    monitoring.clock.forward(timedelta(days=2, hours=1))
    assert await asked_after(monitoring) == asked
    assert await asked_after(monitoring) == []


async def test_nothing_of_it_leads_back_to_a_family() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(needs=(a_need(urgency=Urgency.TODAY),)))
    await told(monitoring)
    await monitoring.consumes(closed(TUESDAY))
    monitoring.clock.forward(timedelta(days=3))
    await asked_after(monitoring)
    rows = monitoring.units.tables.table("outbox").values()
    told_of_person = [row for row, _ in rows if "families-in-hand" in row.type or "check-in-due" in row.type]
    assert len(told_of_person) == 2
    assert {row.causation_id for row in told_of_person} == {None}
    assert all(
        set(one.model_dump()) <= {"subject", "occurred_at", "families", "heavy"}
        for one in monitoring.published()
        if isinstance(one, FamiliesInHandChanged | CheckInDue)
    )
