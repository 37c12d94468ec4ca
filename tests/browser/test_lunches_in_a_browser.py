"""Two lunches of a series by who reads only the pages: planned, filled, held and reported; then two others host."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.evenings import (
    FATIMA,
    JORIS,
    MARYAM,
    SOON,
    STEIGER,
    looks_at_a_place,
    people_on_phones,
    sends_and_confirms,
    shows,
)
from tests.browser.stage import Stage, done
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(240)]
EMRE: Final = "emre@basisschool-de-zevensprong.example"
GUEST: Final = "gast@verzonnen.example"
LUNCH: Final = "Lunch bij de buren"
SHED: Final = "De Schuur aan de Kade"


@pytest.fixture
def hosts(browser: Browser, stage: Stage) -> Iterator[dict[str, Page]]:
    """Four people of four organisations who want to host."""
    with ExitStack() as stack:
        contexts = people_on_phones(browser, 4)
        for context in contexts:
            stack.callback(context.close)
        pages = {
            email: context.new_page() for email, context in zip((FATIMA, JORIS, MARYAM, EMRE), contexts, strict=True)
        }
        for email, page in pages.items():
            stage.sign_in(page, email, first="/bijeenkomsten/gastheer")
            if page.get_by_text("Ja, vraag me om de beurt").count():
                press(page, "text=Ja, vraag me om de beurt")
        yield pages


def test_two_lunches_are_hosted_by_four_people_and_the_report_reaches_all(
    desk: Page, phones: list[Page], stage: Stage, hosts: dict[str, Page]
) -> None:
    guest = phones[0]
    looks_at_a_place(desk, stage, SHED)
    _plans_a_series(desk, stage)
    first = _announces(desk, stage, STEIGER)
    by_two = _say_yes(desk, stage, hosts)
    guest.goto(stage.at("/bijeenkomsten"))
    press(guest, f"text={LUNCH} >> nth=0")
    press(guest, "text=Meld je aan")
    guest.fill("[name=name]", "Gast Verzonnen")
    sends_and_confirms(guest, stage, GUEST)

    _is_held(desk, stage, first)
    for email in (GUEST, *by_two):
        report = stage.mail(words=f"Verslag: {LUNCH}", to=email)
        assert "Goed nieuws: de moestuin gaat open." in report.text
    guest.goto(f"{first}/verslag")
    shows(guest, "Er waren 2 mensen", "Goed nieuws: de moestuin gaat open.")

    _announces(desk, stage, SHED)
    expect(desk.locator("main")).not_to_contain_text("Dezelfde plek als de vorige keer")
    assert _say_yes(desk, stage, hosts) == hosts.keys() - by_two


def _plans_a_series(desk: Page, stage: Stage) -> None:
    desk.goto(stage.at("/bijeenkomsten"))
    press(desk, "text=Reeksen")
    press(desk, "text=Nieuwe reeks")
    values = {
        "title": LUNCH, "first": f"{stage.world.today() + SOON:%d-%m-%Y}", "everyWeeks": "6", "starts": "12:00",
        "ends": "13:30", "about": "We eten samen.", "capacity": "20", "contactName": "Sam de Wit",
        "contactPhone": "010 123 45 67",
    }  # fmt: skip
    for name, value in values.items():
        desk.fill(f"[name={name}]", value)
    desk.check("[name=kind][value=lunch]")
    desk.check("[name=childcare][value=no]")
    press(desk, "main button[type=submit]")
    shows(desk, "Om de 6 weken, 12:00 uur.")


def _announces(desk: Page, stage: Stage, place: str) -> str:
    """The next one, there; returns its page."""
    desk.goto(stage.at("/bijeenkomsten"))
    press(desk, f"main a:has-text('{LUNCH}') >> nth=0")
    page = desk.url
    press(desk, "main a:text-is('Wijzig')")
    desk.select_option("[name=place]", label=place)
    press(desk, "main button[type=submit]")
    press(desk, "text=Kondig aan")
    shows(desk, "gaat door", place)
    return page


def _say_yes(desk: Page, stage: Stage, hosts: dict[str, Page]) -> set[str]:
    """The two whose turn it is; each finds the question behind the mail."""
    press(desk, "text=Vraag wie aan de beurt is")
    expect(desk.get_by_text("gevraagd", exact=True)).to_have_count(2)
    asked = set()
    for email, page in hosts.items():
        page.goto(stage.at("/bijeenkomsten/gastheer"))
        if page.get_by_text("Ja, ik doe het").count():
            press(page, "text=Ja, ik doe het")
            shows(page, "jij ontvangt")
            asked.add(email)
    desk.reload()
    expect(desk.get_by_text("zei ja", exact=True)).to_have_count(2)
    assert len(asked) == 2
    return asked


def _is_held(desk: Page, stage: Stage, page: str) -> None:
    """The guest is ticked, somebody walks in, and the desk writes what came of it."""
    begins = stage.world.now().replace(hour=12, minute=1, second=0) + SOON
    done(stage.world.forward(begins - stage.world.now()))
    desk.goto(page)
    press(desk, "text=Deurlijst")
    desk.get_by_label("Gast Verzonnen").check()
    desk.fill("[name=walkIns]", "1")
    press(desk, "text=Bewaar wie er was")
    ends = begins.replace(hour=13, minute=40)
    done(stage.world.forward(ends - stage.world.now()))
    desk.goto(page)
    press(desk, "text=Schrijf het verslag")
    desk.fill("[name=report]", "Goed nieuws: de moestuin gaat open.")
    press(desk, "main button[type=submit]")
