"""Every page in a real browser: open to all (WCAG 2.2 AA), whole on a phone, asking nothing of other machines."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.axe import violations
from tests.browser.stage import Stage
from tests.browser.tour import Tour

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(360)]
PHONE = ViewportSize(width=320, height=740)
DESK = ViewportSize(width=1200, height=800)
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
IDS = "[...document.querySelectorAll('[id]')].map(one => one.id)"


def test_every_page_is_accessible_fits_a_small_phone_and_asks_nothing_of_others(browser: Browser, stage: Stage) -> None:
    tour, contexts = Tour.with_browser(browser, stage)
    asked: set[str] = set()
    complaints: list[str] = []
    for context in contexts:
        context.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
        context.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    wrong: dict[str, list[str]] = {}
    seen = []
    for name, page in tour.pages():
        seen.append(name)
        if problems := [*_problems(page), *violations(page)]:
            wrong[name] = problems
    for context in contexts:
        context.close()

    assert wrong == {}
    assert complaints == []
    assert asked == {urlsplit(stage.world.base_url).netloc}
    assert len(seen) == len(set(seen)) >= 30


def _problems(page: Page) -> list[str]:
    problems = []
    page.set_viewport_size(PHONE)
    if not page.evaluate(FITS):
        problems.append("it must be scrolled sideways on a phone")
    page.set_viewport_size(DESK)
    if not page.evaluate(FITS):
        problems.append("it must be scrolled sideways at a desk")
    ids = page.evaluate(IDS)
    if len(ids) != len(set(ids)):
        problems.append("two things have the same id")
    return problems
