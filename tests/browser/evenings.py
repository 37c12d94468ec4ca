"""Steps of whoever organises or comes to a gathering, in a real browser."""

import re
from datetime import date, timedelta
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from deploy.demo.stories.world import Mail
from tests.browser.axe import violations
from tests.browser.stage import Stage, done
from tests.parts.chromium import press

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 800}
# Of schools of the invented city.
FATIMA: Final = "fatima@basisschool-de-windroos.example"
JORIS: Final = "joris@basisschool-het-kompas-van-noord.example"
MARYAM: Final = "maryam@basisschool-de-zandloper.example"
STEIGER: Final = "Wijkcentrum De Steiger"
A_WEEK: Final = timedelta(weeks=1)
SOON: Final = timedelta(days=4)
BOEI, ADDRESS = "Buurthuis De Boei", "Havenstraat 1"


def people_on_phones(browser: Browser, number: int) -> list[BrowserContext]:
    """So many who know nothing of each other, without scripts."""
    contexts = [browser.new_context(java_script_enabled=False, locale="nl-NL", viewport=NARROW) for _ in range(number)]
    for context in contexts:
        context.set_default_timeout(20_000)
    return contexts


def looks_at_a_place(desk: Page, stage: Stage, name: str = BOEI) -> str:
    """It is in order; returns its page."""
    desk.goto(stage.at("/bijeenkomsten/plekken"))
    desk.fill("[name=name]", name)
    desk.fill("[name=address]", ADDRESS)
    press(desk, "main button[type=submit]")
    for box in desk.locator("[name=found]").all():
        box.check()
    _somebody_agrees(desk)
    press(desk, "main button[type=submit]")
    expect(desk.locator("main")).to_contain_text("Dat blijft 24 maanden geldig")
    return desk.url


def _somebody_agrees(desk: Page) -> None:
    """By name, once the desk knows an expert by experience."""
    known = desk.locator("[name=agreedBy]")
    if known.count():
        known.select_option(index=1)
    else:
        desk.check("[name=agreed]")


def announces(desk: Page, stage: Stage, title: str, day: date, place: str = BOEI) -> str:
    """An evening that everybody knows of; returns its page."""
    desk.goto(stage.at("/bijeenkomsten/nieuw"))
    values = {
        "title": title, "day": f"{day:%d-%m-%Y}", "starts": "19:30", "ends": "21.30", "about": "We maken kennis.",
        "capacity": "20", "contactName": "Sam de Wit", "contactPhone": "010 123 45 67",
    }  # fmt: skip
    for name, value in values.items():
        desk.fill(f"[name={name}]", value)
    desk.check("[name=kind][value=network-evening]")
    desk.check("[name=childcare][value=no]")
    desk.select_option("[name=place]", label=place)
    press(desk, "main button[type=submit]")
    press(desk, "text=Kondig aan")
    expect(desk.locator("main")).to_contain_text("gaat door")
    return desk.url


def next_winter(stage: Stage) -> date:
    """A day without a holiday near it, some months ahead."""
    return stage.world.today().replace(year=stage.world.today().year + 1, month=1, day=12)


def link_in(mail: Mail, path: str) -> str:
    """What the reader opens under `/bijeenkomsten/`."""
    found = re.search(rf"https?://\S+/bijeenkomsten/{path}/\S+", mail.text)
    assert found is not None, mail.text
    return found[0]


def signs_up(guest: Page, stage: Stage, page: str, name: str, email: str) -> str:
    """With a place at once; returns the page of the seat."""
    guest.goto(f"{page}/aanmelden")
    guest.fill("[name=name]", name)
    return sends_and_confirms(guest, stage, email)


def sends_and_confirms(guest: Page, stage: Stage, email: str) -> str:
    """The form is filled in but for the address; the mail asks whether it is right, and brings a place."""
    guest.fill("[name=email]", email)
    press(guest, "main button[type=submit]")
    expect(guest.locator("h1")).to_have_text("Kijk in je mail")
    seat = link_in(stage.mail(words="Bevestig je aanmelding", to=email), "plek")
    guest.goto(seat)
    press(guest, "text=Ja, ik kom graag")
    expect(guest.locator("main")).to_contain_text("Er is een plek voor je")
    assert ADDRESS in stage.mail(words="Er is een plek voor je", to=email).text
    return seat


def shows(page: Page, *words: str) -> None:
    """It says all of these."""
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def evening_begins(stage: Stage) -> None:
    """The clock goes to the evening that is SOON."""
    begins = stage.world.now().replace(hour=19, minute=31, second=0) + SOON
    done(stage.world.forward(begins - stage.world.now()))


def is_for_everybody(looking: Page, addresses: list[str]) -> None:
    """Axe finds nothing, and nothing is wider than a phone; `looking` has scripts."""
    for address in addresses:
        looking.goto(address)
        assert violations(looking) == [], address
        looking.set_viewport_size(NARROW)
        assert looking.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address
        looking.set_viewport_size(WIDE)


def fits(*pages: Page) -> None:
    """Nothing on them is wider than the phone."""
    for page in pages:
        box = page.locator("main").bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= NARROW["width"], page.url
