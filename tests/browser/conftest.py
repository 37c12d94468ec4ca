"""One Schakel and one browser for all of these tests."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from shared.events.base import Role
from tests.browser.evenings import STEIGER, looks_at_a_place, people_on_phones
from tests.browser.stage import Stage, a_stage
from tests.browser.tour import address_of
from tests.parts.chromium import chromium_for_tests


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """For all that leave the network as they found it, or nearly so."""
    with a_stage() as made:
        yield made


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Without a window."""
    with chromium_for_tests() as found:
        yield found


@pytest.fixture(scope="module")
def desk(browser: Browser, stage: Stage) -> Iterator[Page]:
    """A coordinator who looked at a place."""
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    stage.sign_in(page, address_of(Role.COORDINATOR), first="/bijeenkomsten/plekken")
    looks_at_a_place(page, stage, STEIGER)
    yield page
    context.close()


@pytest.fixture
def phones(browser: Browser) -> Iterator[list[Page]]:
    """Three people with a phone each."""
    with ExitStack() as stack:
        contexts = people_on_phones(browser, 3)
        for context in contexts:
            stack.callback(context.close)
        yield [context.new_page() for context in contexts]


@pytest.fixture
def looking(browser: Browser) -> Iterator[Page]:
    """A page with scripts, which axe looks at."""
    context = browser.new_context(locale="nl-NL")
    yield context.new_page()
    context.close()
