"""A need that has nobody: on the list, back on it while nothing happens, and off it when it is gone."""

from datetime import date

import pytest

from services.monitoring.domain.escalation import Resolution
from services.monitoring.domain.state import CaseState, state_of
from shared.events.matching import FailureReason
from shared.events.monitoring import CaseBackInSight, ChildOutOfSight, EscalationRaised, EscalationReason, FollowUpDue
from tests.unit.monitoring.given import (
    TUESDAY,
    City,
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
    resolve,
)

BIKE = f"nobody-again:{an_id('bike')}"


async def nobody_found() -> City:
    city = City()
    await city.hears(request_received(), needs_assessed(), no_partner_found())
    return city


async def family_stopped() -> City:
    city = City()
    await city.hears(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, date(2026, 9, 11)),
        handed_over(TUESDAY), help_failed(TUESDAY, FailureReason.FAMILY_STOPPED),
    )  # fmt: skip
    return city


async def listed(city: City) -> list[EscalationReason]:
    return [one.reason for one in (await city.watch()).open_escalations]


async def test_help_that_the_family_stopped_is_with_the_desk_and_never_called_out_of_sight() -> None:
    city = await family_stopped()
    assert await listed(city) == [EscalationReason.HELP_FAILED]
    assert state_of(await city.watch()) is CaseState.NOBODY_FOUND
    await city.days_pass(3)
    await resolve(city, Resolution.CALLED_AMBASSADOR)
    await city.days_pass(6)
    assert not [event for event in city.said() if isinstance(event, ChildOutOfSight | CaseBackInSight)]


async def test_need_that_still_has_nobody_is_back_on_the_list_after_five_working_days() -> None:
    city = await nobody_found()
    await resolve(city, Resolution.ASKED_OTHER_PARTNER)
    city.said()
    await city.time_passes(local("2026-09-15 09:59:59"))
    assert city.said() == []
    await city.time_passes(local("2026-09-15 10:00"))
    (raised,) = city.said()
    assert isinstance(raised, EscalationRaised)
    assert (raised.reason, raised.need_id) == (EscalationReason.NO_PARTNER_FOUND, an_id("bike"))


async def test_help_that_the_family_stopped_comes_back_as_what_it_is() -> None:
    city = await family_stopped()
    await resolve(city, Resolution.CALLED_AMBASSADOR)
    await city.days_pass(7)
    assert await listed(city) == [EscalationReason.HELP_FAILED]


async def test_ambassador_is_asked_how_it_goes_while_the_desk_looks_outside_the_map() -> None:
    city = await nobody_found()
    for _ in range(2):
        await resolve(city, Resolution.ASKED_OTHER_PARTNER)
        await city.days_pass(7)
    assert [type(event) for event in city.said()].count(FollowUpDue) == 1


async def test_need_that_is_not_needed_any_more_does_not_come_back() -> None:
    city = await nobody_found()
    await resolve(city, Resolution.NO_LONGER_NEEDED)
    assert BIKE not in city.timers()
    await city.days_pass(10)
    assert await listed(city) == []


async def test_need_that_has_a_partner_after_all_does_not_come_back() -> None:
    city = await nobody_found()
    await resolve(city, Resolution.CALLED_PARTNER)
    assert BIKE in city.timers()
    await city.hears(partner_activated(city.now))
    assert BIKE not in city.timers()


@pytest.mark.parametrize("resolved", [False, True])
async def test_need_with_nobody_that_the_inventory_no_longer_names_is_off_the_list(*, resolved: bool) -> None:
    city = await nobody_found()
    if resolved:
        await resolve(city, Resolution.CALLED_AMBASSADOR)
    await city.hears(needs_assessed(city.now, needs=(a_need("lessons"),)))
    assert await listed(city) == []
    assert BIKE not in city.timers()
    assert state_of(await city.watch()) is CaseState.SEEKING_PARTNER


async def test_need_that_was_dropped_while_it_was_helped_is_nobodys_worry_when_that_help_stops() -> None:
    city = City()
    await city.hears(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, date(2026, 9, 11)),
        handed_over(TUESDAY), needs_assessed(needs=(a_need("sport"),)),
        partner_activated(name="second", need="sport"),
    )  # fmt: skip
    await city.hears(help_failed(TUESDAY, FailureReason.NO_CONTACT))
    city.said()
    await city.days_pass(3)
    assert not [event for event in city.said() if isinstance(event, ChildOutOfSight)]


async def test_word_that_nobody_was_found_for_a_need_that_was_dropped_since_puts_it_on_no_list() -> None:
    city = City()
    without_it = needs_assessed(needs=(a_need("sport"),))
    await city.hears(request_received(), needs_assessed(), without_it, no_partner_found())
    assert await listed(city) == []


async def test_word_that_nobody_was_found_stands_though_an_older_inventory_is_heard_after_it() -> None:
    city = City()
    both = needs_assessed(needs=(a_need("sport"), a_need()))
    await city.hears(request_received(), no_partner_found(), needs_assessed(needs=(a_need("sport"),)), both)
    assert await listed(city) == [EscalationReason.NO_PARTNER_FOUND]
