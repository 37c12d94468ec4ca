"""The knowledge base in a real browser without scripts: proposed, looked at, published, and found beside a need."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.events.base import Role
from tests.browser.evenings import is_for_everybody
from tests.browser.stage import Stage
from tests.browser.tour import address_of
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(300)]
TITLE = "Waar leent een kind een bakfiets?"
LANGUAGES = ("", "?leestaal=en", "?leestaal=ar")


@pytest.fixture
def people(browser: Browser) -> Iterator[list[Page]]:
    """Somebody who writes, a coordinator, a reader without an account; and a page that is looked at with axe."""
    contexts = [
        browser.new_context(java_script_enabled=script, locale="nl-NL") for script in (False, False, False, True)
    ]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_text_is_proposed_looked_at_published_and_found(people: list[Page], stage: Stage) -> None:
    writer, desk, reader, looking = people
    stage.sign_in(writer, address_of(Role.AMBASSADOR), first="/kennisbank/nieuw")
    writer.fill("[name=title]", TITLE)
    writer.fill("[name=body]", "Indien je er een zoekt: vraag het buurthuis.")
    writer.select_option("[name=kind]", "steps")
    writer.check("[name=categories][value=bike]")
    press(writer, "text=Bewaar, en lees het na")
    expect(writer.locator("main")).to_contain_text("Kan het makkelijker?")
    proposal = writer.url
    press(writer, "text=Dien in")
    expect(writer.locator("main")).to_contain_text("Iemand anders kijkt dit na")
    reader.goto(stage.at("/kennisbank"))

    stage.sign_in(desk, address_of(Role.COORDINATOR), first="/kennisbank/voorstellen")
    desk.goto(proposal)
    press(desk, "text=Keur goed")
    expect(desk.locator("h1")).to_contain_text(TITLE)
    article = desk.url

    reader.fill("[name=vraag]", "bakfietsen lenen")
    press(reader, "main button[type=submit]")
    press(reader, f"text={TITLE}")
    assert reader.url == article
    reader.check("[name=helpful][value=true]")
    press(reader, "text=Verstuur")
    expect(reader.locator("main")).to_contain_text("Dank je")
    read = [page + read_in for page in (stage.at("/kennisbank"), article) for read_in in LANGUAGES]
    is_for_everybody(looking, [*read, f"{article}/afdrukken"])
