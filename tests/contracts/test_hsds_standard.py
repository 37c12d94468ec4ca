"""What /hsds answers is valid by HSDS's own schemas, of both versions, for every service of both cities.

Without those schemas (SCHAKEL_TEST_STANDARDS) only the profile is held here, and the run says so.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from deploy.demo.city.demo_city import demo_city, known_cities
from services.matching.domain.network import Organisation, Service
from services.matching.web.hsds_profile import patches
from tests.contracts.hsds_schemas import Hsds
from tests.parts.standards import hsds_folders
from tests.unit.matching.city import World, named
from tests.unit.matching.hsds import a_demo, everything
from tests.unit.matching.site import ADDRESS, Site

LISTS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
# HSDS needs a place on the map for these, and ours has words only.
WITHOUT = {"postcode", "proximity"}
README = Path(__file__).parents[2] / "docs" / "hsds-profile" / "README.md"


def every_hsds() -> list[Hsds]:
    return [Hsds(folder) for folder in hsds_folders()]


async def of_nothing() -> Site:
    """A map full of empty fields, and one of which everything is filled in."""
    world = World()
    city = world.city
    async with world.units.begin() as unit:
        await unit.organisations.save(Organisation(named("empty"), "Leeg"))
        await unit.services.save(Service(named("nothing"), named("empty"), "Niets", categories=()))
        await unit.services.save(Service(named("paid"), named("empty"), "Betaald", categories=("bike",), is_free=False))
        await unit.services.save(Service(named("ended"), named("empty"), "Voorbij", ("bike",), active=False))
        await unit.services.save(
            Service(
                named("all"), named("empty"), "Alles", tuple(city.categories), access=tuple(city.access), capacity=0,
                districts=tuple(city.districts), languages=tuple(city.languages), address="Kade 1",
                schedule="ma-vr 9-17; van 1-9-2026 tot en met 30-6-2027: 1e za 10:30-24:00",
                email="wij@fiets.example", website="https://café.example/é|%C3%A9", phone="010 555 01 23",
            )
        )  # fmt: skip
    return Site(world)


async def answers(site: Site) -> Iterator[tuple[str, Any]]:
    """Everything that it can be asked, with the name of the schema that it must follow."""
    found: list[tuple[str, Any]] = []
    for path, schema in LISTS.items():
        listed = await everything(site, f"/hsds/{path}?")
        has_basics = path in {"services", "organizations", "service_at_locations"}
        found += [(f"{schema}_list" if has_basics else schema, one) for one in listed]
        found += [(schema, (await site.get(f"/hsds/{path}/{one['id']}")).json()) for one in listed[:3]]
        if has_basics:
            found += [(schema, one) for one in await everything(site, f"/hsds/{path}?full=true&")]
    ended = await everything(site, "/hsds/services?full=true&modified_after=2000-01-01&")
    whole = await everything(site, "/hsds/organizations?full_service=true&")
    found += [("service", one) for one in [*ended, *(each for owner in whole for each in owner["services"])]]
    return iter(found)


@pytest.mark.parametrize("city", [*known_cities(), "nothing"])
async def test_every_answer_is_valid_by_the_standard_and_adds_only_what_our_profile_says(city: str) -> None:
    site = await (of_nothing() if city == "nothing" else a_demo(demo_city(city)))
    known, ours = every_hsds(), patches()

    found = list(await answers(site))

    assert {schema for schema, _ in found} >= {*LISTS.values(), "service_list", "service_at_location_list"}
    for hsds in known:
        wrong = {fault for schema, answer in found for fault in hsds.faults(schema, answer)}
        assert not wrong, sorted(wrong)[:20]
        strangers = {one for schema, answer in found for one in hsds.strangers(of_schema(schema), answer, ours)}
        # HSDS writes these two only in its compiled schemas.
        assert strangers <= {"organization.services", "service_at_location.service"}
    for schema, answer in found:
        patch = ours.get(of_schema(schema))
        assert patch is None or Draft202012Validator({"properties": patch}).is_valid(answer)


def test_what_is_not_valid_by_the_standard_is_found() -> None:
    bad = {"id": "bike", "name": None, "status": "open", "attributes": [{"id": 1}], "price": 0}

    for hsds in every_hsds():
        found = "\n".join(hsds.faults("service", bad))
        assert all(place in found for place in ("$.id", "$.name", "$.status", "$.attributes[0].id"))
        assert list(hsds.strangers("service", bad, patches())) == ["service.price"]


def of_schema(name: str) -> str:
    return name.removesuffix("_list")


async def test_every_address_and_parameter_of_the_standard_can_be_asked() -> None:
    described = (await Site(World()).get("/hsds/openapi.json")).json()["paths"]

    for hsds in every_hsds():
        parameters = hsds.openapi["components"]["parameters"]
        for path, operations in hsds.openapi["paths"].items():
            mine = next(one for one in described if one.partition("{")[0] == path.partition("{")[0])
            wanted = {
                parameters[one["$ref"].rpartition("/")[2]]["name"] if "$ref" in one else one["name"]
                for one in operations["get"].get("parameters", [])
            }
            given = {one["name"] for one in described[mine]["get"].get("parameters", []) if one["in"] == "query"}
            assert wanted - WITHOUT <= given, path


async def test_profile_stands_where_the_api_says_and_in_words_beside_it() -> None:
    site, words = Site(World()), README.read_text(encoding="utf-8")
    about = (await site.get("/hsds")).json()

    profile = (await site.get(about["profile"].removeprefix(ADDRESS))).json()

    assert about["version"] == "3.1"
    assert set(profile["profile"]) == set(patches())
    for name, address in profile["profile"].items():
        assert address == f"{about['profile']}/profile/{name}.json"
        patch = (await site.get(address.removeprefix(ADDRESS))).json()
        Draft202012Validator.check_schema(patch)
        assert patch["properties"]
        for member, schema in patch["properties"].items():
            assert schema["description"]
            assert f"`{name}.{member}`" in words
