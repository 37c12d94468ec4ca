"""Search knows the words that the city has now, whatever it was called when a service came on the map."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from services.matching.bootstrap import open_units
from services.matching.domain.map_query import How, MapQuery
from services.matching.ports import MatchingUnit
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.unit_of_work import Units
from tests.parts.audit import CHAIN
from tests.parts.city import a_city
from tests.twins.clock import HeldClock
from tests.twins.matching import MemoryMatchingUnit
from tests.twins.unit_of_work import MemoryUnits
from tests.unit.matching.city import NOON, organisation, service

# Nothing that this service says of itself is a word of the city.
OFFER: Mapping[str, Any] = {
    "name": "De Stuiver", "categories": ("transport",), "districts": ("kethel",), "languages": ("ti",),
}  # fmt: skip
CHANGED: Mapping[str, Any] = {
    "categories": {"transport": {"words": "Lift naar school", "search": ["chauffeur", "busje"]}},
    "districts": {"kethel": {"words": "Dorpsrand", "retired": True}},
    "languages": {"ti": {"words": "Taal van Eritrea"}},
    "search": {"same": [["busje", "shuttle"]], "also": {"ophalen": ["chauffeur"]}},
}


@pytest.fixture
async def units(units: Units[MatchingUnit]) -> Units[MatchingUnit]:
    async with units.begin() as unit:
        await unit.organisations.save(organisation("stuiver", name="Stichting De Stuiver"))
        await unit.services.save(service("stuiver", **OFFER))
    return units


def restarted(units: Any, changes: Mapping[str, Any]) -> Units[MatchingUnit]:  # noqa: ANN401 - the twin or the real one
    """The same data, in a process that read another city file."""
    city = a_city(changes)
    if isinstance(units, PostgresUnits):
        database: Any = units.database
        return open_units(city, database, RandomIds(), Random(7), CHAIN)
    made = MemoryUnits(service="matching", clock=HeldClock(NOON), ids=RandomIds(), make=MemoryMatchingUnit, city=city)
    made.tables = units.tables
    return made


async def is_found(units: Units[MatchingUnit], question: str) -> bool:
    async with units.begin() as unit:
        return (await unit.services.search(MapQuery(text=question))).how in (How.ALL_WORDS, How.LOOK_ALIKE)


@pytest.mark.parametrize(
    ("question", "before", "after"),
    [
        ("stuiver", True, True),
        # What a category, a district and a language are called, and the beginning of it.
        ("vervoer", True, False),
        ("lift", False, True),
        ("kethel", True, False),
        ("dorps", False, True),
        ("tigrinya", True, False),
        ("eritrea", False, True),
        # What a category is searched by, other words for that, and what also leads to it.
        ("reispas", True, False),
        ("chauffeur", False, True),
        ("shuttle", False, True),
        ("ophalen", False, True),
        ("bus", True, True),
        ("reiskosten", True, False),
        # Each word of a question must be met, each in its own way.
        ("stuiver eritrea shuttle", False, True),
        ("stuiver tigrinya reispas", True, False),
    ],
)
async def test_search_knows_the_words_that_the_city_has_now(
    units: Units[MatchingUnit], question: str, *, before: bool, after: bool
) -> None:
    assert await is_found(units, question) is before
    assert await is_found(restarted(units, CHANGED), question) is after


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("question", "expected"),
    [("vervor", True), ("tigrinja", True), ("tigrinyase", True), ("verhuizen", False), ("ruimtevaart", False)],
)
async def test_search_forgives_a_typing_mistake_in_the_words_of_a_code(
    postgres_units: Units[MatchingUnit], question: str, *, expected: bool
) -> None:
    async with postgres_units.begin() as unit:
        await unit.organisations.save(organisation("stuiver", name="Stichting De Stuiver"))
        await unit.services.save(service("stuiver", **OFFER))

    assert await is_found(postgres_units, question) is expected


@pytest.mark.postgres
async def test_service_that_names_what_is_asked_stands_above_one_that_only_has_its_code(
    postgres_units: Units[MatchingUnit],
) -> None:
    async with postgres_units.begin() as unit:
        await unit.organisations.save(organisation("stuiver"))
        for key, name, description in (("a", "Aardig", ""), ("b", "Bolderkar", "Meerijden naar school.")):
            facts = {"name": name, "description": description, "categories": ("transport",)}
            await unit.services.save(service(key, of="stuiver", **facts))
        found = await unit.services.search(MapQuery(text="meerijden"))

    assert [offer.service.name for offer in found.offers] == ["Bolderkar", "Aardig"]
