"""Small things of the map that are easily got wrong: whose language, whose link, whose day, and what a row loses."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.matching.domain.kept import Kept
from services.matching.handlers.deliveries import ANSWER_PATH
from shared.web.languages import with_choice
from tests.unit.matching.city import organisation, service
from tests.unit.matching.map_files.reading import hsds, read, told
from tests.unit.matching.site import a_site, text_of

HEAD = "organisatie;aanbod;categorieen;wijken;talen\n"


async def test_what_names_no_language_is_in_that_of_the_city() -> None:
    site = await a_site()
    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("talen"))
        await unit.services.save(service("talen", name="Zegt niets", languages=()))
        await unit.services.save(service("arabisch", of="talen", name="Alleen Arabisch", languages=("ar",)))

    dutch, arabic = text_of(await site.get("/kaart?taal=nl")), text_of(await site.get("/kaart?taal=ar"))

    assert ("Zegt niets" in dutch, "Alleen Arabisch" in dutch) == (True, False)
    assert ("Zegt niets" in arabic, "Alleen Arabisch" in arabic) == (False, True)


@pytest.mark.parametrize("before", ["//", "///", "/\\", "\\\\", "/\t/"])
def test_choice_of_a_language_never_leads_to_another_site(before: str) -> None:
    assert with_choice(f"{before}evil.example/x", "en") == "/evil.example/x?leestaal=en"


def test_day_on_which_people_said_it_is_theirs_and_not_that_of_a_mail() -> None:
    bounced = datetime(2026, 3, 1, tzinfo=UTC)
    said = bounced + timedelta(days=5)
    kept = Kept(doubted_at=bounced).reported_wrong("address", at=bounced + timedelta(days=2))

    assert kept.doubted_at == bounced
    assert kept.reported_wrong("cost", at=said).doubted_at == said


async def test_map_on_another_site_counts_words_that_it_does_not_know() -> None:
    site = await a_site()
    for _ in range(10):
        await site.get("/kaart/ingebed?q=luchtballon")

    async with site.world.units.begin() as unit:
        assert [one.word for one in await unit.missed_words.list_most(1, 5)] == ["luchtballon"]


def test_unknown_district_or_language_beside_a_known_one_is_named_and_the_rest_is_taken_over(tmp_path: Path) -> None:
    table = read(tmp_path, HEAD + 'Fonds;Fiets;bike;"Oost, Verweg";"nl, Klingon"\n', "kaart.csv")
    places = [{"code": "oost"}, {"name": "Verweg"}]
    members = read(tmp_path, [hsds(service_areas=places, languages=[{"code": "nl"}, {"name": "Klingon"}])])

    for found in (table, members):
        assert found.refused == []
        assert [(one.districts, one.languages) for one in found.services] == [(("oost",), ("nl",))]
    assert [column for column, _ in told(table)] == ["wijken", "talen"]
    assert [column for column, _ in told(members)] == ["service_areas", "languages"]


@pytest.mark.parametrize(("row", "column"), [("Verweg;nl", "wijken"), ("Oost;Klingon", "talen")])
def test_a_row_of_which_nothing_would_be_left_is_refused(tmp_path: Path, row: str, column: str) -> None:
    found = read(tmp_path, HEAD + f"Fonds;Fiets;bike;{row}\n", "kaart.csv")

    assert (found.services, [one.column for one in found.refused]) == ([], [column])


async def test_examples_beside_the_search_field_are_in_the_language_of_the_reader() -> None:
    site = await a_site()
    dutch, english = text_of(await site.get("/kaart")), text_of(await site.get("/kaart?leestaal=en"))
    first = next(one for one in site.world.city.categories.offered.values() if one.search_in.get("en"))

    assert first.search_in["en"][0] in english
    assert first.search_in["en"][0] not in dutch


@pytest.mark.parametrize(
    ("path", "english"),
    [
        ("/cookies", "Nobody follows you."),
        ("/toegankelijkheid", "Every page works without JavaScript."),
        ("/kaart/op-je-site", "Copy this to your page"),
        (f"{ANSWER_PATH}/BestaatNietBestaatNietBestaatNietBestaatNi", "Nothing was changed."),
    ],
)
async def test_papers_of_the_site_are_read_in_other_languages(path: str, english: str) -> None:
    site = await a_site()

    page = await site.get(f"{path}?leestaal=en")

    assert english in text_of(page)
    assert '<html lang="en"' in page.text
