"""Whoever searches the map on a small phone types their own word, in their language, and reads the right help first."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Stage
from tests.browser.test_pages_in_a_browser import FITS, PHONE
from tests.parts.chromium import press
from tests.parts.city import a_city

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(240)]


def test_first_card_is_what_was_asked_for_in_ones_own_words(browser: Browser, stage: Stage) -> None:
    for language, typed, category in (
        ("nl", "een bed", "furniture"),
        ("en", "bike", "bike"),
        ("pl", "zimowa kurtka", "clothing"),
        ("ar", "دراجة", "bike"),
    ):
        context = browser.new_context(locale=language, viewport=PHONE, has_touch=True)
        _finds_first(context.new_page(), stage, typed, category)
        context.close()


def _finds_first(page: Page, stage: Stage, typed: str, category: str) -> None:
    page.goto(stage.at("/kaart"))
    language = page.get_attribute("html", "lang") or ""
    page.fill("[name=q]", typed)
    press(page, "form:has([name=q]) button")
    assert page.evaluate(FITS), f"{typed}: wider than the phone"
    press(page, "article.schakel-card a >> nth=0")
    words = a_city().read_in(language).categories.words(category)
    expect(page.locator("main")).to_contain_text(words, ignore_case=True)
    assert page.evaluate(FITS), f"the offer for {typed}: wider than the phone"
