"""Files read in another city: its codes and words are taken over, and what it does not offer is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from shared.events.directory import OrganisationListed
from tests.parts.city import VELDERMEER, a_city
from tests.unit.matching.city import World
from tests.unit.matching.importing import a_file, hsds_service, taken_over, the_map
from tests.unit.matching.site import Site

ELSEWHERE = a_city(file=VELDERMEER)
COLUMNS = "organisatie;soort_organisatie;aanbod;categorieen;wijken;talen;contactpersoon;email\n"
ROW = "Warme Wol;Stichting;Jassenrek;een winterjas, party;'t Zand, de Binnenveste;Fries;Sam V;sam@wol.example\n"


async def test_csv_of_the_city_is_taken_over_by_its_codes_and_its_words(tmp_path: Path) -> None:
    world = World(city=ELSEWHERE)

    report = await taken_over(world, a_file(tmp_path, "kaart.csv", COLUMNS + ROW))

    assert report.refused == []
    [found] = await the_map(world)
    assert found.categories == ("winter-coat", "party")
    assert (found.districts, found.languages) == (("t-zand", "binnenveste"), ("fy",))
    assert [fact.kind for fact in world.published(OrganisationListed)] == ["foundation"]


@pytest.mark.parametrize(
    ("old", "new", "column", "problem", "example"),
    [
        ("een winterjas", "een fiets", "categorieen", "'een fiets' kennen wij niet", "groceries of: boodschappen"),
        ("een winterjas", "zangles", "categorieen", "'zangles' kun je niet meer kiezen", "groceries of: boodschappen"),
        ("'t Zand, de Binnenveste", "Kethel", "wijken", "'Kethel' kennen wij niet", "binnenveste of: de Binnenveste"),
        (
            "'t Zand, de Binnenveste",
            "oude-kade",
            "wijken",
            "'oude-kade' kun je niet meer kiezen",
            "binnenveste of: de Binnenveste",
        ),
        ("Fries", "Papiaments", "talen", "'Papiaments' kennen wij niet", "nl of: Nederlands"),
        ("Stichting", "fund", "soort_organisatie", "'fund' kennen wij niet", "neighbourhood of: buurtorganisatie"),
    ],
)
async def test_csv_with_what_the_city_does_not_offer_is_refused_with_an_example_of_its_own(
    tmp_path: Path, old: str, new: str, column: str, problem: str, example: str
) -> None:
    world = World(city=ELSEWHERE)

    report = await taken_over(world, a_file(tmp_path, "kaart.csv", COLUMNS + ROW.replace(old, new)))

    [refused] = report.refused
    assert (refused.column, refused.example) == (column, example)
    assert problem in refused.problem
    assert await the_map(world) == []


@pytest.mark.parametrize(
    ("changes", "column", "example"),
    [
        ({"attributes": [{"taxonomy_term": {"code": "bike"}}]}, "attributes", "groceries"),
        ({"attributes": [{"taxonomy_term": {"code": "singing"}}]}, "attributes", "groceries"),
        ({"attributes": []}, "attributes", '{"taxonomy_term": {"code": "groceries"}}'),
        ({"service_areas": [{"code": "kethel"}]}, "service_areas", "binnenveste"),
        ({"service_areas": [{}]}, "service_areas", '[{"code": "binnenveste"}]'),
        ({"languages": [{"code": "pap"}]}, "languages", "nl"),
    ],
)
async def test_json_with_what_the_city_does_not_offer_is_refused_with_an_example_of_its_own(
    tmp_path: Path, changes: dict[str, Any], column: str, example: str
) -> None:
    item = {**hsds_service(attributes=[{"taxonomy_term": {"code": "party"}}]), **changes}

    report = await taken_over(World(city=ELSEWHERE), a_file(tmp_path, "kaart.json", json.dumps([item])))

    assert [(row.column, row.example) for row in report.refused] == [(column, example)]


@pytest.mark.parametrize("said", [None, "fund"])
async def test_organisation_of_which_no_kind_is_known_has_none(tmp_path: Path, said: str | None) -> None:
    site = Site(World(city=ELSEWHERE))
    item = hsds_service(attributes=[{"taxonomy_term": {"code": "party"}}])
    item["organization"] |= {"legal_status": said} if said else {}

    report = await taken_over(site.world, a_file(tmp_path, "kaart.json", json.dumps([item])))

    assert [row.example for row in report.remarks] == (["neighbourhood"] if said else [])
    assert [fact.kind for fact in site.world.published(OrganisationListed)] == [None]
    [shown] = (await site.get("/hsds/organizations")).json()["contents"]
    assert "legal_status" not in shown
