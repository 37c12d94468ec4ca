"""Chromium for tests: the program in SCHAKEL_TEST_CHROMIUM, else the machine's own, driven by playwright."""

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.types import ASGIApp

from tests.parts.missing import skip_for

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
UP_WITHIN = 20.0


@contextlib.contextmanager
def chromium_for_tests() -> Iterator[Browser]:
    """A browser without a window."""
    program = os.environ.get("SCHAKEL_TEST_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        skip_for("Chromium", "no program of that name is on the path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


def press(page: Page, selector: str) -> None:
    """Click what leads to another page, and be on it: a page that is still coming cannot be read, left or closed."""
    with page.expect_navigation():
        page.click(selector)


@contextlib.contextmanager
def served(app: ASGIApp, port: int) -> Iterator[str]:
    """The app on this port of this machine, in a thread of its own; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + UP_WITHIN
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(UP_WITHIN)
