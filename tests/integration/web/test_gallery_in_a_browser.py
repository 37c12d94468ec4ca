"""The building blocks in a real browser: nothing that WCAG 2.2 AA forbids, on a phone or a desk; without script too."""

import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from shared.access.sessions import COOKIE
from shared.events.base import Role
from shared.web.assets import assets
from tests.parts.chromium import AXE, chromium_for_tests, press, served
from tests.unit.shared.web.asking import signed_in_as
from tests.unit.shared.web_gallery.gallery import GallerySettings, gallery

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = {"phone": (360, 740), "desk": (1280, 800)}
PAGES = ("/aanvragen", "/bord", "/aanvragen/geparkeerd", "/stuk/refused", "/bestaat-niet")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for this module."""
    with chromium_for_tests() as found:
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the gallery is."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with served(gallery(settings=GallerySettings(public_url=f"http://127.0.0.1:{port}")), port) as url:
        yield url


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A coordinator's browser of this width."""
    width, height = SCREENS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    value = signed_in_as(Role.COORDINATOR)["Cookie"].partition("=")[2]
    context.add_cookies([{"name": COOKIE, "value": value, "url": address}])
    yield context
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds, in words."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")
    return [f"{one['id']}: {[node['html'][:100] for node in one['nodes']]}" for one in found["violations"]]


def test_the_assets_are_built() -> None:
    assert "nlds.css" in assets(), "run `make assets`"
    assert AXE.exists(), "run `make assets`"


@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_and_fits_its_screen(screen: BrowserContext, address: str, path: str) -> None:
    page = screen.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(address + path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert not [problem for problem in problems if "Content Security Policy" in problem]


def test_form_with_errors_is_accessible_and_leads_to_the_first_wrong_field(
    screen: BrowserContext, address: str
) -> None:
    page = screen.new_page()
    page.goto(f"{address}/aanvragen")
    page.fill("[name='child.birthDate']", "31-02-2017")
    press(page, "text=Aanvraag versturen")
    assert page.locator("#fouten li").count() >= 4
    assert violations(page) == []
    page.click("#fouten a >> nth=0")
    assert urlsplit(page.url).fragment == "veld-child-firstName"
    assert page.evaluate("document.activeElement.name") == "child.firstName"


def test_whole_page_can_be_used_with_the_keyboard(screen: BrowserContext, address: str) -> None:
    page = screen.new_page()
    page.goto(f"{address}/bord")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    assert page.locator(".schakel-skip").bounding_box()["height"] > 20  # type: ignore[index] # it is there: it has the focus
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_form_can_be_sent_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/aanvragen")
    press(page, "text=Aanvraag versturen")
    assert "Er kloppen nog" in page.content()
    context.close()
