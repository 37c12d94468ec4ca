"""The desk keeps the everyday words of the map, and sees what found nothing."""

import re

import pytest

from services.matching.handlers.everyday_words import KEPT_DAYS, forget_old_missed
from tests.unit.matching.city import named
from tests.unit.matching.entries import as_desk, as_partner, fields_of, posted
from tests.unit.matching.site import Site, a_site, text_of

PATH = "/netwerk/zoekwoorden"
KURTKA = {"word": "Karretje", "categories": ["bike"]}


@pytest.fixture
async def site() -> Site:
    made = await a_site()
    as_desk(made)
    return made


async def path_of_word(site: Site) -> str:
    [path] = re.findall(rf'href="({PATH}/[0-9a-f-]+)"', (await site.get(PATH)).text)
    return str(path)


async def test_word_that_the_desk_adds_leads_to_what_people_look_for(site: Site) -> None:
    assert "Niets gevonden" in text_of(await site.get("/kaart?q=karretje"))

    added = await posted(site, PATH, KURTKA)

    assert added.headers["location"] == f"{PATH}?klaar=nieuw"
    assert "Fiets" in text_of(await site.get("/kaart?q=karretje"))
    assert (await site.get("/hsds/services?search=karretje")).json()["total_items"] > 0
    assert "Alle woorden zijn gevonden" in text_of(await site.get(f"{PATH}?probeer=karretje"))


async def test_word_is_changed_and_taken_away(site: Site) -> None:
    await posted(site, PATH, KURTKA)
    path = await path_of_word(site)

    await posted(site, path, {**fields_of(await site.get(path)), "word": "wagentje"})
    assert "wagentje" in text_of(await site.get(PATH))
    assert "Niets gevonden" in text_of(await site.get("/kaart?q=karretje"))

    seen = fields_of(await site.get(path))["seen"]
    await posted(site, f"{path}/weg", {"choice": "remove", "seen": seen})
    assert "Er staan nog geen woorden" in text_of(await site.get(PATH))
    assert (await site.get(path)).status_code == 404


async def test_who_looks_at_an_older_version_changes_nothing(site: Site) -> None:
    await posted(site, PATH, KURTKA)
    path = await path_of_word(site)
    older = fields_of(await site.get(path))
    await posted(site, path, {**older, "word": "wagentje"})

    late = await posted(site, path, {**older, "word": "slee"})
    gone = await posted(site, f"{path}/weg", {"choice": "remove", "seen": older["seen"]})

    assert (late.status_code, gone.status_code) == (400, 400)
    assert "intussen" in text_of(late)
    assert "wagentje" in text_of(await site.get(PATH))


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"word": "twee woorden", "categories": ["bike"]}, "één woord"),
        ({"word": "06-12345678", "categories": ["bike"]}, "één woord"),
        ({"word": "slee", "categories": []}, "Welke hulp"),
        ({"word": "slee", "categories": ["raket"]}, "Kies wat klopt"),
        ({"word": "KARRETJE", "categories": ["food"]}, "staat al in de lijst"),
    ],
)
async def test_word_that_is_not_right_is_refused_with_its_reason(
    site: Site, fields: dict[str, object], problem: str
) -> None:
    await posted(site, PATH, KURTKA)

    refused = await posted(site, PATH, fields)

    assert refused.status_code == 400
    assert problem in text_of(refused)


async def test_words_that_often_found_nothing_are_shown_without_who_asked(site: Site) -> None:
    for _ in range(3):
        await site.get("/kaart?q=zweefvliegen%20X17")
        await site.get("/kaart?q=zweefvliegen&pagina=2")
    await site.get("/kaart?q=diepzeeduiken")

    page = text_of(await site.get(PATH))

    assert "zweefvliegen Hoe vaak 3 keer" in page
    assert "diepzeeduiken" not in page
    assert "x17" not in page.lower()


async def test_counts_of_more_than_a_year_ago_are_forgotten(site: Site) -> None:
    for _ in range(3):
        await site.get("/kaart?q=zweefvliegen")
    site.world.later(days=KEPT_DAYS + 1)

    async with site.world.units.begin() as unit:
        await forget_old_missed(unit)

    assert "zweefvliegen" not in text_of(await site.get(PATH))


async def test_word_that_only_a_filter_kept_away_is_not_counted(site: Site) -> None:
    for _ in range(3):
        await site.get("/kaart?q=zweefvliegen&gratis=ja")

    assert "zweefvliegen" not in text_of(await site.get(PATH))


async def test_only_the_desk_keeps_words(site: Site) -> None:
    as_partner(site)

    assert (await site.get(PATH)).status_code == 403
    assert (await posted(site, PATH, KURTKA)).status_code == 403
    assert (await site.get(f"{PATH}/{named('word')}")).status_code == 403
