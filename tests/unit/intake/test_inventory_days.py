"""Days that people mistype: the conversation with the family, and the home visit."""

from datetime import date, timedelta

import pytest

from services.intake.domain.errors import HomeVisitOutOfRange, NotDiscussed
from services.intake.handlers.inventory import complete_inventory
from shared.events.intake import NeedsAssessed
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import NOW, ROOS, inventory, need, received, said


@pytest.mark.parametrize("visit", [date(2206, 2, 5), date(2027, 3, 11), date(2026, 3, 9)])
async def test_home_visit_in_the_past_or_years_away_is_refused(visit: date) -> None:
    units, case = await received()
    async with units.begin() as unit:
        with pytest.raises(HomeVisitOutOfRange):
            await complete_inventory(inventory(case.id, [need("bike")], home_visit_on=visit), unit, ROOS)
    assert len(said(units)) == 1


async def test_home_visit_that_is_over_may_stay_in_the_inventory() -> None:
    clock = HeldClock(NOW)
    units, case = await received(clock)
    for needs in ([need("bike")], [need("bike"), need("food")]):
        async with units.begin() as unit:
            found = inventory(case.id, needs, home_visit_on=date(2026, 3, 12))
            await complete_inventory(found, unit, ROOS)
        clock.forward(timedelta(days=30))
    assert [type(fact) for fact in said(units)].count(NeedsAssessed) == 2


async def test_conversation_long_before_the_consent_was_mistyped() -> None:
    units, case = await received()
    mistyped = inventory(case.id, [need("bike")], discussed_on=date(206, 3, 9))
    async with units.begin() as unit:
        with pytest.raises(NotDiscussed):
            await complete_inventory(mistyped, unit, ROOS)
