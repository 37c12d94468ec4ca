"""Beside the talk with a family: signals that suggest help and score nobody, and what to read about each need."""

from shared.events.shelf import ShelvedArticle
from tests.unit.intake.builders import ROOS, said
from tests.unit.intake.pages import Pages

ASK_FOOD = ShelvedArticle(
    title="Goed doorvragen over eten", path="/kennisbank/vragen", is_aid=True, categories=("food",),
    signals=("too-little-food",),
)  # fmt: skip
BIKE = ShelvedArticle(title="Een fiets regelen", path="/kennisbank/fiets", categories=("bike",))
BIKE_AID = ShelvedArticle(title="Lijst voor de fiets", path="/kennisbank/lijst", is_aid=True, categories=("bike",))


async def test_each_need_has_what_to_read_about_it_and_what_can_be_printed_goes_first(pages: Pages) -> None:
    path = f"{pages.path}/inventarisatie"
    assert "Goed doorvragen" not in (await pages.shows(ROOS, path)).text
    pages.shelf.articles = (BIKE, BIKE_AID, ASK_FOOD)
    page = (await pages.shows(ROOS, path)).text
    assert page.index("Lijst voor de fiets") < page.index("Een fiets regelen")
    assert 'href="/kennisbank/fiets" target="_blank"' in page


async def test_ticked_signal_shows_questions_and_help_and_is_kept_nowhere(pages: Pages) -> None:
    pages.shelf.articles = (ASK_FOOD,)
    path = f"{pages.path}/inventarisatie"
    ticked = {**await pages.needs_as_shown(), "signals": "too-little-food", "context": "Vader zoekt werk."}
    before = len(said(pages.units))

    shown = await pages.sends(ROOS, path, {**ticked, "go": "signals"})
    assert shown.status_code == 200
    for words in ("Lukt het om elke dag warm te eten?", "Goed doorvragen over eten", 'value="add:food"', "Vader zoekt"):
        assert words in shown.text
    added = await pages.sends(ROOS, path, {**ticked, "go": "add:benefits-advice"})
    assert 'value="benefits-advice" selected' in added.text
    again = await pages.sends(ROOS, path, {**ticked, "go": "add:nonsense"})
    assert "nonsense" not in again.text
    assert len(said(pages.units)) == before

    kept = await pages.sends(ROOS, path, {**ticked, "go": "later"})
    assert kept.status_code == 303
    assert "too-little-food" not in str(pages.units.tables.tables)
    whole = {**await pages.needs_as_shown(), "signals": "too-little-food", "discussedOn": "gisteren", "go": "send"}
    assert (await pages.sends(ROOS, path, whole)).status_code == 303
    assert "too-little-food" not in str(pages.units.tables.tables)


async def test_inventory_stays_without_what_is_there_to_read(pages: Pages) -> None:
    page = await pages.shows(ROOS, f"{pages.path}/inventarisatie")
    assert page.status_code == 200
    assert "Wat merk je in het gesprek?" in page.text
