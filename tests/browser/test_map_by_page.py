"""The desk reads a map in by page, in a real browser: send, look, take over, see what left the file, take it back."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.events.base import Role
from tests.browser.axe import violations
from tests.browser.stage import Stage
from tests.browser.test_pages_in_a_browser import FITS, PHONE
from tests.browser.tour import address_of
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(240)]
HEADER = "organisatie;aanbod;categorieen;omschrijving;adres\n"
BIKE = "Fietsenclub De Wieken;Leenfiets;bike;Een fiets te leen;Molenstraat 1\n"
COAT = "Kledingkast Zuid;Regenjas;clothing;Een jas tegen de regen;\n"
WRONG = "Kledingkast Zuid;Laarzen;raket;Laarzen;\n"
WITHIN_SECONDS = 40.0


def test_desk_reads_a_map_in_and_takes_it_back(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(locale="nl-NL")
    desk = context.new_page()
    stage.sign_in(desk, address_of(Role.COORDINATOR))
    _reads_in_what_is_new(desk, stage)
    assert "Leenfiets" in _found(browser, stage, "leenfiets")

    _reads_in_what_changed(desk, stage)
    taken = desk.url
    desk.goto(stage.at("/netwerk/organisaties"))
    expect(desk.locator("tr:has-text('Regenjas')")).to_contain_text("niet meer in het bestand van proefkaart")

    desk.goto(taken)
    press(desk, "main a:has-text('Draai dit terug')")
    _is_fit(desk)
    press(desk, "main button:has-text('Draai terug')")
    _wait_for_worker(desk)
    expect(desk.locator("main")).to_contain_text("Teruggedraaid")
    desk.goto(stage.at("/netwerk/organisaties"))
    expect(desk.locator("tr:has-text('Regenjas')")).to_have_count(0)
    context.close()


def _reads_in_what_is_new(desk: Page, stage: Stage) -> None:
    desk.goto(stage.at("/netwerk"))
    press(desk, "main a:text-is('Kaart inlezen')")
    _is_fit(desk)
    _send(desk, HEADER + BIKE + COAT + WRONG)
    _is_fit(desk)
    _take_over(desk)
    expect(desk.locator("main")).to_contain_text("Overgenomen")
    _is_fit(desk)


def _reads_in_what_changed(desk: Page, stage: Stage) -> None:
    desk.goto(stage.at("/netwerk/inlezen"))
    _send(desk, HEADER + BIKE.replace("te leen", "voor een jaar"))
    press(desk, "main nav a:has-text('Veranderd')")
    expect(desk.locator("main")).to_contain_text("Een fiets voor een jaar")
    _is_fit(desk)
    press(desk, "main nav a:has-text('Niet meer in het bestand')")
    expect(desk.locator("main table")).to_contain_text("Regenjas")
    _take_over(desk)


def _send(desk: Page, text: str) -> None:
    desk.set_input_files("[name=file]", {"name": "kaart.csv", "mimeType": "text/csv", "buffer": text.encode()})
    desk.fill("[name=source]", "proefkaart")
    press(desk, "main button:has-text('Lees in')")
    _wait_for_worker(desk)
    expect(desk.locator("main")).to_contain_text("Er is nog niets veranderd")


def _take_over(desk: Page) -> None:
    press(desk, "main button:has-text('Neem dit over')")
    _wait_for_worker(desk)


def _wait_for_worker(desk: Page) -> None:
    """By the link on the page, as somebody without JavaScript."""
    until = time.monotonic() + WITHIN_SECONDS
    while desk.locator("main a:has-text('Kijk hoe ver het nu is')").count():
        assert time.monotonic() < until, desk.inner_text("main")
        press(desk, "main a:has-text('Kijk hoe ver het nu is')")


def _found(browser: Browser, stage: Stage, word: str) -> str:
    """What anybody finds on the map."""
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    page.goto(stage.at(f"/kaart?q={word}"))
    found = page.inner_text("main")
    context.close()
    return found


def _is_fit(page: Page) -> None:
    """Open to all, and whole on a phone."""
    assert violations(page) == []
    wide = page.viewport_size
    page.set_viewport_size(PHONE)
    assert page.evaluate(FITS), page.url
    if wide:
        page.set_viewport_size(wide)
