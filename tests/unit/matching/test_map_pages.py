"""The social map: for everyone, with more for professionals, and for machines as HSDS 3."""

import pytest

from services.matching.domain.map_query import How, MapQuery, SearchResult
from shared.events.base import Role
from tests.twins.matching import InMemoryServices
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


async def test_first_page_shows_groups_to_choose_from_and_no_offer() -> None:
    site = await a_map()

    first = await site.get("/kaart")

    for code, group in site.world.city.category_groups.offered.items():
        assert f'href="/kaart?groep={code}"' in first.text
        assert group.words in text_of(first)
    assert "Kinderfietsen" not in text_of(first)
    assert "Kinderfietsen" in text_of(await site.get("/kaart?alles=ja"))


async def test_group_leads_to_its_kinds_of_help() -> None:
    site = await a_map()

    group = await site.get("/kaart?groep=home")

    assert "Te klein huis Er is te weinig ruimte" in text_of(group)
    assert 'href="/kaart?categorie=too-small"' in group.text
    assert 'href="/kaart?categorie=bike"' not in group.text


async def test_results_stand_under_their_kind_and_places_of_the_same_name_together() -> None:
    site = await a_map()
    async with site.world.units.begin() as unit:
        for key in ("one", "two"):
            await unit.organisations.save(organisation(key))
            await unit.services.save(service(key, name="Fietsles", description="Leren fietsen."))
        await unit.services.save(service("coats", of="bikes", name="Jas", categories=("clothing",)))

    page = await site.get("/kaart?alles=ja")

    words = text_of(page)
    assert "1 plek Jas" in words
    assert "2 plekken Leren fietsen. Two Hele stad · alle leeftijden gratis One Hele stad" in words
    assert words.count("Leren fietsen.") == 1


async def test_filters_work_on_what_a_place_has_and_say_why_it_is_found() -> None:
    site = await a_map()
    async with site.world.units.begin() as unit:
        await unit.services.save(service("lift", of="bikes", name="Met lift", access=("lift", "wheelchair")))

    found = await site.get("/kaart?toegang=lift&toegang=wheelchair&toegang=mars&wijk=oost")

    words = text_of(found)
    assert "1 plek waar je hulp krijgt" in words
    assert "Werkt in de hele stad. Lift en Rolstoel kan naar binnen" in words
    assert 'href="/kaart?wijk=oost&amp;toegang=wheelchair"' in found.text


async def test_nothing_found_leads_on() -> None:
    site = await a_map()

    nothing = await site.get("/kaart?q=ruimtevaart&wijk=noord")

    assert site.world.city.desk.phone in text_of(nothing)
    assert 'href="/kaart?q=ruimtevaart"' in nothing.text
    assert 'href="/kaart?groep=home"' in nothing.text


@pytest.mark.parametrize(
    ("how", "near", "expected"),
    [
        (How.MOST_WORDS, (), "Dit past bij de meeste. We zochten op: “fiets” en “maan”."),
        (How.ANY_WORD, (), "Dit past bij een van je woorden. We zochten op: “fiets” en “maan”."),
        (How.LOOK_ALIKE, ("fietsen",), "niets met precies “fiets” en “maan”. Dit lijkt erop. Bedoel je fietsen"),
    ],
)
async def test_page_says_so_when_it_is_not_quite_what_was_asked(
    how: How, near: tuple[str, ...], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = await a_map()

    async def found(services: InMemoryServices, _: MapQuery) -> SearchResult:
        """As the map answers when not all words are anywhere."""
        offer = await services.read_offer(BIKES)
        assert offer is not None
        return SearchResult((offer,), 1, how, ("fiets", "maan"), near)

    monkeypatch.setattr(InMemoryServices, "search", found)
    page = await site.get("/kaart?q=fiets+maan&wijk=oost")

    assert expected in text_of(page)
    assert all(f'href="/kaart?q={word}&amp;wijk=oost"' in page.text for word in near)


async def test_nothing_found_names_what_comes_near(monkeypatch: pytest.MonkeyPatch) -> None:
    site = await a_map()

    async def nothing(_: InMemoryServices, __: MapQuery) -> SearchResult:
        """As the map answers when a word means a kind of help of which there is none."""
        return SearchResult((), 0, How.NOTHING, ("kou",), ("koude",), ("clothing", "energy"))

    monkeypatch.setattr(InMemoryServices, "search", nothing)
    page = await site.get("/kaart?q=kou")

    words = text_of(page)
    assert "We zochten op: “kou”. Bedoel je koude ?" in words
    assert "Kleding en schoenen Energie en verwarming" in words
    assert 'href="/kaart?categorie=energy"' in page.text


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


async def test_front_page_says_what_schakel_is() -> None:
    site = await a_site()

    assert "Samen om een kind heen" in text_of(await site.get("/"))


async def test_privacy_page_says_what_a_partner_sees_after_a_yes_and_names_the_familys_own_page() -> None:
    page = text_of(await (await a_site()).get("/privacy"))
    assert "Zegt die ja? Dan ziet die meer, als jij dat goed vindt." in page
    assert "Je naam zeg je zelf" not in page
    assert "Dat kan op je eigen pagina. Vraag je contactpersoon om het kaartje." in page


async def test_privacy_page_says_how_long_this_city_keeps_what_and_whom_to_ask() -> None:
    site = await a_site()

    page, city = text_of(await site.get("/privacy")), site.world.city

    assert f"na {city.retention.withdrawn_weeks} weken" in page
    assert f"na {city.retention.closed_months} maanden" in page
    assert city.desk.name in page
    assert 'href="/privacy"' in (await site.get("/")).text
