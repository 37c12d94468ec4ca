"""A Bliep evening in a real browser without scripts: the desk organises it, and somebody without an account comes."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.events.base import Role
from tests.browser.evenings import announces, is_for_everybody, link_in, looks_at_a_place, next_winter
from tests.browser.stage import Stage
from tests.browser.tour import address_of
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(300)]
NOOR = "noor@school-de-verzinner.example"
EVENING = "Netwerkavond in de bibliotheek"
DESK_PAGES = (
    "uitnodigen", "wijzigen", "afzeggen", "deelnemers", "nodig", "deurlijst", "tafels", "themas", "materiaal",
    "voorbereiding",
    "spreker", "voorbeelden", "ervaring",
)  # fmt: skip
NETWORK_PAGES = (
    "nieuw", "reeks", "reeks/alle", "plekken", "gastheer", "agenda", "onderwerpen", "kennismaken", "ervaring",
    "voorbeelden", "voorbeelden/nieuw", "visie/schrijven",
)  # fmt: skip
# As the address says them: Dutch, English, and one that is read from right to left.
LANGUAGES = ("", "?leestaal=en", "?leestaal=ar")


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
    place, page = looks_at_a_place(desk, stage), announces(desk, stage, EVENING, next_winter(stage))
    _signs_up(visitor, stage)
    link = link_in(stage.mail(words="Bevestig je aanmelding", to=NOOR), "plek")
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
    is_for_everybody(looking, [stage.at(one) + read_in for one in _everybodys(page, link) for read_in in LANGUAGES])

    _subscribe({visitor: link, desk: stage.at("/bijeenkomsten")})
    _tells_more(visitor, desk, page)
    press(visitor, "text=Meld me af")
    expect(visitor.locator("main")).to_contain_text("Je komt niet")
    assert "afgemeld" in stage.mail(words="Je bent afgemeld", to=NOOR).text
    _desk_pages_are_for_everybody(desk, looking, stage, [place, page, *(f"{page}/{one}" for one in DESK_PAGES)])
    _cancels(desk, page)


def _everybodys(page: str, link: str) -> tuple[str, ...]:
    return (
        "/bijeenkomsten", page, f"{page}/aanmelden", f"{page}/aanmelden/verstuurd", link, f"{link}/wijzigen",
        f"{link}/agenda", f"{link}/kennismaken", f"{page}/ronde", "/bijeenkomsten/volgen",
        "/bijeenkomsten/visie",
    )  # fmt: skip


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
    press(visitor, f"text={EVENING}")
    press(visitor, "text=Meld je aan")
    visitor.fill("[name=name]", "Noor Verzonnen")
    visitor.fill("[name=email]", NOOR)
    visitor.fill("[name=other]", "Voor Sem, BSN 111222333")
    press(visitor, "main button[type=submit]")
    expect(visitor.locator("#fouten li")).to_have_count(1)
    visitor.fill("[name=other]", "Een ringleiding")
    press(visitor, "main button[type=submit]")
    expect(visitor.locator("h1")).to_have_text("Kijk in je mail")


def _opens(visitor: Page, link: str, button: str) -> None:
    visitor.goto(link)
    press(visitor, f"text={button}")


def _desk_pages_are_for_everybody(desk: Page, looking: Page, stage: Stage, addresses: list[str]) -> None:
    cookies: Any = desk.context.cookies()
    looking.context.add_cookies(cookies)
    is_for_everybody(looking, addresses + [stage.at(f"/bijeenkomsten/{path}") for path in NETWORK_PAGES])
