"""What the desk decides about a need: it waits until a day, there is no help, or this partner."""

from datetime import date

import pytest

from services.monitoring.domain.need import NeedState
from services.monitoring.domain.state import CaseState, state_of
from shared.events import matching
from shared.events.base import Beneficiary, Event, Horizon, Role, Urgency
from shared.events.desk_codes import ChoiceReason, UnavailableReason
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import DeclineReason, FailureReason
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    TUESDAY,
    a_need,
    an_id,
    answer_by,
    help_failed,
    local,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)  # fmt: skip
from tests.unit.monitoring.desk import ANNA, at_the_desk
from tests.unit.monitoring.twin import Monitoring

BIKE = an_id("bike")


def search_postponed(until: date = date(2026, 9, 21), need: str = "bike") -> Event:
    return matching.SearchPostponed(
        subject=CASE, occurred_at=TUESDAY, case_code=CODE, need_id=an_id(need), category="bike",
        ambassador_id=AMBASSADOR, until=until, postponed_by=COORDINATOR,
    )  # fmt: skip


def help_unavailable(need: str = "bike") -> Event:
    return matching.HelpUnavailable(
        subject=CASE, occurred_at=TUESDAY, case_code=CODE, need_id=an_id(need), category="bike",
        ambassador_id=AMBASSADOR, district="noord", reason=UnavailableReason.NO_PLACE_ANYWHERE, said_by=COORDINATOR,
    )  # fmt: skip


async def with_nobody_found() -> Monitoring:
    return await at_the_desk(request_received(), needs_assessed(), no_partner_found())


async def test_a_day_takes_the_place_of_the_point_and_on_that_day_matching_must_act() -> None:
    monitoring = await with_nobody_found()
    await monitoring.consumes(search_postponed())
    watch = await monitoring.watch()
    assert watch.open_escalations == []
    assert watch.escalations[-1].resolved_by == COORDINATOR
    assert state_of(watch) is CaseState.SEARCH_LATER
    assert monitoring.timers()[f"search-goes-on:{BIKE}"] == local("2026-09-21 09:00")
    # Meanwhile somebody asks how the child is doing.
    assert any(key.startswith("follow-up-due") for key in monitoring.timers())
    await monitoring.time_passes(local("2026-09-21 09:00"))
    assert (await monitoring.watch()).needs[BIKE].stands is NeedState.WAITING
    # Matching says nothing for a whole working day: a person is told.
    await monitoring.time_passes(local("2026-09-22 09:01"))
    assert [one.reason for one in (await monitoring.watch()).open_escalations] == [EscalationReason.OUT_OF_SIGHT]


async def test_somebody_who_is_asked_before_the_day_ends_the_waiting() -> None:
    monitoring = await with_nobody_found()
    await monitoring.consumes(search_postponed(), partner_activated())
    assert not any(key.startswith("search-goes-on") for key in monitoring.timers())
    assert (await monitoring.watch()).needs[BIKE].stands is NeedState.WITH_PARTNER


async def test_a_day_that_is_over_is_gone_on_with_at_once() -> None:
    monitoring = await with_nobody_found()
    await monitoring.consumes(search_postponed(date(2026, 9, 1)))
    await monitoring.time_passes(monitoring.now)
    assert (await monitoring.watch()).needs[BIKE].stands is NeedState.WAITING


async def test_without_help_nobody_is_sought_any_more_and_the_child_stays_in_sight() -> None:
    monitoring = await with_nobody_found()
    await monitoring.consumes(help_unavailable())
    watch = await monitoring.watch()
    assert watch.open_escalations == []
    assert not watch.needs[BIKE].is_looked_for
    assert watch.clocks
    await monitoring.days_pass(400)
    assert not any(
        one.reason is EscalationReason.NO_PARTNER_FOUND for one in (await monitoring.watch()).open_escalations
    )
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(f"/bord/{CASE}")
    assert "hiervoor is nu geen hulp in de stad" in page.text
    assert f"{ANNA} van het Schakelpunt: hiervoor is nu geen hulp in de stad" in page.text
    assert "Er is nergens plek." in page.text


async def test_child_without_help_is_told_when_only_the_parents_are_helped() -> None:
    needs = (a_need(), a_need("taal", beneficiary=Beneficiary.PARENT))
    monitoring = await at_the_desk(request_received(needs=needs), needs_assessed(needs=needs))
    await monitoring.consumes(
        partner_activated(need="taal", beneficiary=Beneficiary.PARENT),
        partner_accepted(TUESDAY, date(2026, 9, 9), need="taal"),
    )
    assert not await reasons(monitoring) & {EscalationReason.CHILD_WITHOUT_HELP}
    await monitoring.consumes(help_unavailable())
    assert EscalationReason.CHILD_WITHOUT_HELP in await reasons(monitoring)


async def reasons(monitoring: Monitoring) -> set[EscalationReason]:
    return {one.reason for one in (await monitoring.watch()).open_escalations}


@pytest.mark.parametrize("decided", [search_postponed(), help_unavailable()], ids=["later", "no help"])
async def test_first_word_of_a_case_may_be_that_of_the_desk(decided: Event) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(decided)
    watch = await monitoring.watch()
    assert (watch.ambassador_id, bool(watch.clocks)) == (AMBASSADOR, True)


async def test_story_says_who_chose_a_partner_and_why_and_the_points_about_it_are_over() -> None:
    monitoring = await at_the_desk(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, date(2026, 9, 9)),
        help_failed(TUESDAY, FailureReason.PARTNER_STOPPED),
    )  # fmt: skip
    assert await reasons(monitoring) == {EscalationReason.HELP_FAILED}
    await monitoring.consumes(
        matching.PartnerActivated(
            subject=CASE, occurred_at=TUESDAY, **referral("second"), district="noord", urgency=Urgency.NORMAL,
            horizon=Horizon.SHORT, answer_by=answer_by(TUESDAY), attempt=2, chosen_by=COORDINATOR,
            choice=ChoiceReason.FAMILY_WISH,
        )
    )  # fmt: skip
    assert await reasons(monitoring) == set()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(f"/bord/{CASE}")
    assert f"Gekozen door {ANNA} van het Schakelpunt: het gezin wil dit graag." in page.text
    assert "de hulp stopte: de partner stopte" in page.text


async def test_partner_that_said_no_is_shown_with_its_no() -> None:
    monitoring = await at_the_desk(request_received(), needs_assessed(), partner_activated())
    no = matching.PartnerDeclined(subject=CASE, occurred_at=TUESDAY, **referral(), reason=DeclineReason.NO_CAPACITY)
    await monitoring.consumes(no)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        assert "nee gezegd: nu geen plek" in (await browser.get(f"/bord/{CASE}")).text
    await monitoring.consumes(
        matching.DeclineReverted(subject=CASE, occurred_at=TUESDAY, **referral(), answer_by=answer_by(TUESDAY))
    )
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        assert "nee gezegd" not in (await browser.get(f"/bord/{CASE}")).text
    await monitoring.consumes(outcome_confirmed(TUESDAY))
