"""The page of several points of one cause: what it offers, and what it says of what nobody could have ticked."""

import pytest

from shared.events.base import Role, Urgency
from tests.twins.clock import HeldClock
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import SCHOOL, a_need, acknowledged, local, request_received
from tests.unit.monitoring.desk import at_the_desk
from tests.unit.monitoring.test_together import PATH, case, send, ticked, with_late_inventories


async def test_example_of_a_day_is_that_of_the_city_a_week_on() -> None:
    monitoring = await with_late_inventories(2)
    # Half past midnight on the 13th here; by a host that is slow it is still the 12th.
    await monitoring.time_passes(local("2026-09-13 00:30"))
    async with visitor(monitoring, Role.COORDINATOR, clock=HeldClock(local("2026-09-12 22:30"))) as browser:
        page = await browser.get(PATH)
    assert "Bijvoorbeeld 21-09-2026" in page.text  # the 20th is a Sunday


async def test_waiting_is_offered_for_what_can_wait_and_the_others_are_marked() -> None:
    today = (a_need(urgency=Urgency.TODAY),)
    urgent = [request_received(case=case(1), needs=today), acknowledged(case=case(1))]
    monitoring = await at_the_desk(request_received(case=case(0)), acknowledged(case=case(0)), *urgent)
    await monitoring.time_passes(local("2026-09-11 11:00"))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        both = (await browser.get(PATH)).text
        assert "Laat deze punten wachten" in both
        assert both.count("kan niet wachten") == 2  # its label, and what that means
        (calm, *_) = [one for one in await ticked(monitoring) if one.startswith(str(case(0)))]
        await browser.post(PATH, data={"points": [calm], "go": "answer", "resolution": "called-ambassador"})
        alone = (await browser.get(PATH)).text
    assert "Laat deze punten wachten" not in alone
    assert "kunnen niet wachten" in alone


async def test_way_to_do_points_together_shows_when_there_are_several() -> None:
    link = f"/bord/samen?reden=inventory-late&amp;van={SCHOOL}"
    for count in (1, 2):
        monitoring = await with_late_inventories(count)
        async with visitor(monitoring, Role.COORDINATOR) as browser:
            page = (await browser.get(f"/bord/{case(0)}")).text
        assert (link in page) == (count > 1)


@pytest.mark.parametrize("points", [["zz"], ["zz", "a:b:c"], ["zz", "", "1:2:3"]])
async def test_ticks_that_nobody_can_read_are_asked_for_again(points: list[str]) -> None:
    monitoring = await with_late_inventories(2)
    status, page = await send(monitoring, points, go="take")
    assert status == 400
    assert 'href="#veld-points"' in page
    assert "Kruis minstens één punt aan" in page
    assert "Er is niets gedaan" not in page
