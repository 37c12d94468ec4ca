"""The social map for machines: what HSDS 3.1 says that can be asked, and what is answered."""

from typing import Any

import pytest

from services.matching.web.hsds_places import other_id
from tests.unit.matching.city import named, organisation, service
from tests.unit.matching.site import Site, a_site

BIKES = named("service bikes")
ON_WHEELS = named("bikes")


async def a_map() -> Site:
    site = await a_site()
    async with site.world.units.begin() as unit:
        await unit.organisations.save(
            organisation("bikes", name="Fietsenfonds", phone="010 555 01 23", website="https://fietsen.example")
        )
        await unit.services.save(
            service(
                "bikes", name="Kinderfietsen", description="Een fiets voor elk kind.", districts=("oost", "west"),
                languages=("nl", "ar"), minimum_age=4, maximum_age=12, contact_ids=(named("contact of fietsbende"),),
                does="Fiets op maat", does_not="Geen reparatie", expects_from_referrer="Meet de lengte", capacity=3,
                response_days=2, schedule="Elke woensdag", address="Kade 1, 3111 AB Schiewijk", walk_in=True,
                access=("wheelchair",),
            )
        )  # fmt: skip
        await unit.services.save(service("hidden", of="bikes", on_map=False, name="Voor één vraag"))
        await unit.services.save(
            service("ended", of="bikes", active=False, name="Bestaat niet meer", categories=("food",))
        )
    return site


async def asked(site: Site, path: str) -> Any:  # noqa: ANN401 - any JSON
    answer = await site.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_list_holds_one_to_one_members_and_says_how_long_it_is() -> None:
    site = await a_map()

    page = await asked(site, "/hsds/services?search=kinderfietsen")

    assert {key: value for key, value in page.items() if key != "contents"} == {
        "total_items": 1, "total_pages": 1, "page_number": 1, "size": 1, "first_page": True, "last_page": True,
        "empty": False,
    }  # fmt: skip
    [found] = page["contents"]
    assert found["organization"]["name"] == "Fietsenfonds"
    assert not any(isinstance(value, list) for value in found.values())


async def test_one_service_is_given_with_all_its_parts_and_no_person() -> None:
    site = await a_map()

    answer = await site.get(f"/hsds/services/{BIKES}")

    found = answer.json()
    assert [area["code"] for area in found["service_areas"]] == ["oost", "west"]
    assert [item["taxonomy_term"]["code"] for item in found["attributes"]] == ["bike"]
    assert found["service_capacity"][0]["maximum"] == 3
    [place] = found["service_at_locations"]
    [address] = place["location"]["addresses"]
    assert (address["address_1"], address["postal_code"], address["city"]) == ("Kade 1", "3111 AB", "Schiewijk")
    assert len(place["location"]["accessibility"]) == 1
    assert found["schedules"][0]["description"] == "Elke woensdag"
    assert "fietsbende" not in answer.text.lower()
    [listed] = (await asked(site, "/hsds/services?full=true&search=kinderfietsen"))["contents"]
    assert listed == found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Lange Kade 1, Schiewijk", ("Lange Kade 1", "", "Schiewijk")),
        ("Kade 1, 3111AB Vlaardingen", ("Kade 1", "3111 AB", "Vlaardingen")),
        ("Kade 1 3111 AB", ("Kade 1", "3111 AB", "")),
        ("Naast de kerk, achterom", ("Naast de kerk, achterom", "", "")),
        ("3111 AB Schiewijk", ("3111 AB Schiewijk", "3111 AB", "Schiewijk")),
    ],
)
async def test_address_has_the_parts_that_its_text_tells(text: str, parts: tuple[str, str, str]) -> None:
    site = await a_map()
    async with site.world.units.begin() as unit:
        await unit.services.save(service("bikes", address=text))

    [place] = (await asked(site, f"/hsds/services/{BIKES}"))["service_at_locations"]

    [address] = place["location"]["addresses"]
    assert (address["address_1"], address["postal_code"], address["city"]) == parts
    assert place["location"]["name"] == text


async def test_places_are_listed_and_found_by_their_id() -> None:
    site = await a_map()

    [listed] = (await asked(site, "/hsds/service_at_locations"))["contents"]
    whole = await asked(site, f"/hsds/service_at_locations/{listed['id']}")

    assert (listed["service_id"], listed["service"]["id"]) == (str(BIKES), str(BIKES))
    assert "addresses" not in listed["location"]
    assert whole["location"]["addresses"][0]["location_id"] == listed["location_id"]
    assert (await asked(site, "/hsds/service_at_locations?full=true"))["contents"] == [whole]
    assert other_id(other_id(BIKES)) == BIKES
    without = named("service fietsbende")
    assert (await site.get(f"/hsds/services/{without}")).status_code == 200
    assert (await site.get(f"/hsds/service_at_locations/{other_id(without)}")).status_code == 404


async def test_organisation_shows_what_it_offers_in_short_or_whole() -> None:
    site = await a_map()

    short = await asked(site, f"/hsds/organizations/{ON_WHEELS}")
    whole = await asked(site, f"/hsds/organizations/{ON_WHEELS}?full_service=true")
    listed = await asked(site, "/hsds/organizations?search=fietsenfonds")
    nested = await asked(site, "/hsds/organizations?search=fietsenfonds&full_service=true")

    assert [one["name"] for one in short["services"]] == ["Kinderfietsen"]
    assert "attributes" not in short["services"][0]
    assert whole["services"][0]["attributes"]
    assert "services" not in listed["contents"][0]
    assert nested["contents"] == [whole]


async def test_kinds_of_help_are_terms_in_groups_and_services_are_found_by_either() -> None:
    site = await a_map()
    [taxonomy] = (await asked(site, "/hsds/taxonomies"))["contents"]
    groups = (await asked(site, "/hsds/taxonomy_terms?top_only=true&per_page=100"))["contents"]
    terms = {term["code"]: term for term in (await asked(site, "/hsds/taxonomy_terms?per_page=100"))["contents"]}

    bike = terms["bike"]
    inside = await asked(site, f"/hsds/taxonomy_terms?parent_id={bike['parent_id']}")

    assert {group["id"] for group in groups} >= {bike["parent_id"]}
    assert bike["code"] in {term["code"] for term in inside["contents"]}
    assert await asked(site, f"/hsds/taxonomy_terms/{bike['id']}") == bike
    assert await asked(site, f"/hsds/taxonomies/{taxonomy['id']}") == taxonomy
    assert (await asked(site, "/hsds/taxonomy_terms?search=fiets"))["total_items"] == 1
    for term in (bike["id"], bike["parent_id"]):
        found = await asked(site, f"/hsds/services?taxonomy_term_id={term}&taxonomy_id={taxonomy['id']}")
        assert "Kinderfietsen" in [one["name"] for one in found["contents"]]
        owners = await asked(site, f"/hsds/organizations?taxonomy_term_id={term}")
        assert "Fietsenfonds" in [one["name"] for one in owners["contents"]]
    food = terms["food"]["id"]
    assert (await asked(site, f"/hsds/services?taxonomy_term_id={food}"))["empty"]
    assert (await asked(site, f"/hsds/organizations?taxonomy_term_id={food}"))["empty"]


async def test_pages_follow_each_other() -> None:
    site = await a_map()

    second = await asked(site, "/hsds/organizations?page=2&per_page=3")

    assert (second["total_items"], second["total_pages"], second["size"], second["last_page"]) == (4, 2, 1, True)
    assert (await asked(site, "/hsds/organizations?page=9999"))["empty"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/hsds", 200),
        ("/hsds/", 200),
        ("/hsds/openapi.json", 200),
        ("/hsds/profile", 200),
        ("/hsds/profile/profile/service.json", 200),
        ("/hsds/profile/profile/nothing.json", 404),
        ("/hsds/services?page=0", 400),
        ("/hsds/services?per_page=101", 400),
        ("/hsds/services?organization_id=x", 400),
        ("/hsds/services?taxonomy_id=does-not-exist", 400),
        (f"/hsds/services?taxonomy_id={named('nothing')}", 400),
        ("/hsds/services?taxonomy_term_id=bike", 400),
        ("/hsds/services?format=xml", 400),
        ("/hsds/services?full=misschien", 400),
        ("/hsds/services?modified_after=gisteren", 400),
        ("/hsds/services?modified_after=0001-01-01T00:00:00%2B02:00", 400),
        ("/hsds/services?modified_after=2026-03-01T00:00:00+02:00", 200),
        (f"/hsds/services/{named('nothing')}", 404),
        (f"/hsds/services/{named('service hidden')}", 404),
        (f"/hsds/service_at_locations/{named('nothing')}", 404),
        (f"/hsds/organizations/{named('nothing')}", 404),
        (f"/hsds/taxonomies/{named('nothing')}", 404),
        (f"/hsds/taxonomy_terms/{named('nothing')}", 404),
    ],
)
async def test_machines_get_json_whatever_they_ask(path: str, status: int) -> None:
    site = await a_map()

    answer = await site.get(path)

    assert answer.status_code == status
    assert "json" in answer.headers["content-type"]


@pytest.mark.parametrize(
    ("path", "parameter", "near"),
    [
        ("/hsds/services?per_pag=3", "per_pag", "per_page"),
        ("/hsds/services?modified-after=2026-01-01", "modified-after", "modified_after"),
        ("/hsds/organizations?modified_after=2099-01-01", "modified_after", None),
        ("/hsds/service_at_locations?postcode=3111AB", "postcode", None),
        ("/hsds/taxonomies?serach=x", "serach", "search"),
        (f"/hsds/services/{BIKES}?full=true", "full", None),
        ("/hsds?page=1", "page", None),
    ],
)
async def test_parameter_that_an_address_does_not_know_is_named_with_the_nearest_that_it_does(
    path: str, parameter: str, near: str | None
) -> None:
    answer = await (await a_map()).get(path)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    [wrong] = answer.json()["errors"]
    assert (wrong["parameter"], wrong.get("example")) == (parameter, near)


async def test_all_that_is_wrong_with_a_question_is_said_at_once() -> None:
    answer = await (await a_map()).get("/hsds/services?pag=1&per_page=0&full=x")

    assert {one["parameter"] for one in answer.json()["errors"]} == {"pag", "per_page", "full"}
