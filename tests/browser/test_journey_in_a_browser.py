"""A child's story in a real browser without JavaScript, from asking for help to a follow-up."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.events.base import Role
from tests.browser.stage import FOLLOW_UP_DAYS, NEXT, Stage, both_meet, case_code, each_page_of_asking, tell, today
from tests.browser.tour import address_of
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(120)]


@pytest.fixture
def people(browser: Browser) -> Iterator[list[Page]]:
    """An ambassador, a partner and a coordinator, each with a browser of their own that runs no script."""
    contexts = [browser.new_context(java_script_enabled=False, locale="nl-NL") for _ in range(3)]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_child_is_asked_for_helped_and_followed_without_any_script(people: list[Page], stage: Stage) -> None:
    ambassador, partner, coordinator = people
    stage.sign_in(ambassador, address_of(Role.AMBASSADOR), first="/aanvragen/nieuw")
    expect(ambassador).to_have_url(stage.at("/aanvragen/nieuw"))

    code = _asks_with_a_mistake_and_mends_it(ambassador, stage)
    case = ambassador.url.partition("?")[0]
    _makes_the_inventory(ambassador, stage)
    contact = _accepts_from_the_mailbox(partner, stage, code)
    _sees_who_helps(ambassador, stage, code, contact)
    both_meet(stage, code, partner, ambassador)
    for step in ("start", "deliver"):
        tell(partner, step)
    _confirms_the_outcome(ambassador, stage, code)
    _sees_the_board(coordinator, stage, code)
    _answers_the_follow_up(ambassador, stage, code)

    ambassador.goto(case)
    facts = (
        "De aanvraag is binnen",
        "Het gesprek met het gezin is ingevuld",
        "maakten kennis",
        "Gevraagd hoe het gaat",
    )
    for fact in facts:
        expect(ambassador.locator("ol.schakel-timeline")).to_contain_text(fact)


def test_link_that_is_not_ours_shows_what_to_do(people: list[Page], stage: Stage) -> None:
    page = people[1]
    for path, words in (("antwoord", "Deze link werkt niet"), ("vervolg", "Deze link kennen we niet")):
        reply = page.goto(stage.at(f"/{path}/{'x' * 43}"))
        assert reply is not None
        assert reply.status == 404
        expect(page.locator("h1")).to_contain_text(words)
        expect(page.locator("main")).to_contain_text("voorpagina")
        expect(page.locator("main")).to_contain_text("Bel Schakelpunt Schiewijk")


def _asks_with_a_mistake_and_mends_it(page: Page, stage: Stage) -> str:
    for name in each_page_of_asking(page, stage, first_name="Sami"):
        if name == "consent":
            _mends_a_mistake(page)
    expect(page.locator("main")).to_contain_text("28 februari 2018")
    press(page, "text=Verstuur de aanvraag")
    expect(page.locator("main")).to_contain_text("De aanvraag is binnen")
    return case_code(page)


def _mends_a_mistake(page: Page) -> None:
    page.fill("[name='child.birthDate']", "31-02-2018")
    page.fill("[name='consent.givenOn']", "gauw")
    press(page, NEXT)

    expect(page.locator("#fouten li")).to_have_count(2)
    top, heading = page.locator("#fouten").bounding_box(), page.locator("h1").bounding_box()
    assert top is not None
    assert heading is not None
    assert top["y"] < heading["y"]
    expect(page.locator("[name='child.birthDate']")).to_have_value("31-02-2018")
    expect(page.locator("[name='consent.givenBy'][value=guardian]")).to_be_checked()

    page.fill("[name='child.birthDate']", "28 februari 2018")
    page.fill("[name='consent.givenOn']", "gisteren")


def _makes_the_inventory(page: Page, stage: Stage) -> None:
    press(page, "text=Begin het gesprek met het gezin")
    page.fill("[name=discussedOn]", today(stage))
    press(page, "text=Bewaar, en vraag de partners")
    expect(page.locator("ol.schakel-timeline")).to_contain_text("Het gesprek met het gezin is ingevuld")


def _accepts_from_the_mailbox(page: Page, stage: Stage, code: str) -> str:
    question = stage.mail(words="kun je helpen?", code=code)
    page.goto(stage.at("/postvak"))
    press(page, f"text={question.subject}")
    page.frame_locator("iframe").locator("text=Eerst bekijken").click()
    page.wait_for_url("**/antwoord/**")

    expect(page.locator("main")).not_to_contain_text("Sami")
    contact = page.locator(".schakel-choice__label").first.inner_text()
    page.check("[name=contact] >> nth=0")
    page.fill("[name=first_contact_on]", today(stage))
    press(page, "text=Ja, wij helpen >> nth=-1")
    expect(page.locator("main")).to_contain_text("Jullie helpen mee. Dank je wel!")
    return contact


def _sees_who_helps(page: Page, stage: Stage, code: str, contact: str) -> None:
    page.goto(stage.mail(words="een partner gaat helpen", code=code).link_to("aanvragen"))
    press(page, "text=Bekijk wie er helpt")
    press(page, f"table th a:has-text('{code}')")
    expect(page.locator("main")).to_contain_text(contact)


def _confirms_the_outcome(page: Page, stage: Stage, code: str) -> None:
    page.goto(stage.mail(words="Hielp het?", code=code).link_to("doorverwijzingen"))
    page.check("[name=outcome][value=helped]")
    press(page, "text=Bevestig wat het gezin zegt")
    expect(page.locator("main")).to_contain_text("Het gezin zei")


def _sees_the_board(page: Page, stage: Stage, code: str) -> None:
    stage.sign_in(page, address_of(Role.COORDINATOR))
    expect(page).to_have_url(stage.at("/bord"))
    expect(page.locator(".schakel-figure").first).to_contain_text("0 kinderen zonder volgende stap")
    expect(page.locator(f"tr:has-text('{code}')")).to_contain_text("Vragen hoe het gaat")


def _answers_the_follow_up(page: Page, stage: Stage, code: str) -> None:
    page.goto(stage.mail_in_days(FOLLOW_UP_DAYS, words="oe gaat het nu?", code=code).link_to("vervolg"))
    page.check("[name=answer] >> nth=0")
    press(page, "text=Verstuur mijn antwoord")
    expect(page.locator("main")).to_contain_text("Fijn om te horen.")
