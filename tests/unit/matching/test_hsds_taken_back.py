"""What our own API gives can be taken over, here and elsewhere: here it changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.demo.city.demo_city import demo_city, known_cities
from services.matching.domain.map_query import OrganisationQuery
from shared.kernel.city import City
from tests.parts.city import a_city
from tests.unit.matching.city import World, organisation, service
from tests.unit.matching.hsds import a_demo, everything
from tests.unit.matching.importing import GOOD, HEADER, a_file, taken_over, the_map
from tests.unit.matching.site import Site


async def taken_from(city: City, folder: Path, *lists: list[Any]) -> tuple[World, Any]:
    world = World(city=city)
    files = [a_file(folder, f"{at}.json", json.dumps({"contents": items})) for at, items in enumerate(lists)]
    return world, await taken_over(world, *files)


@pytest.mark.parametrize("name", known_cities())
async def test_taken_over_where_it_comes_from_it_changes_nothing(tmp_path: Path, name: str) -> None:
    site = await a_demo(demo_city(name))
    services = await everything(site, "/hsds/services?full=true&")
    owners = await everything(site, "/hsds/organizations?")
    before, facts = await the_map(site.world), len(site.world.published_names)
    files = [
        a_file(tmp_path, f"{at}.json", json.dumps({"contents": each})) for at, each in enumerate((services, owners))
    ]

    report = await taken_over(site.world, *files)

    assert (report.refused, report.services, report.organisations, report.people) == ([], 0, 0, 0)
    assert await the_map(site.world) == before
    assert len(site.world.published_names) == facts


@pytest.mark.parametrize("name", known_cities())
async def test_taken_over_elsewhere_it_is_the_same_map_without_its_people(tmp_path: Path, name: str) -> None:
    demo = demo_city(name)
    site = await a_demo(demo)
    services = await everything(site, "/hsds/services?full=true&")

    there, report = await taken_from(demo.city, tmp_path, services)

    assert report.refused == []
    copy = await everything(Site(there), "/hsds/services?full=true&")
    assert [{**one, "last_modified": ""} for one in copy] == [{**one, "last_modified": ""} for one in services]
    assert all(service.contact_ids == () for service in await the_map(there))


async def test_what_our_own_api_gives_takes_nothing_away_from_what_is_known(tmp_path: Path) -> None:
    world = World()
    text = HEADER.strip() + ";samenwerkingsafspraak\n" + GOOD.strip() + ";ja\n"
    await taken_over(world, a_file(tmp_path, "kaart.csv", text))
    before, site = await the_map(world), Site(world)
    whole = (await site.get(f"/hsds/services/{before[0].id}")).json()

    report = await taken_over(world, a_file(tmp_path, "een.json", json.dumps([whole])))

    assert (report.refused, report.services) == ([], 0)
    assert await the_map(world) == before
    async with world.units.begin() as unit:
        [owner], _ = await unit.organisations.search(OrganisationQuery())
    assert owner.has_agreement


async def test_district_that_is_called_like_the_city_is_that_district_and_the_whole_city_is_not(tmp_path: Path) -> None:
    city = a_city({"districts": {"binnenstad": {"words": "Schiewijk"}}})
    header = "organisatie;aanbod;categorieen;wijken\n"
    rows = "Wol;Jassen;bike;Schiewijk\nWol;Sjaals;bike;heel Schiewijk\n"
    here, elsewhere = World(city=city), World(city=city)
    await taken_over(here, a_file(tmp_path, "kaart.csv", header + rows))
    contents = (await Site(here).get("/hsds/services?full=true")).json()["contents"]

    report = await taken_over(elsewhere, a_file(tmp_path, "kaart.json", json.dumps(contents)))

    assert report.refused == []
    for world in (here, elsewhere):
        found = {one.name: (one.districts, one.whole_city) for one in await the_map(world)}
        assert found == {"Jassen": (("binnenstad",), False), "Sjaals": ((), True)}


WAYS: list[dict[str, Any]] = [
    *({"is_free": free, "cost": cost} for free in (True, False) for cost in ("", "2 euro per les")),
    *({"is_free": free, "cost": "naar draagkracht"} for free in (True, False, None)),
    {"is_free": None},
    {"whole_city": True},
    {"whole_city": False, "districts": ()},
    {"whole_city": False, "districts": ("oost", "west")},
    {"minimum_age": None, "maximum_age": None},
    {"minimum_age": 0},
    {"minimum_age": 4, "maximum_age": 12, "languages": ("ar", "nl"), "interpreter": True, "walk_in": True},
    {
        "capacity": 0,
        "response_days": 2,
        "schedule": "Op woensdag\nen op zaterdag",
        "address": "Kade 1, 3111 AB Schiewijk",
    },
    {"schedule": "ma-vr 9.00-17.00; za 10-12, feestdagen gesloten"},
    {"schedule": "van 1-9-2026 tot en met 30-6-2027: 1e en laatste wo 20:00-02:00"},
    {"phone": "010 555 0123", "email": "wij@fiets.example", "website": "https://fiets.example/wij?x=1"},
    *({"sign_up": who} for who in ("self", "through-school", "either", "")),
    {"access": ("wheelchair", "lift"), "address": "Kade 1"},
    {"access": ("wheelchair",), "does": "Fietsen", "does_not": "Repareren", "expects_from_referrer": "Meet eerst"},
    {"active": False, "description": "Regel één\nRegel twee"},
]


@pytest.mark.parametrize("facts", WAYS, ids=str)
async def test_every_way_of_filling_an_entry_in_comes_back_as_it_was(tmp_path: Path, facts: dict[str, Any]) -> None:
    world = World()
    made = service("fiets", **{"description": "Fiets", **facts})
    async with world.units.begin() as unit:
        await unit.organisations.save(organisation("fiets", description="Wij", kind="fund"))
        await unit.services.save(made)
    whole = (await Site(world).get(f"/hsds/services/{made.id}")).json()

    report = await taken_over(world, a_file(tmp_path, "een.json", json.dumps([whole])))

    assert (report.refused, report.services, report.organisations) == ([], 0, 0)
    assert await the_map(world) == [made]


async def test_what_came_in_elsewhere_says_the_same_there(tmp_path: Path) -> None:
    here, elsewhere = World(), World()
    made = service("fiets", sign_up="either", access=("lift", "wheelchair"), schedule="ma-vr 9-17")
    async with here.units.begin() as unit:
        await unit.organisations.save(organisation("fiets"))
        await unit.services.save(made)
    whole = (await Site(here).get(f"/hsds/services/{made.id}")).json()

    report = await taken_over(elsewhere, a_file(tmp_path, "een.json", json.dumps([whole])))

    assert (report.refused, report.services) == ([], 1)
    (came,) = await the_map(elsewhere)
    assert (came.sign_up, came.access, came.schedule) == (made.sign_up, made.access, made.schedule)
