"""Two lunches of a series by who reads only the pages: planned, filled, held and reported, each by two others."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Final

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from tests.browser.evenings import (
    FATIMA,
    JORIS,
    MARYAM,
    SOON,
    STEIGER,
    looks_at_a_place,
    people_on_phones,
    shows,
    signs_up,
)
from tests.browser.stage import Stage, a_stage, done
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(240)]
EMRE: Final = "emre@basisschool-de-zevensprong.example"
GUESTS: Final = {"Gast Verzonnen": "gast@verzonnen.example", "Tweede Gast": "tweede@verzonnen.example"}
A_MINUTE: Final = timedelta(minutes=1)
LUNCH: Final = "Lunch bij de buren"
SHED: Final = "De Schuur aan de Kade"


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Its own: nobody hosted anything before."""
    with a_stage() as made:
        yield made


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
    looks_at_a_place(desk, stage, SHED)
    _plans_a_series(desk, stage)
    first = _announces(desk, stage, STEIGER)
    by_two = _say_yes(desk, stage, hosts)
    _is_held(desk, phones[0], stage, first, "Gast Verzonnen", by_two)

    second = _announces(desk, stage, SHED)
    expect(desk.locator("main")).not_to_contain_text("Dezelfde plek als de vorige keer")
    by_others = _say_yes(desk, stage, hosts)
    assert by_others == hosts.keys() - by_two
    _is_held(desk, phones[1], stage, second, "Tweede Gast", by_others)


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


def _is_held(desk: Page, guest: Page, stage: Stage, page: str, name: str, hosts: set[str]) -> None:
    """A guest signs up and is ticked, somebody walks in, and the desk writes what came of it."""
    signs_up(guest, stage, page, name, GUESTS[name])
    begins, ends = _hours(desk, page)
    done(stage.world.forward(begins + A_MINUTE - stage.world.now()))
    desk.goto(page)
    press(desk, "text=Deurlijst")
    desk.get_by_label(name).check()
    desk.fill("[name=walkIns]", "1")
    press(desk, "text=Bewaar wie er was")
    done(stage.world.forward(ends + A_MINUTE - stage.world.now()))
    _is_told(desk, guest, stage, page, {GUESTS[name], *hosts})


def _hours(desk: Page, page: str) -> tuple[datetime, datetime]:
    """From when to when it is, as its calendar file says."""
    (event,) = Calendar.from_ical(desk.request.get(f"{page}/bijeenkomst.ics").body()).events
    return event.DTSTART, event.DTEND


def _is_told(desk: Page, guest: Page, stage: Stage, page: str, people: set[str]) -> None:
    """The report reaches who was there and who hosted, and stands on a page."""
    report = f"Goed nieuws: de moestuin gaat open voor {len(people)} van ons."
    desk.goto(page)
    press(desk, "text=Schrijf het verslag")
    desk.fill("[name=report]", report)
    press(desk, "main button[type=submit]")
    for email in people:
        assert report in stage.mail(words=f"Verslag: {LUNCH}", to=email).text
    guest.goto(f"{page}/verslag")
    shows(guest, "Er waren 2 mensen", report)
