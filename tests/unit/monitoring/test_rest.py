"""A family that rests is asked nothing, and what waited goes on after it."""

from datetime import date, datetime, timedelta

import pytest

from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.domain.invariant import LEADS_TO_A_MAIL
from shared.events.base import Urgency
from tests.unit.monitoring.builders import (
    CASE,
    TUESDAY,
    local,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_activated,
    paused,
    request_received,
    resumed,
)
from tests.unit.monitoring.silence import waits
from tests.unit.monitoring.twin import Monitoring


async def planned(monitoring: Monitoring) -> list[datetime]:
    """When it will be asked how the child is, the soonest first."""
    follow_ups = (await monitoring.watch()).follow_ups.values()
    return sorted(one.due_at for one in follow_ups if one.state is FollowUpState.SCHEDULED)


async def test_family_that_rests_is_asked_nothing_until_its_day() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    monitoring.published()
    await monitoring.consumes(paused(TUESDAY, date(2026, 10, 5)))
    assert list(monitoring.timers()) == [f"pause-over:{CASE}"]
    await monitoring.time_passes(local("2026-10-05 08:59:59"))
    assert not [event for event in monitoring.published() if isinstance(event, LEADS_TO_A_MAIL)]
    await monitoring.time_passes(local("2026-10-05 09:00"))
    assert "PauseEnded" in monitoring.published_names()
    # What waited goes on by itself, also when intake is away.
    assert not (await monitoring.watch()).is_paused
    assert any(key.startswith("point-again") for key in monitoring.timers())


async def test_what_was_asked_during_the_rest_comes_behind_it() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(
        request_received(), needs_assessed(), no_partner_found(), paused(TUESDAY, date(2026, 10, 5))
    )
    (follow_up,) = (one for one in (await monitoring.watch()).follow_ups.values() if one.is_pending)
    assert follow_up.due_at == local("2026-10-05 09:00")
    await monitoring.time_passes(local("2026-10-05 09:00") + timedelta(seconds=1))
    assert "FollowUpDue" in monitoring.published_names()


@pytest.mark.parametrize("until", [date(2027, 1, 12), date(2027, 1, 13)])
async def test_one_question_of_the_plan_is_asked_when_the_rest_is_over(until: date) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), partner_activated(TUESDAY), outcome_confirmed(TUESDAY))
    plan = await planned(monitoring)
    assert local("2027-01-12 09:00") in plan[1:], "another question of the plan comes before this day"
    await monitoring.consumes(paused(TUESDAY, until))
    wakes_at = local(f"{until} 09:00")

    assert await planned(monitoring) == [wakes_at, *(due_at for due_at in plan if due_at > wakes_at)]


@pytest.mark.parametrize("name", sorted(waits(Urgency.NORMAL)))
@pytest.mark.parametrize("says_so", [True, False])
async def test_what_waited_when_the_rest_began_goes_on_after_it(name: str, *, says_so: bool) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(*waits(Urgency.NORMAL)[name])
    before = {key.split(":")[0] for key in monitoring.timers()}
    await monitoring.consumes(paused(TUESDAY, date(2026, 10, 5)))
    if says_so:
        await monitoring.consumes(resumed(TUESDAY))
        assert {key.split(":")[0] for key in monitoring.timers()} == before
    else:
        await monitoring.days_pass(66)
    assert f"pause-over:{CASE}" not in monitoring.timers()
    assert monitoring.timers()


async def test_child_out_of_sight_before_the_rest_is_said_again_after_it() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed())
    await monitoring.days_pass(1)
    monitoring.published()
    await monitoring.consumes(paused(monitoring.now, date(2026, 10, 5)))
    await monitoring.time_passes(local("2026-10-05 08:59:59"))
    assert "ChildOutOfSight" not in monitoring.published_names()
    await monitoring.time_passes(local("2026-10-09 09:00"))
    assert {"ChildOutOfSight", "EscalationRepeated"} <= set(monitoring.published_names())
