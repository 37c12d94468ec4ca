"""A coordinator's day on a filled city, in a real browser without JavaScript and without the command line."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from deploy.demo.morning.filling import fill
from deploy.embedded.run import Running
from shared.events.base import Role
from tests.browser.stage import Stage, accept, both_meet, case_code, done, tell
from tests.browser.tour import address_of
from tests.journeys.embedded import embedded_schakel
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(400)]
CASES = 40
LEAVER, COLLEAGUE = "emre@basisschool-de-zevensprong.example", "Noor Spaarndijk"
APPLICANT, JOINS, OFFER = "sara.verzonnen@golf.example", "Zwemfonds De Golf", "Zwemles voor iedereen"
SECONDS = 20


@dataclass(frozen=True)
class Day:
    """The desk, an ambassador, and a partner, each with a browser of their own."""

    stage: Stage
    desk: Page
    ambassador: Page
    partner: Page


@pytest.fixture(scope="module")
def filled() -> Iterator[Stage]:
    """A city on an ordinary morning."""
    with tempfile.TemporaryDirectory(prefix="schakel-day-") as made, embedded_schakel(Path(made) / "s") as schakel:
        world = schakel.world
        running = Running(world.base_url, world.mailbox_url, world.api_key, schakel.demo, schakel.deployment)
        done(fill(running, world, CASES, keys="day", done=lambda: None))
        yield Stage(world)


@pytest.fixture(scope="module")
def day(browser: Browser, filled: Stage) -> Iterator[Day]:
    """The coordinator is signed in."""
    contexts = [browser.new_context(java_script_enabled=False, locale="nl-NL") for _ in range(3)]
    desk, ambassador, partner = (context.new_page() for context in contexts)
    filled.sign_in(desk, address_of(Role.COORDINATOR))
    yield Day(filled, desk, ambassador, partner)
    for context in contexts:
        context.close()


def test_stuck_child_is_found_taken_and_helped_by_a_partner_whom_the_desk_asks(day: Day) -> None:
    desk, stage = day.desk, day.stage
    code = _takes_a_stuck_child(desk, stage)
    press(desk, "text=Kies wat er met de hulpvraag gebeurt")
    need = desk.url
    newest = max(mail.number for mail in stage.mails())
    _asks_a_partner_by_hand(desk, need)
    asked = stage.mail(words="kun je helpen?", after=newest)
    accept(day.partner, stage, asked.link_to("antwoord"))
    told = stage.mail(words="een partner gaat helpen", code=code)
    stage.sign_in(day.ambassador, told.to)
    both_meet(stage, code, day.partner, day.ambassador)
    for step in ("start", "deliver"):
        tell(day.partner, step)
    day.ambassador.goto(stage.mail(words="Hielp het?", code=code).link_to("doorverwijzingen"))
    day.ambassador.check("[name=outcome][value=helped]")
    press(day.ambassador, "text=Bevestig wat het gezin zegt")

    desk.goto(need)
    expect(desk.locator("main")).to_contain_text("Klaar, het gezin is geholpen")
    desk.goto(stage.at(f"/bord?zoek={code}&afgerond=ja"))
    expect(desk.locator(f"tr:has-text('{code}')")).not_to_contain_text("Niemand gevonden")


def test_colleague_hands_the_families_over_and_leaves(day: Day) -> None:
    desk, stage = day.desk, day.stage
    stage.sign_in(day.ambassador, LEAVER)
    desk.goto(stage.at("/netwerk"))
    press(desk, "main a:text-is('Mensen')")
    desk.fill("[name=email]", LEAVER)
    press(desk, "text=Zoek dit adres")
    person = desk.url
    press(desk, "text=Geef de gezinnen over aan een ander")
    desk.get_by_label(COLLEAGUE).check()
    for family in desk.locator("[name=cases]").all():
        family.check()
    press(desk, "text=Draag over wat is aangekruist")
    expect(desk.locator("main")).to_contain_text(f"Overgedragen aan {COLLEAGUE}")

    _reloads_until_gone(desk, person, "Geef de gezinnen over aan een ander")
    desk.check("[name=when][value=now]")
    press(desk, "text=Noteer het vertrek")
    expect(desk.locator("main")).to_contain_text("Deze persoon doet niet meer mee")
    _reloads_until_gone(day.ambassador, stage.at("/aanvragen"), "Mijn aanvragen")
    expect(day.ambassador.locator("h1")).to_contain_text("Inloggen")


def test_partner_joins_corrects_its_entry_and_the_desk_takes_it_over(day: Day) -> None:
    desk, partner, stage = day.desk, day.partner, day.stage
    _asks_to_join(partner, stage)
    desk.goto(stage.at("/netwerk/organisaties"))
    press(desk, f"main a:has-text('{JOINS}')")
    press(desk, "text=Ja, voeg toe")
    stage.mail(words="Welkom bij Schakel", to=APPLICANT)

    stage.sign_in(partner, APPLICANT)
    partner.goto(stage.at("/netwerk/vermelding"))
    press(partner, "text=Pas dit aanbod aan")
    offer = partner.url.partition("?")[0].rpartition("/")[2]
    partner.fill("[name=does_not]", "Geen badkleding.")
    press(partner, "main form[method=post] button:has-text('Bewaar')")
    expect(partner.locator("main")).to_contain_text("kijkt het Schakelpunt eerst na")
    desk.goto(stage.at("/netwerk"))
    press(desk, "main a:text-is('Voorstellen')")
    expect(desk.locator("main")).to_contain_text("Geen badkleding.")
    press(desk, "text=Neem over >> nth=0")
    partner.goto(stage.at(f"/kaart/{offer}"))
    expect(partner.locator("h1")).to_contain_text(OFFER)
    expect(partner.locator("main")).to_contain_text("Geen badkleding.")


def _takes_a_stuck_child(desk: Page, stage: Stage) -> str:
    """Nobody was found to help: found on the board, and the coordinator's own from now on."""
    desk.goto(stage.at("/bord"))
    desk.click("text=Kies wat je wilt zien")
    desk.select_option("[name=punt]", label="Niemand gevonden die kan helpen")
    press(desk, "text=Laat zien")
    press(desk, "table th[scope=row] a >> nth=0")
    code = case_code(desk)
    press(desk, "article:has-text('Niemand gevonden') >> text=Ik pak dit")
    desk.goto(stage.at(f"/bord?van=mij&zoek={code}"))
    press(desk, f"th a:has-text('{code}')")
    return code


def _asks_a_partner_by_hand(desk: Page, need: str) -> None:
    desk.fill("[name=zoek]", "Buurthuis")
    press(desk, "main form[role=search] button")
    press(desk, "#gevonden a:has-text('Vraag deze partner') >> nth=0")
    desk.check("[name=reason] >> nth=0")
    press(desk, "main form button:has-text('Vraag deze partner')")
    expect(desk).to_have_url(f"{need}?gedaan=vragen")


def _reloads_until_gone(page: Page, address: str, words: str) -> None:
    """What another service says, comes a moment later."""
    for _ in range(SECONDS):
        page.goto(address)
        if words not in page.inner_text("main"):
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"{address} still says: {words}")


def _asks_to_join(page: Page, stage: Stage) -> None:
    page.context.clear_cookies()
    page.goto(stage.at("/"))
    press(page, "nav a:text-is('Meedoen')")
    page.check("[name=joins_as][value=organisation]")
    for field, typed in {
        "name": JOINS, "contact_name": "Sara Verzonnen", "email": APPLICANT, "phone": "010 123 45 67",
        "offer": OFFER, "does": "Wij betalen zwemles.",
    }.items():  # fmt: skip
        page.fill(f"[name={field}]", typed)
    page.check("[name=categories] >> nth=0")
    press(page, "text=Meld mij aan")
    page.goto(stage.mail(words="Klopt je mailadres", to=APPLICANT).link_to("aansluiten"))
    press(page, "main form button")
