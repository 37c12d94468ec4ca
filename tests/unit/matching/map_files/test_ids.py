"""What an id stands for: a UUID everywhere the same, another id within its source, and never two things."""

from pathlib import Path
from typing import Any

import pytest

from services.matching.adapters.map_files import read_files
from services.matching.domain.map_source import source_named
from tests.parts.city import a_city
from tests.unit.matching.city import World, named
from tests.unit.matching.importing import taken_over, the_map
from tests.unit.matching.map_files.reading import hsds, read, written

CONTACT = {"id": "1", "name": "Sam V", "email": "sam@fonds.example"}


def small(name: str, owner: str) -> dict[str, Any]:
    return hsds(id="1", name=name, organization={"id": "1", "name": owner})


async def test_small_ids_of_two_sources_are_two_things(tmp_path: Path) -> None:
    world = World()
    for name, one in (("a.json", small("Zwemles", "Club A")), ("b.json", small("Voedsel", "Bank B"))):
        await taken_over(world, written(tmp_path, name, [one]))

    again = await taken_over(world, written(tmp_path, "a.json", [small("Zwemles", "Club A")]))

    assert {one.name for one in await the_map(world)} == {"Zwemles", "Voedsel"}
    assert again.unchanged == 2


def test_source_that_is_said_is_that_of_all_files(tmp_path: Path) -> None:
    owner = written(tmp_path, "o.json", {"organizations": [{"id": "1", "name": "Club A"}]})
    service = written(tmp_path, "s.json", {"services": [hsds(id=1, organization=None, organization_id=1.0)]})

    found = read_files([owner, service], a_city(), source="Gids")

    assert (
        [one.external_id for one in found.organisations] == [one.organisation for one in found.services] == ["gids:1"]
    )
    assert found.source == "gids"


@pytest.mark.parametrize(
    "name", ["Gids.json", "gids-2026-11-30.json", "gids_20261130.json", "Gids (2).json", "gids 2026-11.json"]
)
def test_the_same_feed_of_another_day_is_the_same_source(name: str) -> None:
    assert source_named(name) == "gids"


@pytest.mark.parametrize("name", ["gids1.json", "gids-2.json"])
def test_another_number_is_another_source(name: str) -> None:
    assert source_named(name) != "gids"


@pytest.mark.parametrize("id_of_both", ["1", str(named("somebody"))])
@pytest.mark.parametrize(
    "other", [{"name": "Jan J", "email": "jan@fonds.example"}, {"name": "Jan J"}, {"email": "j@fonds.example"}]
)
def test_one_id_on_two_people_is_refused_by_its_line(tmp_path: Path, id_of_both: str, other: dict[str, str]) -> None:
    first, second = {**CONTACT, "id": id_of_both}, {**CONTACT, "id": id_of_both, **other}

    found = read(tmp_path, [hsds(contacts=[first]), hsds(id=str(named("b")), name="B", contacts=[second])])

    assert [(row.line, row.column) for row in found.refused] == [(2, "contacts.0.id")]
    assert "regel 1" in found.refused[0].problem


def test_one_id_on_the_same_person_at_two_offers_is_fine(tmp_path: Path) -> None:
    found = read(tmp_path, [hsds(contacts=[CONTACT]), hsds(id=str(named("b")), name="B", contacts=[CONTACT])])

    assert (found.refused, len(found.services)) == ([], 2)


def test_one_id_on_two_organisations_is_refused_by_its_line(tmp_path: Path) -> None:
    found = read(tmp_path, [small("Zwemles", "Club A"), {**small("Voedsel", "Bank B"), "id": "2"}])

    assert [(row.line, row.column) for row in found.refused] == [(2, "organization.id")]
    assert [one.name for one in found.organisations] == ["Club A"]


async def test_ids_of_a_source_that_differ_in_capitals_are_two_things(tmp_path: Path) -> None:
    world = World()
    first = hsds(id="AbcdE", name="Zwemles", organization={"id": "oRg", "name": "Club A"})
    second = hsds(id="aBCDe", name="Voedsel", organization={"id": "OrG", "name": "Bank B"})

    report = await taken_over(world, written(tmp_path, "gids.json", [first, second]))

    assert (report.refused, report.organisations, report.services) == ([], 2, 2)
    assert {one.name for one in await the_map(world)} == {"Zwemles", "Voedsel"}
