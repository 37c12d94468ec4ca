"""The board in a real browser: a table at a desk and cards on a phone, and nothing that WCAG 2.2 AA forbids."""

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from shared.access.sessions import COOKIE, Session
from shared.events.base import Role
from shared.events.http import KnownPerson
from tests.browser.axe import violations
from tests.browser.stage import done
from tests.parts.chromium import chromium_for_tests, served
from tests.parts.keys import sessions_of_matching
from tests.parts.people import cookie_of
from tests.unit.monitoring.app import app_of
from tests.unit.monitoring.builders import AMBASSADOR, COORDINATOR, an_id
from tests.unit.monitoring.test_board_search import a_board

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
SCREENS = {"narrow": (320, 640), "desk": (1280, 800)}
PAGES = (
    "/bord", "/bord?volgorde=-sinds&wijk=noord&zoek=school&straat=x", "/bord/vandaag", "/bord/weergaven",
    "/bord/weergaven/nieuw?wijk=noord", "/bord/tempo",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for this module."""
    with chromium_for_tests() as found:
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the board is."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monitoring = done(a_board())
    noor = KnownPerson(person_id=AMBASSADOR, name="Noor Verzonnen", phone="010 123 45 67")
    monitoring.people.people[AMBASSADOR] = noor
    session = Session(COORDINATOR, Role.COORDINATOR, an_id("desk"))
    sessions = sessions_of_matching(secure=False)
    cookie = done(cookie_of(monitoring.units, sessions, session, monitoring.now))[COOKIE]
    with served(app_of(monitoring, f"http://127.0.0.1:{port}"), port) as url:
        yield f"{url} {cookie}"


@pytest.fixture(params=SCREENS)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A coordinator's browser of this width."""
    width, height = SCREENS[request.param]
    url, _, cookie = address.partition(" ")
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=url)
    context.add_cookies([{"name": COOKIE, "value": cookie, "url": url}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_of_the_board_is_accessible_and_fits_the_screen(page: Page, path: str) -> None:
    page.goto(path)
    assert page.url.endswith(path), "somebody who is not signed in sees another page"
    assert page.title().endswith("Schakel")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
