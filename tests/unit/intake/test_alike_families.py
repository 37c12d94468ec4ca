"""Whether many families look like an example: community asks, and hears yes or no, never how many."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.intake.domain.alike import whole_months
from shared.access.service_tokens import ServiceTokens
from shared.kernel.city import City
from tests.parts.city import a_city
from tests.parts.keys import ring
from tests.twins.clock import HeldClock
from tests.unit.intake.app import PUBLIC_URL, app_on
from tests.unit.intake.builders import NOW, Units, everybody_joins, request, submit_request, units_in_memory

PATH = "/internal/alike-families"
NEXT_MONTH = timedelta(days=22)


def a_city_of(similar: int) -> City:
    """In which so many families are many."""
    city = a_city()
    return city.model_copy(update={"privacy": city.privacy.model_copy(update={"similar_families": similar})})


class Asked:
    """Intake as community asks it."""

    def __init__(self, similar: int = 3) -> None:
        self.clock = HeldClock(NOW)
        self.units: Units = units_in_memory(clock=self.clock, city=a_city_of(similar))
        self.app: FastAPI = app_on(self.units, self.clock)

    async def receives(self, times: int, **changes: Any) -> None:  # noqa: ANN401 - of a request
        """So many families ask for help."""
        async with self.units.begin() as unit:
            await everybody_joins(unit)
            for _ in range(times):
                await submit_request(replace(request(), **changes), unit)

    async def asks(self, *, service: str = "community", to: str = "intake", **shape: Any) -> httpx.Response:  # noqa: ANN401 - parts of a shape
        """The reply to a shape."""
        tokens = ServiceTokens(ring(service), service, self.clock)
        headers = {"Authorization": f"Bearer {tokens.issue(to)}"}
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL, headers=headers) as client:
            return await client.post(PATH, json={"categories": ["bike"], **shape})


async def test_shape_of_enough_families_is_common_and_no_number_of_them_is_told() -> None:
    intake = Asked()
    await intake.receives(7)
    intake.clock.forward(NEXT_MONTH)

    reply = await intake.asks(district="noord")
    assert reply.json() == {"isCommon": True, "atLeast": 3, "widen": []}


async def test_shape_of_too_few_families_says_which_fact_to_leave_out() -> None:
    intake = Asked()
    await intake.receives(2)
    await intake.receives(1, district="oost")
    intake.clock.forward(NEXT_MONTH)

    reply = await intake.asks(district="noord", ageBand="0-3")
    assert reply.json() == {"isCommon": False, "atLeast": 3, "widen": ["district"]}
    nobody = await intake.asks(categories=["bike", "money"], homeLanguage="another")
    assert nobody.json() == {"isCommon": False, "atLeast": 3, "widen": []}


async def test_family_that_asked_this_month_changes_no_answer() -> None:
    intake = Asked()
    await intake.receives(3)
    assert (await intake.asks()).json()["isCommon"] is False
    intake.clock.forward(NEXT_MONTH)
    assert (await intake.asks()).json()["isCommon"] is True


@pytest.mark.parametrize(
    "shape",
    [
        {"categories": []},
        {"categories": ["bike", "bike"]},
        {"categories": ["bike", "money", "clothing"]},
        {"categories": ["bike", "money"], "ageBand": "0-3", "district": "noord", "children": "one"},
        {"organisationId": "00000000-0000-7000-8000-0000000000a1"},
        {"receivedAfter": "2026-01-01"},
    ],
)
async def test_shape_that_says_more_than_a_shape_may_is_refused(shape: dict[str, Any]) -> None:
    assert (await Asked().asks(**shape)).status_code == 400


async def test_each_question_is_a_line_with_the_names_of_the_facts_and_no_value() -> None:
    intake = Asked()
    for _ in range(2):
        await intake.asks(district="noord")

    lines = [line.entry for line in intake.units.tables.table("audit_lines").values()]
    assert [(one.purpose, one.actor.via_id, one.fields, one.about_id) for one in lines] == [
        ("alike-families", "community", ("categories", "district"), None)
    ] * 2


async def test_nobody_but_community_asks_it() -> None:
    for service, to in (("monitoring", "intake"), ("community", "matching")):
        assert (await Asked().asks(service=service, to=to)).status_code in {401, 403}


@pytest.mark.parametrize(
    ("today", "months", "days"),
    [
        (date(2026, 3, 31), 24, (date(2024, 3, 1), date(2026, 3, 1))),
        (date(2026, 1, 1), 1, (date(2025, 12, 1), date(2026, 1, 1))),
        (date(2026, 12, 9), 12, (date(2025, 12, 1), date(2026, 12, 1))),
    ],
)
def test_months_are_whole_ones_before_this_one(today: date, months: int, days: tuple[date, date]) -> None:
    assert whole_months(today, months) == days
