"""What programs ask that keep a copy of the map: the same on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.matching.domain.kept import Kept
from services.matching.domain.map_query import SHOWS_LATE, MapQuery, OrganisationQuery
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units
from tests.unit.matching.city import NOON, named, organisation, service

LATER = NOON + timedelta(days=1)
THEN, SINCE = Kept(changed_at=NOON), Kept(changed_at=LATER)


@pytest.fixture
async def city(units: Units[MatchingUnit]) -> Units[MatchingUnit]:
    async with units.begin() as unit:
        await unit.organisations.save(organisation("old", name="Oud", kept=THEN, description="Een werkplaats"))
        await unit.organisations.save(organisation("new", name="Nieuw", kept=SINCE))
        await unit.organisations.save(organisation("none", name="Zonder aanbod"))
        await unit.organisations.save(organisation("once", name="Voor één vraag", on_map=False))
        await unit.services.save(service("old", name="A", kept=THEN, address="Kade 1"))
        await unit.services.save(service("changed", of="old", name="B", kept=SINCE, categories=("food", "bike")))
        await unit.services.save(service("new", name="C", kept=THEN, access=("wheelchair",)))
        await unit.services.save(service("gone", of="old", name="D", categories=("clothing",), active=False))
        await unit.services.save(service("hidden", of="old", name="E", kept=replace(SINCE, hidden_at=LATER)))
        await unit.services.save(service("once", name="F", on_map=False))
    return units


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (MapQuery(), "ABC"),
        (MapQuery(changed_since=NOON), "ABC"),
        (MapQuery(changed_since=LATER), "BC"),
        (MapQuery(changed_since=LATER, include_hidden=True), "BCE"),
        (MapQuery(changed_since=LATER + SHOWS_LATE), "BC"),
        (MapQuery(changed_since=LATER + SHOWS_LATE + timedelta(microseconds=1)), ""),
        (MapQuery(has_place=True), "AC"),
        (MapQuery(categories=frozenset({"food", "clothing"})), "B"),
        (MapQuery(categories=frozenset({"food", "bike"}), has_place=True), "AC"),
    ],
)
async def test_services_are_found_by_what_changed_and_where(
    city: Units[MatchingUnit], query: MapQuery, expected: str
) -> None:
    async with city.begin() as unit:
        found = await unit.services.search(query)

    assert "".join(offer.service.name for offer in found.offers) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("text", "categories", "expected"),
    [
        ("", (), ["Nieuw", "Oud", "Zonder aanbod"]),
        ("werkPLAATS een", (), ["Oud"]),
        ("100%", (), []),
        ("", ("bike",), ["Nieuw", "Oud"]),
        ("", ("food", "swimming-lessons"), ["Oud"]),
        ("nieuw", ("food",), []),
        ("", ("clothing",), []),
    ],
)
async def test_organisations_are_found_by_words_and_by_what_they_offer(
    city: Units[MatchingUnit], text: str, categories: tuple[str, ...], expected: list[str]
) -> None:
    async with city.begin() as unit:
        query = OrganisationQuery(text, in_description=True, categories=frozenset(categories))
        found, total = await unit.organisations.search(query)

    assert ([owner.name for owner in found], total) == (expected, len(expected))


async def test_offers_of_several_organisations_are_listed_at_once_as_anyone_finds_them(
    city: Units[MatchingUnit],
) -> None:
    async with city.begin() as unit:
        found = await unit.services.list_public_of([named("old"), named("new"), named("once"), named("nobody")])
        assert await unit.services.list_public_of([]) == []

    assert [offer.name for offer in found] == ["A", "B", "C"]
