"""Every open case is in exactly one lane of the board, whatever happened; what nobody acts on is in the first one."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.board import BoardFilter
from services.monitoring.domain.errors import UnknownCase, UnknownReferral
from services.monitoring.domain.lane import Lane
from shared.events.base import Event, Role, Urgency
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    COORDINATOR,
    FUND_CONTACT,
    TUESDAY,
    a_need,
    acknowledged,
    an_id,
    closed,
    day_of,
    handed_over,
    help_delivered,
    help_started,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    paused,
    request_received,
    resumed,
)
from tests.unit.monitoring.twin import Monitoring

CASES: Final = (CASE, an_id("second case"), an_id("third case"))
SOON: Final = date(2026, 10, 1)
TODAY: Final = (a_need(urgency=Urgency.TODAY),)
ASKED: Final = (request_received(), acknowledged(), needs_assessed())
ACCEPTED: Final = (*ASKED, partner_activated(), partner_accepted(TUESDAY, day_of(TUESDAY)))
STARTED: Final = (*ACCEPTED, handed_over(TUESDAY), help_started(TUESDAY))
HELPED: Final = (*STARTED, help_delivered(TUESDAY), outcome_confirmed(TUESDAY))
EVENTS: Final[Sequence[Event]] = (
    *HELPED,
    request_received(needs=TODAY),
    needs_assessed(needs=(*TODAY, a_need("lessons"))),
    partner_activated(name="second", urgency=Urgency.TODAY),
    no_partner_found(),
    paused(TUESDAY, SOON),
    resumed(TUESDAY),
    closed(TUESDAY),
)


async def lanes(monitoring: Monitoring) -> dict[Lane, int]:
    """How many open cases each lane has; checks that they are all there, and each once."""
    async with monitoring.units.begin() as unit:
        counts = await unit.board.count_lanes(BoardFilter())
        everything = {row.case_id for row in await unit.board.list_cases(BoardFilter(), limit=10)}
        of_lane = {
            lane: [row.case_id for row in await unit.board.list_cases(BoardFilter(lane=lane), limit=10)]
            for lane in Lane
        }
        figures = await unit.board.read_figures(unit.now)
    found = [case_id for ids in of_lane.values() for case_id in ids]
    assert sorted(found) == sorted(everything)
    assert {lane: len(ids) for lane, ids in of_lane.items()} == {lane: counts[lane] for lane in Lane}
    assert sum(counts[lane] for lane in Lane) == figures.open_cases == len(everything)
    return {lane: counts[lane] for lane in Lane}


async def lane(monitoring: Monitoring) -> Lane:
    """The one of the only case."""
    (found,) = [one for one, count in (await lanes(monitoring)).items() if count]
    return found


async def touch(monitoring: Monitoring, *, owned: bool, waits: bool) -> None:
    """Somebody of the desk takes the open points of the first case, and lets them wait for a day."""
    async with monitoring.units.begin() as unit:
        watch = await unit.watches.get(CASE)
        if watch is not None:
            watch.escalations = [
                replace(one, owner_id=COORDINATOR if owned else None, waits_until=SOON if waits else None)
                if one.is_open
                else one
                for one in watch.escalations
            ]
            await unit.watches.save(watch)


async def play(steps: Sequence[tuple[int, int, int, bool, bool]]) -> None:
    monitoring = Monitoring()
    for which, event, days, owned, waits in steps:
        happened = EVENTS[event].model_copy(update={"subject": CASES[which]})
        # What cannot be applied stands aside, and changes nothing.
        with suppress(UnknownCase, UnknownReferral):
            await monitoring.consumes(happened)
        await monitoring.days_pass(days)
        await touch(monitoring, owned=owned, waits=waits)
        await lanes(monitoring)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(CASES) - 1),
            st.integers(0, len(EVENTS) - 1),
            st.sampled_from([0, 0, 1, 9]),
            st.booleans(),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_lanes_are_disjoint_and_hold_all_open_cases_in_any_order_of_events(
    steps: list[tuple[int, int, int, bool, bool]],
) -> None:
    asyncio.run(play(steps))


@pytest.mark.parametrize(
    ("events", "days", "expected"),
    [
        ((request_received(),), 0, Lane.OURS),
        ((request_received(needs=TODAY),), 0, Lane.NOW),
        ((request_received(), acknowledged()), 0, Lane.OTHERS),
        ((*ASKED, no_partner_found()), 0, Lane.OURS),
        ((*ASKED, partner_activated()), 0, Lane.OTHERS),
        ((*ASKED[:2], needs_assessed(needs=TODAY), partner_activated(urgency=Urgency.TODAY)), 0, Lane.NOW),
        (ACCEPTED, 0, Lane.OTHERS),
        (STARTED, 0, Lane.RUNNING),
        (HELPED, 0, Lane.RUNNING),
        (HELPED, 14, Lane.OTHERS),
        ((*HELPED, paused(TUESDAY, SOON)), 0, Lane.OTHERS),
        ((request_received(needs=TODAY), acknowledged(), paused(TUESDAY, SOON)), 0, Lane.OTHERS),
        ((*ASKED, no_partner_found()), 9, Lane.NOW),
    ],
)
async def test_lane_says_who_must_do_something(events: Sequence[Event], days: int, expected: Lane) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(*events)
    await monitoring.days_pass(days)
    assert await lane(monitoring) is expected


async def test_point_that_waits_for_a_day_waits_on_others_and_says_until_when() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(*ASKED, no_partner_found())
    await touch(monitoring, owned=True, waits=True)
    assert await lane(monitoring) is Lane.OTHERS
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = (await browser.get("/bord", params={"groep": "others"})).text
    assert "Wacht tot 1 okt 2026." in page
    assert '<td data-label="Van wie">jij</td>' in page


async def test_point_that_nobody_acts_on_for_400_days_still_stands_in_the_first_lane() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(*ASKED, no_partner_found())
    await monitoring.days_pass(400)
    assert await lane(monitoring) is Lane.NOW
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = (await browser.get("/bord", params={"groep": "now"})).text
    assert f'href="/bord/{CASE}"' in page
    assert "op de lijst sinds 8 sep 2026" in page


@pytest.mark.parametrize(
    ("events", "called"),
    [
        (ASKED, AMBASSADOR),
        ((*ASKED, partner_activated()), FUND_CONTACT),
        (ACCEPTED, FUND_CONTACT),
        (STARTED, AMBASSADOR),
        ((request_received(), partner_activated()), AMBASSADOR),
    ],
)
async def test_whoever_has_the_word_is_called(events: Sequence[Event], called: object) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(*events)
    async with monitoring.units.begin() as unit:
        (row,) = await unit.board.list_cases(BoardFilter(), limit=10)
    assert row.call_id == called
