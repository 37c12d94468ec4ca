"""Going along to an appointment in a real browser without scripts: offered, booked, asked by mail, and agreed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.evenings import FATIMA, JORIS, is_for_everybody, people_on_phones
from tests.browser.stage import Stage
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(300)]
PAGE = "/gezichten/ga-mee"


@pytest.fixture
def people(browser: Browser) -> Iterator[list[Page]]:
    """A volunteer and a professional on phones, without scripts; and a page that is looked at with axe."""
    contexts: list[BrowserContext] = [*people_on_phones(browser, 2), browser.new_context(locale="nl-NL")]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_professional_books_somebody_who_goes_along(people: list[Page], stage: Stage) -> None:
    volunteer, professional, looking = people
    stage.sign_in(volunteer, FATIMA, first=PAGE)
    _offers(volunteer)
    stage.sign_in(professional, JORIS, first=PAGE)
    _books(professional, stage)

    asked = stage.mail(words="Ga je mee", to=FATIMA)
    assert "je hoeft niet te zeggen waarom" in asked.text
    assert "Joris" not in asked.text
    found = re.search(r"https?://\S*/gezichten/ga-mee", asked.text)
    assert found is not None
    volunteer.goto(stage.at(urlsplit(found[0]).path))
    expect(volunteer.locator("main")).to_contain_text("We spreken af bij de balie.")
    press(volunteer, "text=Ja, ik ga mee")
    expect(volunteer.locator("main")).to_contain_text("jij gaat mee")

    agreed = stage.mail(words="Samen naar de afspraak", to=JORIS)
    assert "Met wie" in agreed.text
    professional.goto(stage.at(PAGE))
    expect(professional.locator("main")).to_contain_text("er gaat iemand mee")
    looking.context.add_cookies(professional.context.cookies())  # type: ignore[arg-type]  # as the browser gave them
    is_for_everybody(looking, [stage.at(PAGE), stage.at("/gezichten/vraag-en-aanbod"), stage.at("/gezichten/paspoort")])
    press(professional, "text=Zeg dit af")
    expect(professional.locator("main")).not_to_contain_text("er gaat iemand mee")
    stage.mail(words="hoeft niet meer", to=FATIMA)


def _offers(volunteer: Page) -> None:
    for name in ("languages", "districts", "days", "visits"):
        for box in volunteer.locator(f"[name={name}]").all():
            box.check()
    press(volunteer, "form[action$='/aanbod'] button")
    expect(volunteer.locator("main")).to_contain_text("Vraag me niet meer")


def _books(professional: Page, stage: Stage) -> None:
    day = stage.world.city.day_of(stage.world.now()) + timedelta(days=9)
    professional.fill("[name=day]", f"{day:%d-%m-%Y}")
    professional.check("[name=part][value=morning]")
    for name, at in (("district", 1), ("language", 2), ("visit", 2)):
        professional.locator(f"select[name={name}]").select_option(index=at)
    professional.fill("[name=note]", "We spreken af bij de balie.")
    press(professional, "form[action$='ga-mee'] button")
    expect(professional.locator("main")).to_contain_text("we vragen iemand")
