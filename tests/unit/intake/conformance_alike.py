"""What every store must say of families that look alike."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.commands import SubmitRequest
from services.intake.domain.alike import AlikeSearch
from services.intake.domain.case_state import CaseState
from services.intake.domain.same_child import PairState, SameChild
from services.intake.handlers.safety import press
from shared.events.alike_families import FamilyShape
from shared.unit_of_work import Units
from tests.unit.intake.builders import COORDINATOR, everybody_joins, need, request, submit_request

Store = Units[Any]
FAMILY = UUID("00000000-0000-7000-8000-0000000000f2")
BIKE = {"categories": ("bike",)}
DAY = timedelta(days=1)


async def are(units: Store, number: int, days: int = 1, **shape: Any) -> bool:  # noqa: ANN401 - parts of a shape
    """Whether the store finds so many, and not one more."""
    async with units.begin() as unit:
        search = AlikeSearch(
            FamilyShape.model_validate(BIKE | shape), unit.now - days * DAY, unit.now + days * DAY, "nl"
        )
        more = await unit.alike.are_at_least(number + 1, search)
        return await unit.alike.are_at_least(number, search) and not more


async def received(units: Store, *requests: SubmitRequest) -> list[UUID]:
    """The cases of these requests."""
    async with units.begin() as unit:
        await everybody_joins(unit)
        return [(await submit_request(one, unit)).id for one in requests]


class AlikeConformance:
    @pytest.mark.parametrize(
        ("shape", "number"),
        [
            ({}, 3),
            ({"categories": ("bike", "clothing")}, 2),
            ({"categories": ("clothing",)}, 2),
            ({"ageBand": "0-3"}, 2),
            ({"ageBand": "8-11"}, 1),
            ({"district": "noord"}, 2),
            ({"homeLanguage": "of-the-city"}, 2),
            ({"homeLanguage": "another"}, 1),
            ({"homeLanguage": "another", "district": "noord"}, 1),
            ({"children": "one"}, 3),
            ({"children": "several"}, 0),
        ],
    )
    async def test_families_are_counted_by_each_fact(self, units: Store, shape: dict[str, Any], number: int) -> None:
        older = request(needs=(need("bike"),), district="oost", birth_date=date(2017, 9, 1))
        await received(units, request(), replace(request(), family_language="ar"), older)

        assert await are(units, number, **shape)

    async def test_children_of_one_family_are_one_family(self, units: Store) -> None:
        await received(units, *[replace(request(), household_id=FAMILY)] * 2, request())

        assert await are(units, 2)
        assert await are(units, 1, children="several")
        assert await are(units, 1, children="one")

    async def test_who_withdrew_stands_still_or_may_be_the_same_child_does_not_count(self, units: Store) -> None:
        withdrawn, held, older, younger, apart = await received(units, *[request()] * 5)
        async with units.begin() as unit:
            case = await unit.cases.get(withdrawn)
            case.state = CaseState.WITHDRAWN
            await unit.cases.save(case)
            await press(held, unit, COORDINATOR)
            await unit.same_children.add(SameChild(UUID(int=1), older, younger, unit.now, PairState.ASKED))
            await unit.same_children.add(SameChild(UUID(int=2), older, apart, unit.now, PairState.APART))

        assert await are(units, 2)

    async def test_requests_of_another_time_do_not_count(self, units: Store) -> None:
        (case_id,) = await received(units, request())
        async with units.begin() as unit:
            case = await unit.cases.get(case_id)
            case.received_at -= 3 * DAY
            await unit.cases.save(case)

        assert await are(units, 0)
        assert await are(units, 1, days=4)
