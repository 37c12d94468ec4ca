"""Whether a shape is common, from requests in PostgreSQL through intake's door to what community reads."""

from datetime import timedelta

import httpx
import pytest

from services.intake.domain.alike import whole_months
from shared.kernel.clock import SystemClock
from shared.storage.database import Database
from tests.integration.intake.postgres import units_on
from tests.unit.community.test_intake_commonness import SHAPE, asking
from tests.unit.intake.app import app_on
from tests.unit.intake.builders import everybody_joins, request, submit_request

pytestmark = pytest.mark.postgres
TEN = 10


async def test_tenth_family_of_the_months_before_makes_it_common(database: Database) -> None:
    units, clock = units_on(database), SystemClock()
    commonness = asking(clock, httpx.ASGITransport(app=app_on(units, clock)))
    for number in range(TEN):
        assert not (await commonness.check(SHAPE)).answer.is_common
        async with units.begin() as unit:
            await everybody_joins(unit)
            case = await submit_request(request(), unit)
            _, this_month = whole_months(unit.city.day_of(unit.now), 1)
            case.received_at -= timedelta(days=unit.city.day_of(unit.now).day + number)
            await unit.cases.save(case)
            assert unit.city.day_of(case.received_at) < this_month

    found = (await commonness.check(SHAPE)).answer
    assert (found.is_common, found.at_least) == (True, TEN)
