"""The social map: for everyone, with more for professionals, and for machines as HSDS 3."""

import pytest

from shared.events.base import Role
from tests.unit.matching.city import named, organisation, service
from tests.unit.matching.site import Site, a_site, text_of

BIKES = named("service bikes")


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
                response_days=2, schedule="Elke woensdag", address="Kade 1", walk_in=True,
            )
        )  # fmt: skip
    return site


async def test_search_page_finds_and_filters() -> None:
    site = await a_map()

    assert "Kinderfietsen" in text_of(await site.get("/kaart?q=fietsen&wijk=oost&leeftijd=8&gratis=ja"))
    assert "Niets gevonden" in text_of(await site.get("/kaart?q=ruimtevaart"))
    assert "Kinderfietsen" not in text_of(await site.get("/kaart?wijk=noord"))


@pytest.mark.parametrize("question", ["دراجة", "велосипед"])
async def test_search_page_finds_what_other_languages_call_it(question: str) -> None:
    assert "Kinderfietsen" in text_of(await (await a_map()).get(f"/kaart?q={question}"))


@pytest.mark.parametrize("question", ["?!", "-"])
async def test_search_page_says_so_when_it_cannot_read_the_question(question: str) -> None:
    site = await a_map()

    page = text_of(await site.get(f"/kaart?q={question}"))

    assert "Niets gevonden" in page
    assert "Zoek met een Nederlands woord" in page
    assert "Kinderfietsen" not in page


@pytest.mark.parametrize("query", ["leeftijd=oud", "pagina=-1", "wijk=mars", "pagina=99999999999", "leeftijd=12x"])
async def test_search_page_leaves_out_what_it_cannot_read(query: str) -> None:
    site = await a_map()

    assert "Kinderfietsen" in text_of(await site.get(f"/kaart?q=kinderfiets&{query}"))


async def test_search_page_has_pages() -> None:
    site = await a_map()
    async with site.world.units.begin() as unit:
        for number in range(30):
            await unit.services.save(service(f"extra {number}", of="bikes", name=f"Extra {number:02}"))

    first = await site.get("/kaart?q=extra")

    assert "30 plekken waar je hulp krijgt" in text_of(first)
    assert 'href="/kaart?q=extra&amp;pagina=2"' in first.text
    assert "Extra 29" in text_of(await site.get("/kaart?q=extra&pagina=2"))


async def test_service_page_shows_the_public_what_to_expect_and_no_person() -> None:
    site = await a_map()

    words = text_of(await site.get(f"/kaart/{BIKES}"))

    for expected in ("Fiets op maat", "Geen reparatie", "Oost en West", "4 tot en met 12 jaar", "010 555 01 23"):
        assert expected in words
    assert "Contact van fietsbende" not in words


async def test_service_page_shows_professionals_whom_to_call() -> None:
    site = await a_map()
    site.sign_in(Role.AMBASSADOR, "school")

    words = text_of(await site.get(f"/kaart/{BIKES}"))

    assert "Contact van fietsbende" in words
    assert "Meet de lengte" in words


async def test_service_page_lists_kinds_of_help_as_the_forms_do() -> None:
    site = await a_map()
    async with site.world.units.begin() as unit:
        await unit.services.save(service("bikes", categories=("work", "birthday")))

    words = text_of(await site.get(f"/kaart/{BIKES}"))

    assert "Soort hulp Werk voor een ouder · Verjaardag vieren" in words


async def test_service_that_is_not_there_gets_a_page() -> None:
    site = await a_map()

    assert (await site.get(f"/kaart/{named('nothing')}")).status_code == 404
    assert (await site.get("/kaart/geen-uuid")).status_code == 404


async def test_hsds_gives_services_with_their_parts_and_no_person() -> None:
    site = await a_map()

    page = (await site.get("/hsds/services?search=maat")).json()

    assert {key: page[key] for key in ("total_items", "total_pages", "page_number", "first_page", "last_page")} == {
        "total_items": 1, "total_pages": 1, "page_number": 1, "first_page": True, "last_page": True,
    }  # fmt: skip
    [found] = page["contents"]
    assert found["organization"]["name"] == "Fietsenfonds"
    assert [area["code"] for area in found["service_areas"]] == ["oost", "west"]
    assert [item["taxonomy_term"]["code"] for item in found["attributes"]] == ["bike"]
    assert found["service_capacity"][0]["maximum"] == 3
    assert "fietsbende" not in str(page).lower()
    assert (await site.get(f"/hsds/services/{BIKES}")).json() == found


async def test_hsds_pages_follow_each_other() -> None:
    site = await a_map()

    second = (await site.get("/hsds/organizations?page=2&per_page=3")).json()

    assert (second["total_items"], second["total_pages"], second["size"], second["last_page"]) == (4, 2, 1, True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/hsds", 200),
        ("/hsds/openapi.json", 200),
        ("/hsds/services?page=0", 400),
        ("/hsds/services?per_page=101", 400),
        ("/hsds/services?organization_id=x", 400),
        (f"/hsds/services/{named('nothing')}", 404),
        (f"/hsds/organizations/{named('nothing')}", 404),
        (f"/hsds/organizations/{named('bikes')}", 200),
    ],
)
async def test_hsds_answers_machines(path: str, status: int) -> None:
    site = await a_map()

    answer = await site.get(path)

    assert answer.status_code == status
    assert "json" in answer.headers["content-type"]


async def test_front_page_says_what_schakel_is() -> None:
    site = await a_site()

    assert "Samen om een kind heen" in text_of(await site.get("/"))


async def test_privacy_page_says_how_long_this_city_keeps_what_and_whom_to_ask() -> None:
    site = await a_site()

    page, city = text_of(await site.get("/privacy")), site.world.city

    assert f"na {city.retention.withdrawn_weeks} weken" in page
    assert f"na {city.retention.closed_months} maanden" in page
    assert city.desk.name in page
    assert 'href="/privacy"' in (await site.get("/")).text
