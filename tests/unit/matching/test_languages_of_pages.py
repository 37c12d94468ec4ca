"""In which language a family reads: what it chose in the address, else what its browser asks for, and in no cookie."""

import re

import httpx
import pytest

from shared.events.base import Role
from tests.parts.city import a_city
from tests.unit.matching.city import World, named
from tests.unit.matching.site import Site, a_site
from tests.unit.matching.test_map_pages import a_map


async def read(site: Site, path: str, asked: str = "") -> httpx.Response:
    """The page, for a browser that asks for these languages."""
    return await site.client.get(path, headers={"Accept-Language": asked})


def language_of(page: httpx.Response) -> tuple[str, ...]:
    """What the page says of itself, in its first tag."""
    (found,) = re.findall(r'<html lang="([^"]*)" dir="([^"]*)"', page.text)
    return tuple(found)


@pytest.mark.parametrize(
    ("asked", "read_in"),
    [
        ("", "nl"),
        ("tr", "tr"),
        ("uk-UA,uk;q=0.9,ru;q=0.8", "uk"),
        ("pl;q=0.2, ar;q=0.9", "ar"),
        ("de-DE,de;q=0.9,en;q=0.3", "en"),
        ("de, *", "nl"),
        ("nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        ("tr;q=0, en;q=0.1", "en"),
        ("tr;q=much, en", "en"),
        ("tr;q=nan", "nl"),
        ("<script>, ../../en, " + ", ".join(["xx"] * 5000), "nl"),
    ],
)
async def test_page_is_read_in_the_first_language_of_the_browser_that_there_is(asked: str, read_in: str) -> None:
    page = await read(await a_site(), "/privacy", asked)

    assert language_of(page)[0] == page.headers["Content-Language"] == read_in
    assert page.headers["Vary"] == "Accept-Language"


async def test_what_the_reader_chose_goes_before_what_the_browser_asks_for() -> None:
    site = await a_site()

    assert language_of(await read(site, "/privacy?leestaal=ar", "tr")) == ("ar", "rtl")
    assert language_of(await read(site, "/privacy?leestaal=nl", "tr")) == ("nl", "ltr")
    assert language_of(await read(site, "/privacy?leestaal=klingon", "tr")) == ("tr", "ltr")


async def test_choice_is_carried_by_every_link_of_the_page_and_by_no_cookie() -> None:
    page = await read(await a_site(), "/?leestaal=pl")

    links = [link for link in re.findall(r'(?:href|action)="(/[^"]*)"', page.text) if not link.startswith("/static/")]
    assert len(links) > 8
    assert [link for link in links if "leestaal=" not in link] == []
    assert "Set-Cookie" not in page.headers


async def test_without_a_choice_no_address_says_a_language_but_those_of_the_switch() -> None:
    page = (await read(await a_site(), "/", "pl")).text

    assert page.count("leestaal=") == 6


async def test_switch_names_every_language_in_itself_and_leads_to_the_same_page() -> None:
    page = (await read(await a_site(), "/privacy?q=jas&leestaal=en")).text

    switch = page.split('<nav class="schakel-languages"')[1].split("</nav>")[0]
    assert 'aria-label="Choose your language"' in switch
    assert re.findall(
        r'href="([^"]*)" lang="([^"]*)" hreflang="[^"]*" dir="([^"]*)"( aria-current="true")?>([^<]*)<', switch
    ) == [
        ("/privacy?q=jas&amp;leestaal=nl", "nl", "ltr", "", "Nederlands"),
        ("/privacy?q=jas&amp;leestaal=en", "en", "ltr", ' aria-current="true"', "English"),
        ("/privacy?q=jas&amp;leestaal=ar", "ar", "rtl", "", "العربية"),
        ("/privacy?q=jas&amp;leestaal=tr", "tr", "ltr", "", "Türkçe"),
        ("/privacy?q=jas&amp;leestaal=pl", "pl", "ltr", "", "Polski"),
        ("/privacy?q=jas&amp;leestaal=uk", "uk", "ltr", "", "Українська"),
    ]


async def test_page_for_professionals_is_dutch_whatever_the_browser_and_keeps_the_choice() -> None:
    page = await read(await a_site(), "/inloggen?leestaal=ar", "ar")

    assert language_of(page) == ("nl", "ltr")
    assert "schakel-languages" not in page.text
    assert 'href="/kaart?leestaal=ar"' in page.text


async def test_who_is_signed_in_works_in_dutch_until_they_choose() -> None:
    site = await a_site()
    site.sign_in(Role.AMBASSADOR, "school")

    assert language_of(await read(site, "/privacy", "en"))[0] == "nl"
    assert language_of(await read(site, "/privacy?leestaal=en", "en"))[0] == "en"


async def test_page_that_is_not_there_says_so_in_the_language_of_the_reader() -> None:
    page = await read(await a_site(), "/netwerken/weg", "tr")

    assert (page.status_code, language_of(page)) == (404, ("tr", "ltr"))
    assert "Bu sayfa yok" in page.text
    assert "Niet gevonden" not in page.text


async def test_refusal_without_translation_is_wholly_dutch() -> None:
    site = await a_site()
    page = await site.client.post("/antwoord/code", data={"code": "x"}, headers={"Accept-Language": "tr"})

    assert "andere site" in page.text
    assert language_of(page) == ("nl", "ltr")
    assert "Naar de voorpagina" in page.text


async def test_form_that_was_filled_in_wrong_says_so_in_the_language_of_the_reader() -> None:
    site = await a_site()
    page = await site.post("/antwoord/code?leestaal=en", code="abc-efghijkl")

    assert (page.status_code, language_of(page)[0]) == (400, "en")
    assert "the code has eight letters and digits." in page.text
    assert "schakel-languages" not in page.text


async def test_code_opens_its_page_in_the_same_language() -> None:
    reply = await (await a_site()).post("/antwoord/code?leestaal=uk", code="ACDE-3467")

    assert reply.headers["Location"] == "/vervolg/ACDE-3467?leestaal=uk"


async def test_city_that_translates_nothing_offers_nothing() -> None:
    site = Site(World(city=a_city({"translations": None})))

    page = await read(site, "/privacy?leestaal=en", "en")
    assert language_of(page) == ("nl", "ltr")
    assert "schakel-languages" not in page.text
    assert "leestaal" not in page.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "free, day and night"),
        ("ar", "مجانًا، ليلًا ونهارًا"),
        ("pl", "bezpłatnie, w dzień i w nocy"),
    ],
)
async def test_words_of_the_city_are_read_in_the_language_too(language: str, said: str) -> None:
    assert said in (await read(await a_site(), f"/privacy?leestaal={language}")).text


async def test_map_is_chosen_from_and_searched_in_the_language_of_the_reader() -> None:
    page = (await read(await a_site(), "/kaart?leestaal=en")).text

    assert "Food, clothes and things" in page
    assert '<input type="hidden" name="leestaal" value="en">' in page
    assert ">Farsi or Dari</option>" in page
    assert "Eten, kleding" not in page


async def test_what_is_found_keeps_the_words_of_who_wrote_them_marked_as_dutch() -> None:
    page = (await read(await a_site(), "/kaart?categorie=bike&wijk=oost&leeftijd=8&leestaal=ar")).text

    assert '<span lang="nl" dir="auto">Aanbod van fietsbende</span>' in page
    assert "8 سنوات" in page
    assert "مجانًا" in page
    assert "jaar" not in page
    links = re.findall(r'href="(/kaart[^"]*)"', page)
    assert links
    assert all("leestaal=" in link for link in links)


async def test_page_past_the_last_one_leads_to_the_last_one_in_the_same_language() -> None:
    reply = await (await a_site()).get("/kaart?categorie=bike&pagina=9&leestaal=tr")

    assert reply.headers["Location"] == "/kaart?categorie=bike&leestaal=tr"


BIKES = f"/kaart/{named('service bikes')}"
DUTCH = re.compile(r"\b(de|het|een|je|jou|wij|niet|voor|naar|zoek|kies|bel|hulp|jaar|alle|waar)\b", re.IGNORECASE)


def read_aloud(page: httpx.Response) -> str:
    """What is not marked as Dutch: texts, and the attributes that are read aloud."""
    rest = re.sub(r'<(\w+)[^>]* lang="nl"[^>]*>.*?</\1>', "", page.text, flags=re.DOTALL)
    aloud = " ".join(re.findall(r'(?:aria-label|alt|title)="([^"]*)"', rest))
    return (
        re.sub(r"<[^>]+>", " ", re.sub(r"<(style|svg).*?</\1>", "", rest.split("</head>")[1], flags=re.DOTALL)) + aloud
    )


@pytest.mark.parametrize(
    "path",
    [
        "/", "/privacy", "/kaart", "/kaart?groep=home", "/kaart?q=fiets", "/kaart?q=xyzzy&wijk=oost", "/kaart?alles=ja",
        "/kaart/ingebed", "/kaart/ingebed?q=fiets",
        BIKES, f"{BIKES}?gemeld=ja", f"{BIKES}/kaartje", f"{BIKES}/klopt-niet",
        f"/kaart/{named('nothing')}",
    ],
)  # fmt: skip
async def test_page_of_families_says_nothing_in_dutch_but_what_is_marked_as_such(path: str) -> None:
    page = await read(await a_map(), f"{path}{'&' if '?' in path else '?'}leestaal=ar")

    assert language_of(page) == ("ar", "rtl")
    assert DUTCH.findall(read_aloud(page)) == []


async def test_numbers_are_read_from_left_to_right_on_a_page_from_right_to_left() -> None:
    for path in (BIKES, f"{BIKES}/kaartje"):
        page = (await read(await a_map(), f"{path}?leestaal=ar")).text

        assert '<bdi dir="ltr" class="schakel-whole">010 555 01 23</bdi>' in page
        assert page.count("010 555 01 23") == page.count(">010 555 01 23</bdi>")


async def test_what_only_professionals_see_stays_dutch_and_says_so() -> None:
    site = await a_map()
    site.sign_in(Role.AMBASSADOR, "school")
    page = (await site.get(f"{BIKES}?leestaal=ar")).text

    assert "Dit vragen wij van de school" in page.split('<div lang="nl" dir="ltr">')[1].split("</div>")[0]


async def test_mistake_is_told_in_the_language_of_the_reader_and_thanked_in_it() -> None:
    site = await a_map()
    wrong = await site.post(f"{BIKES}/klopt-niet?leestaal=pl")
    told = await site.post(f"{BIKES}/klopt-niet?leestaal=pl", mistake="address")

    assert (wrong.status_code, language_of(wrong)[0]) == (400, "pl")
    assert "Co chcesz zgłosić? Wybierz to, co się zgadza." in " ".join(re.sub(r"<[^>]+>", " ", wrong.text).split())
    assert told.headers["Location"] == f"{BIKES}?gemeld=ja&leestaal=pl"
