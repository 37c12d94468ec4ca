"""A Bliep evening in a real browser without scripts: the desk organises it, and somebody without an account comes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from shared.events.base import Role
from tests.browser.axe import violations
from tests.browser.stage import Stage
from tests.browser.tour import address_of
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(300)]
NOOR = "noor@school-de-verzinner.example"
WIDE: ViewportSize = {"width": 1280, "height": 800}
DESK_PAGES = ("uitnodigen", "wijzigen", "afzeggen", "deelnemers", "nodig", "deurlijst")
# As the address says them: Dutch, English, and one that is read from right to left.
LANGUAGES = ("", "?leestaal=en", "?leestaal=ar")
NARROW: ViewportSize = {"width": 320, "height": 800}


@pytest.fixture
def people(browser: Browser) -> Iterator[list[Page]]:
    """A coordinator and somebody without an account, without scripts; and a page that is looked at with axe."""
    contexts = [browser.new_context(java_script_enabled=script, locale="nl-NL") for script in (False, False, True)]
    contexts[1].set_default_timeout(20_000)
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_desk_organises_an_evening_and_somebody_without_an_account_comes(people: list[Page], stage: Stage) -> None:
    desk, visitor, looking = people
    stage.sign_in(desk, address_of(Role.COORDINATOR), first="/bijeenkomsten/plekken")
    place, page = _looks_at_a_place(desk, stage), _announces_an_evening(desk, stage)
    _signs_up(visitor, stage)
    link = _link(stage, "Bevestig je aanmelding")
    _opens(visitor, link, "Ja, ik kom graag")
    place_mail = stage.mail(words="Er is een plek voor je", to=NOOR)
    assert "Buurthuis De Boei, Havenstraat 1" in place_mail.text
    assert "Bel Sam de Wit: 010 123 4567" in place_mail.text
    expect(visitor.locator("main")).to_contain_text("Er is een plek voor je")

    desk.goto(f"{page}/deelnemers")
    expect(desk.locator("main")).to_contain_text("Noor Verzonnen")
    expect(desk.locator("main")).not_to_contain_text("ringleiding")
    press(desk, "text=Ik ga hierover")
    expect(desk.locator("main")).to_contain_text("Een ringleiding")
    everybodys = (
        "/bijeenkomsten", page, f"{page}/aanmelden", f"{page}/aanmelden/verstuurd", link, f"{link}/wijzigen",
        f"{link}/agenda", f"{page}/ronde", "/bijeenkomsten/visie")  # fmt: skip
    _is_for_everybody(looking, [stage.at(one) + read_in for one in everybodys for read_in in LANGUAGES])

    _subscribe({visitor: link, desk: stage.at("/bijeenkomsten")})
    _tells_more(visitor, desk, page)
    press(visitor, "text=Meld me af")
    expect(visitor.locator("main")).to_contain_text("Je komt niet")
    assert "afgemeld" in stage.mail(words="Je bent afgemeld", to=NOOR).text
    _desk_pages_are_for_everybody(desk, looking, stage, [place, page, *(f"{page}/{one}" for one in DESK_PAGES)])
    _cancels(desk, page)


def _subscribe(people: Mapping[Page, str]) -> None:
    for somebody, path in people.items():
        somebody.goto(f"{path}/agenda")
        press(somebody, "text=Maak mijn link")
        expect(somebody.locator("main code")).to_contain_text(".ics")
        press(somebody, "text=Zet mijn link uit")
        expect(somebody.locator("main")).to_contain_text("Maak mijn link")
        somebody.goto(path)


def _cancels(desk: Page, page: str) -> None:
    desk.goto(f"{page}/afzeggen")
    desk.check("[name=reason][value=illness]")
    press(desk, "main button[type=submit]")
    expect(desk.locator("main")).to_contain_text("Deze bijeenkomst gaat niet door")


def _tells_more(visitor: Page, desk: Page, page: str) -> None:
    press(visitor, "text=Wijzig wat je invulde")
    expect(visitor.locator("[name=other]")).to_have_value("Een ringleiding")
    visitor.check("[name=access][value=assistance-dog]")
    visitor.check("[name=seenBy][value=network]")
    press(visitor, "main button[type=submit]")
    desk.goto(f"{page}/deelnemers")
    expect(desk.locator("main")).to_contain_text("Mijn hulphond komt mee")
    desk.goto(page)
    expect(desk.locator("main")).to_contain_text("Noor Verzonnen")


def _signs_up(visitor: Page, stage: Stage) -> None:
    visitor.goto(stage.at("/bijeenkomsten"))
    press(visitor, "text=Netwerkavond in de bibliotheek")
    press(visitor, "text=Meld je aan")
    visitor.fill("[name=name]", "Noor Verzonnen")
    visitor.fill("[name=email]", NOOR)
    visitor.fill("[name=other]", "Voor Sem, BSN 111222333")
    press(visitor, "main button[type=submit]")
    expect(visitor.locator("#fouten li")).to_have_count(1)
    visitor.fill("[name=other]", "Een ringleiding")
    press(visitor, "main button[type=submit]")
    expect(visitor.locator("h1")).to_have_text("Kijk in je mail")


def _looks_at_a_place(desk: Page, stage: Stage) -> str:
    desk.goto(stage.at("/bijeenkomsten/plekken"))
    desk.fill("[name=name]", "Buurthuis De Boei")
    desk.fill("[name=address]", "Havenstraat 1")
    press(desk, "main button[type=submit]")
    for box in desk.locator("[name=found]").all():
        box.check()
    desk.check("[name=agreed]")
    press(desk, "main button[type=submit]")
    expect(desk.locator("main")).to_contain_text("Dat blijft een jaar geldig")
    return desk.url


def _announces_an_evening(desk: Page, stage: Stage) -> str:
    desk.goto(stage.at("/bijeenkomsten/nieuw"))
    day = stage.world.today().replace(year=stage.world.today().year + 1, month=1, day=12)
    values = {
        "title": "Netwerkavond in de bibliotheek", "day": f"{day:%d-%m-%Y}", "starts": "19:30", "ends": "21.30",
        "about": "We maken kennis.", "capacity": "20", "contactName": "Sam de Wit", "contactPhone": "010 123 45 67",
    }  # fmt: skip
    for name, value in values.items():
        desk.fill(f"[name={name}]", value)
    desk.check("[name=kind][value=network-evening]")
    desk.check("[name=childcare][value=no]")
    desk.select_option("[name=place]", label="Buurthuis De Boei")
    press(desk, "main button[type=submit]")
    press(desk, "text=Kondig aan")
    expect(desk.locator("main")).to_contain_text("gaat door")
    return desk.url


def _link(stage: Stage, words: str) -> str:
    found = re.search(r"https?://\S+/bijeenkomsten/plek/\S+", stage.mail(words=words, to=NOOR).text)
    assert found is not None
    return found[0]


def _opens(visitor: Page, link: str, button: str) -> None:
    visitor.goto(link)
    press(visitor, f"text={button}")


def _is_for_everybody(looking: Page, addresses: list[str]) -> None:
    for address in addresses:
        looking.goto(address)
        assert violations(looking) == [], address
        looking.set_viewport_size(NARROW)
        assert looking.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address
        looking.set_viewport_size(WIDE)


def _desk_pages_are_for_everybody(desk: Page, looking: Page, stage: Stage, addresses: list[str]) -> None:
    cookies: Any = desk.context.cookies()
    looking.context.add_cookies(cookies)
    more = [
        stage.at(f"/bijeenkomsten/{path}") for path in ("nieuw", "reeks", "reeks/alle", "plekken", "gastheer", "agenda")
    ]
    _is_for_everybody(looking, addresses + more)
