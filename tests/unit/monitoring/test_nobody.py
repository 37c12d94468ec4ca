"""A need that has nobody: on the list, back on it while nothing happens, and off it when it is gone."""

from datetime import date

import pytest

from services.monitoring.domain.state import CaseState, state_of
from shared.events.base import Urgency
from shared.events.desk_codes import Resolution
from shared.events.monitoring import CaseBackInSight, ChildOutOfSight, EscalationRaised, EscalationReason, FollowUpDue
from shared.events.referral_codes import FailureReason
from tests.unit.monitoring.builders import (
    TUESDAY,
    a_need,
    an_id,
    handed_over,
    help_failed,
    local,
    needs_assessed,
    no_partner_found,
    partner_accepted,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring, resolve

BIKE = f"nobody-again:{an_id('bike')}"


async def nobody_found() -> Monitoring:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    return monitoring


async def family_stopped() -> Monitoring:
    monitoring = Monitoring()
    await monitoring.consumes(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, date(2026, 9, 11)),
        handed_over(TUESDAY), help_failed(TUESDAY, FailureReason.FAMILY_STOPPED),
    )  # fmt: skip
    return monitoring


async def listed(monitoring: Monitoring) -> list[EscalationReason]:
    return [one.reason for one in (await monitoring.watch()).open_escalations]


async def test_help_that_the_family_stopped_is_with_the_desk_and_never_called_out_of_sight() -> None:
    monitoring = await family_stopped()
    assert await listed(monitoring) == [EscalationReason.HELP_FAILED]
    assert state_of(await monitoring.watch()) is CaseState.AWAITING_WISH
    await monitoring.days_pass(1)
    await resolve(monitoring, Resolution.CALLED_AMBASSADOR)
    await monitoring.days_pass(6)
    assert not [event for event in monitoring.published() if isinstance(event, ChildOutOfSight | CaseBackInSight)]


async def test_need_that_still_has_nobody_is_back_on_the_list_after_five_working_days() -> None:
    monitoring = await nobody_found()
    await resolve(monitoring, Resolution.ASKED_OTHER_PARTNER)
    monitoring.published()
    await monitoring.time_passes(local("2026-09-15 09:59:59"))
    assert monitoring.published() == []
    await monitoring.time_passes(local("2026-09-15 10:00"))
    (raised,) = monitoring.published()
    assert isinstance(raised, EscalationRaised)
    assert (raised.reason, raised.need_id) == (EscalationReason.NO_PARTNER_FOUND, an_id("bike"))


async def test_need_for_today_that_still_has_nobody_is_back_on_the_list_after_one_working_day() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found(urgency=Urgency.TODAY))
    await resolve(monitoring, Resolution.KEEP_WATCHING)
    await monitoring.time_passes(local("2026-09-09 10:00"))
    assert await listed(monitoring) == [EscalationReason.NO_PARTNER_FOUND]


async def test_after_help_that_stopped_the_desk_hears_that_the_wish_of_the_family_is_not_known() -> None:
    monitoring = await family_stopped()
    await resolve(monitoring, Resolution.CALLED_AMBASSADOR)
    await monitoring.days_pass(7)
    assert await listed(monitoring) == [EscalationReason.FAMILY_WISH_UNKNOWN]


async def test_ambassador_is_asked_how_it_goes_while_the_desk_looks_outside_the_map() -> None:
    monitoring = await nobody_found()
    for _ in range(2):
        await resolve(monitoring, Resolution.ASKED_OTHER_PARTNER)
        await monitoring.days_pass(7)
    assert [type(event) for event in monitoring.published()].count(FollowUpDue) == 1


async def test_need_that_is_not_needed_any_more_does_not_come_back() -> None:
    monitoring = await nobody_found()
    await resolve(monitoring, Resolution.NO_LONGER_NEEDED)
    assert BIKE not in monitoring.timers()
    await monitoring.days_pass(10)
    assert await listed(monitoring) == []


async def test_need_that_has_a_partner_after_all_does_not_come_back() -> None:
    monitoring = await nobody_found()
    await resolve(monitoring, Resolution.CALLED_PARTNER)
    assert BIKE in monitoring.timers()
    await monitoring.consumes(partner_activated(monitoring.now))
    assert BIKE not in monitoring.timers()


@pytest.mark.parametrize("resolved", [False, True])
async def test_need_with_nobody_that_the_inventory_no_longer_names_is_off_the_list(*, resolved: bool) -> None:
    monitoring = await nobody_found()
    if resolved:
        await resolve(monitoring, Resolution.CALLED_AMBASSADOR)
    await monitoring.consumes(needs_assessed(monitoring.now, needs=(a_need("lessons"),)))
    assert await listed(monitoring) == []
    assert BIKE not in monitoring.timers()
    assert state_of(await monitoring.watch()) is CaseState.SEEKING_PARTNER


async def test_need_that_was_dropped_while_it_was_helped_is_nobodys_worry_when_that_help_stops() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, date(2026, 9, 11)),
        handed_over(TUESDAY), needs_assessed(needs=(a_need("sport"),)),
        partner_activated(name="second", need="sport"),
    )  # fmt: skip
    await monitoring.consumes(help_failed(TUESDAY, FailureReason.NO_CONTACT))
    monitoring.published()
    await monitoring.days_pass(3)
    assert not [event for event in monitoring.published() if isinstance(event, ChildOutOfSight)]


async def test_word_that_nobody_was_found_for_a_need_that_was_dropped_since_puts_it_on_no_list() -> None:
    monitoring = Monitoring()
    without_it = needs_assessed(needs=(a_need("sport"),))
    await monitoring.consumes(request_received(), needs_assessed(), without_it, no_partner_found())
    assert await listed(monitoring) == []


async def test_word_that_nobody_was_found_stands_though_an_older_inventory_is_heard_after_it() -> None:
    monitoring = Monitoring()
    both = needs_assessed(needs=(a_need("sport"), a_need()))
    await monitoring.consumes(request_received(), no_partner_found(), needs_assessed(needs=(a_need("sport"),)), both)
    assert await listed(monitoring) == [EscalationReason.NO_PARTNER_FOUND]
