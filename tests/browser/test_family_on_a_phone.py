"""A parent opens the family's own page on a phone, in Arabic and without any script, with the card from the school."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from shared.events.base import Role
from tests.browser.axe import violations
from tests.browser.family_tour import FAMILY_PAGES
from tests.browser.stage import Stage, accept, ask_for_help, case_code, make_inventory
from tests.browser.tour import address_of
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(240)]
PHONE = ViewportSize(width=320, height=740)
# One that sends the words to a server and one that speaks another language; and one of the phone itself.
NOT_FOR_THIS = [{"lang": "ar-SA", "localService": False}, {"lang": "nl-NL", "localService": True}]
OF_THE_PHONE = [*NOT_FOR_THIS, {"lang": "ar-EG", "localService": True}]
# A browser whose voices are those that the test names, and that keeps what it was given to say.
VOICES = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(words) { this.words = words; } };
Object.defineProperty(window, "speechSynthesis", {value: {
  speaking: false,
  getVoices: () => JSON.parse(sessionStorage.getItem("voices") || "[]"),
  speak(saying) { this.speaking = true; window.said.push(saying.words); },
  cancel() { this.speaking = false; },
}});
"""
# As a partner reads the number that the school wrote down.
NUMBER = "+31 6 12345678"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def people(browser: Browser) -> Iterator[list[Page]]:
    """An ambassador, a partner, and a parent with a small phone that is set to Arabic."""
    contexts = [browser.new_context(java_script_enabled=False, locale="nl-NL") for _ in range(2)]
    contexts.append(browser.new_context(locale="ar", viewport=PHONE, has_touch=True))
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_parent_reads_who_helps_lets_that_partner_read_the_number_and_stops_it(
    people: list[Page], stage: Stage
) -> None:
    ambassador, partner, parent = people
    code, shared = _is_helped(ambassador, partner, stage)

    parent.goto(stage.at("/gezin"))
    expect(parent.locator("html")).to_have_attribute("dir", "rtl")
    parent.fill("[name=code]", code)
    press(parent, "main form button >> nth=0")
    expect(parent.locator("h1")).to_have_text("صفحتي")
    assert parent.title() == "صفحتي – Schakel"  # noqa: RUF001 - as the frame of every page writes it
    for name in FAMILY_PAGES:
        parent.goto(stage.at(f"/gezin/{name}"))
        assert parent.evaluate(FITS), name
        assert violations(parent) == [], name
    parent.goto(stage.at("/gezin/wie-zag-wat"))
    expect(parent.locator("main")).to_contain_text("أنتم، في هذه الصفحة")

    _is_read_aloud(parent, stage)
    _lets_the_partner_read_the_number(parent, partner, shared, stage)
    _stops_the_partner(parent, stage)
    _reads_nothing(partner, shared)
    expect(parent.locator(".schakel-exit a")).to_have_attribute("href", "/gezin/weg")
    # The page that it leads to is no machine of ours, and nothing of others is asked in a test.
    left = parent.request.get(stage.at("/gezin/weg"), max_redirects=0)
    assert urlsplit(left.headers["location"]).netloc != urlsplit(stage.at("/")).netloc
    parent.goto(stage.at("/gezin/pagina"))
    expect(parent.locator("[name=code]")).to_be_visible()


def _is_read_aloud(parent: Page, stage: Stage) -> None:
    """By a voice on the phone itself that speaks Arabic; with no such voice there is no button."""
    button = parent.locator("[data-read-aloud]")
    parent.add_init_script(VOICES)
    for voices, shown in ((NOT_FOR_THIS, False), (OF_THE_PHONE, True)):
        parent.evaluate("voices => sessionStorage.setItem('voices', voices)", json.dumps(voices))
        parent.goto(stage.at("/gezin/wat-wij-weten"))
        expect(button).to_be_visible(visible=shown)
    button.click()
    expect(button).to_have_text("أوقف القراءة")
    assert "ماذا نعرف" in parent.evaluate("window.said")
    button.click()
    expect(button).to_have_text("اقرأ بصوت عالٍ")


def _lets_the_partner_read_the_number(parent: Page, partner: Page, shared: str, stage: Stage) -> None:
    """The parent ticks it on the phone; before that the partner, who is signed in, reads nothing."""
    _reads_nothing(partner, shared)
    parent.goto(stage.at("/gezin/toestemming"))
    parent.check("[name=fieldSets][value=reach]")
    parent.check("[name=givenBy][value=guardian]")
    press(parent, "button[name=answer][value=yes]")
    partner.goto(shared)
    expect(partner.locator("main")).to_contain_text(NUMBER)
    expect(partner.locator("main")).not_to_contain_text("drie kwartier")
    parent.goto(stage.at("/gezin/wie-zag-wat"))
    expect(parent.locator("main")).to_contain_text("هاتف")


def _reads_nothing(partner: Page, shared: str) -> None:
    refusal = partner.goto(shared)
    assert refusal is not None
    assert refusal.status == 404
    expect(partner.locator("body")).not_to_contain_text(NUMBER)


def _stops_the_partner(parent: Page, stage: Stage) -> None:
    parent.goto(stage.at("/gezin/toestemming"))
    card = parent.locator("article.schakel-card")
    expect(card).to_have_count(1)
    card.locator("summary").click()
    press(parent, "article.schakel-card button")
    expect(parent.locator("main")).to_contain_text("توقفت. هذه المنظمة لا ترى شيئًا عنكم بعد الآن.")
    expect(card).to_contain_text("لا ترى شيئًا عنكم بعد الآن.")
    expect(card.locator("button")).to_have_count(0)


def _is_helped(ambassador: Page, partner: Page, stage: Stage) -> tuple[str, str]:
    """A child of whom a partner said yes, and signed in; the code on the family's card, and where the partner reads."""
    stage.sign_in(ambassador, address_of(Role.AMBASSADOR))
    ask_for_help(ambassador, stage, first_name="Sef")
    press(ambassador, "text=Verstuur de aanvraag")
    number, case = case_code(ambassador), ambassador.url.partition("?")[0]
    make_inventory(ambassador, stage)
    asked = stage.mail(words="kun je helpen?", code=number)
    accept(partner, stage, asked.link_to("antwoord"))
    shared = partner.get_attribute("a[href^='/aanvragen/gegevens/']", "href")
    assert shared is not None
    stage.sign_in(partner, asked.to)
    ambassador.goto(f"{case}/link-gezin")
    press(ambassador, "text=Maak het kaartje")
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b", ambassador.inner_text("article"))
    assert found is not None
    return found[0], stage.at(shared)
