"""Examples for the table, on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

from services.community.domain.example import Example, ExampleState, FirstName, Told
from services.community.ports import CommunityUnit
from shared.events.alike_families import Children, FamilyShape, HomeLanguage
from shared.events.base import AgeBand
from shared.unit_of_work import Units
from tests.integration.community.conftest import a_gathering
from tests.unit.community.world import TUESDAY, an_id

NARROW = FamilyShape(
    categories=("bike",), age_band=AgeBand.CHILD, home_language=HomeLanguage.ANOTHER, children=Children.SEVERAL
)
WIDE = FamilyShape(categories=("clothing", "bike"), district="noord")


async def test_examples_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    example = Example(an_id("one"), Told(NARROW, FirstName.NOA, "Noa is moe."), an_id("who"), TUESDAY)
    other = replace(
        example, id=an_id("other"), told=Told(WIDE, FirstName.SEM, ""), written_by=None, version=3,
        kept_from=TUESDAY - timedelta(days=1), state=ExampleState.APPROVED, reason="Anders", approved_by=an_id("he"),
    )  # fmt: skip
    async with units.begin() as unit:
        for one in (replace(example, version=2), example, other):
            await unit.examples.save(one)

    both = sorted((example, other), key=lambda one: one.id)
    async with units.begin() as unit:
        assert await unit.examples.get(example.id) == await unit.examples.read(example.id) == example
        assert await unit.examples.list_all() == both
        assert await unit.examples.read(an_id("gone")) is None
        assert await unit.examples.list_old(TUESDAY, 9) == [other.id]
        assert await unit.examples.list_old(TUESDAY + timedelta(days=1), 1) == [other.id]


async def test_examples_lie_on_the_tables_where_they_were_put(units: Units[CommunityUnit]) -> None:
    first, second = a_gathering("first"), a_gathering("second")
    example = Example(an_id("one"), Told(WIDE, FirstName.NOA, "Noa is moe."), an_id("who"), TUESDAY)
    other = replace(example, id=an_id("other"))
    async with units.begin() as unit:
        for gathering in (first, second):
            await unit.gatherings.save(gathering)
        for one in (example, other):
            await unit.examples.save(one)
        for tied, gathering in ((example, first), (example, first), (example, second), (other, first)):
            await unit.examples.tie(tied.id, gathering.id)

    async with units.begin() as unit:
        assert await unit.examples.list_of(first.id) == sorted((example, other), key=lambda one: one.id)
        assert await unit.examples.list_gatherings(example.id) == sorted((first.id, second.id))
        await unit.examples.untie(example.id, first.id)
        assert await unit.examples.list_of(first.id) == [other]
        await unit.examples.untie(example.id)
        assert await unit.examples.list_gatherings(example.id) == []
        await unit.examples.remove([other.id])
        assert await unit.examples.list_of(first.id) == []
        assert await unit.examples.list_all() == [example]
