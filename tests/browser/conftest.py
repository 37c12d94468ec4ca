"""One Schakel and one browser for all of these tests."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.stage import Stage
from tests.journeys.embedded import embedded_schakel
from tests.parts.chromium import chromium_for_tests


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """Not in pytest's own folder: those above it are closed to the user that PostgreSQL runs as when we are root."""
    with tempfile.TemporaryDirectory(prefix="schakel-browser-") as made, embedded_schakel(Path(made) / "s") as schakel:
        yield Stage(schakel.world)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Without a window."""
    with chromium_for_tests() as found:
        yield found
