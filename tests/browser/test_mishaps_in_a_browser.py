"""What people really do: press twice, go back, paste too much, come back a day later. Nothing is lost or done twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from deploy.demo.stories.world import NUMBER
from shared.events.base import Role
from tests.browser.stage import NEXT, Stage, ask_for_help, case_code, chosen, make_inventory, today
from tests.browser.tour import address_of
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(120)]
ASK = "text=Verstuur de aanvraag"
MAILS_OF_A_STORY = (
    "We hebben je aanvraag ontvangen",
    "Fiets in Noord: kun je helpen?",
    "Goed nieuws: een partner gaat helpen met een fiets",
    "Afgesproken: eerste contact",
    "Hebben jullie kennisgemaakt?",
    "Jullie hebben kennisgemaakt",
    "De hulp is begonnen: een fiets",
    "Hielp het?",
)


@pytest.fixture(scope="module")
def signed_in(browser: Browser, stage: Stage) -> Iterator[Page]:
    """An ambassador's browser."""
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    stage.sign_in(page, address_of(Role.AMBASSADOR))
    yield page
    context.close()


@pytest.fixture
def partner(browser: Browser) -> Iterator[Page]:
    """A partner's browser."""
    context = browser.new_context(locale="nl-NL")
    yield context.new_page()
    context.close()


def cases(page: Page, stage: Stage) -> int:
    """How many the ambassador sees that were sent."""
    page.goto(stage.at("/aanvragen"))
    return page.locator("main table tbody tr").count()


def mails_about(stage: Stage, code: str) -> list[str]:
    """What each mail is, without number and day. Two that leave together come in any order."""
    about = [mail.subject for mail in stage.mails(code)]
    subjects = [subject for subject in about if code in subject or NUMBER.search(subject)]
    return [subject.partition(" (")[0].partition(" op ")[0] for subject in subjects]


def pressed_twice(page: Page, selector: str) -> None:
    """The form is sent, and sent again before the first answer is shown; returns on the page that comes of it."""
    first: list[int] = []

    def send_twice(route: Route) -> None:
        if route.request.method == "POST":
            first.append(route.fetch(max_redirects=0).status)
        route.continue_()

    page.route("**/*", send_twice)
    press(page, selector)
    page.unroute("**/*", send_twice)
    assert first == [303]


def test_pressing_every_button_of_a_story_twice_does_each_thing_once(
    signed_in: Page, partner: Page, stage: Stage
) -> None:
    before = cases(signed_in, stage)
    ask_for_help(signed_in, stage, first_name="Twee 🚲")
    pressed_twice(signed_in, ASK)
    case, code = signed_in.url.partition("?")[0], case_code(signed_in)
    assert cases(signed_in, stage) == before + 1
    signed_in.goto(f"{case}/inventarisatie")
    signed_in.fill("[name=discussedOn]", today(stage))
    pressed_twice(signed_in, "text=Bewaar, en vraag de partners")
    _helps_pressing_twice(partner, signed_in, stage, code)
    _confirms_pressing_twice(signed_in, stage, code)

    signed_in.goto(case)
    for moment in (
        "De aanvraag is binnen",
        "gesprek met het gezin is ingevuld",
        "gaat helpen",
        "maakten kennis",
        "hielp",
    ):
        expect(signed_in.locator(f".schakel-timeline__title:has-text('{moment}')")).to_have_count(1)
    assert sorted(mails_about(stage, code)) == sorted(MAILS_OF_A_STORY)


def _helps_pressing_twice(page: Page, ambassador: Page, stage: Stage, code: str) -> None:
    page.goto(stage.mail(words="kun je helpen?", code=code).link_to("antwoord"))
    page.check("[name=contact] >> nth=0")
    page.fill("[name=first_contact_on]", today(stage))
    pressed_twice(page, "button[value=accept]")
    expect(page.locator("main")).to_contain_text("Jullie helpen mee. Dank je wel!")
    pressed_twice(page, chosen(page, "handover"))
    ambassador.goto(stage.mail(words="kennisgemaakt?", code=code).link_to("doorverwijzingen"))
    button = chosen(ambassador, "handover")
    ambassador.check("[name=family_agrees]")
    pressed_twice(ambassador, button)
    page.reload()
    for step in ("start", "deliver"):
        pressed_twice(page, chosen(page, step))
        expect(page.locator("main")).not_to_contain_text("Dit is niet gelukt")
    expect(page.locator("main")).to_contain_text("Jullie hebben de hulp gegeven.")


def _confirms_pressing_twice(page: Page, stage: Stage, code: str) -> None:
    page.goto(stage.mail(words="Hielp het?", code=code).link_to("doorverwijzingen"))
    page.check("[name=outcome][value=helped]")
    pressed_twice(page, "text=Bevestig wat het gezin zegt")
    expect(page.locator("main")).to_contain_text("Het gezin zei")


def test_going_back_after_sending_shows_the_request_and_makes_no_second_case(signed_in: Page, stage: Stage) -> None:
    before = cases(signed_in, stage)
    ask_for_help(signed_in, stage)
    press(signed_in, ASK)
    code = case_code(signed_in)
    for _ in range(3):
        signed_in.go_back()
        assert case_code(signed_in) == code
    assert cases(signed_in, stage) == before + 1


def test_going_back_and_on_loses_nothing(signed_in: Page, stage: Stage) -> None:
    ask_for_help(signed_in, stage, first_name="Terug")
    for name, typed in (("needs.0.category", "bike"), ("family.contactName", "Rima Verzonnen"), ("district", "noord")):
        signed_in.go_back()
        expect(signed_in.locator(f"[name='{name}']")).to_have_value(typed)
    press(signed_in, NEXT)
    expect(signed_in.locator("main")).to_contain_text("Terug Verzonnen")


def test_error_leads_to_its_field(signed_in: Page, stage: Stage) -> None:
    ask_for_help(signed_in, stage, until="child")
    signed_in.fill("[name='child.firstName']", "")
    press(signed_in, NEXT)
    expect(signed_in.locator("#fouten")).to_contain_text("Voornaam")
    signed_in.click("#fouten a >> nth=0")
    assert signed_in.evaluate("document.activeElement.name") == "child.firstName"


def test_two_tabs_with_the_same_question_let_the_second_partner_answer_know_what_is_so(
    signed_in: Page, partner: Page, stage: Stage
) -> None:
    ask_for_help(signed_in, stage)
    press(signed_in, ASK)
    code = case_code(signed_in)
    make_inventory(signed_in, stage)
    link = stage.mail(words="kun je helpen?", code=code).link_to("antwoord")
    other = partner.context.new_page()
    for tab in (partner, other):
        tab.goto(link)
    partner.check("[name=reason] >> nth=0")
    press(partner, "button[value=decline]")
    other.check("[name=contact] >> nth=0")
    other.fill("[name=first_contact_on]", today(stage))
    press(other, "button[value=accept]")
    expect(other.locator("main")).to_contain_text("Dit is niet gelukt")
    expect(other.locator("main")).to_contain_text("Jullie hebben laten weten dat het nu niet lukt")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        pytest.param("Het nummer van Sami is 111222333.", "burgerservicenummer", id="a BSN"),
        pytest.param("x" * 4001, "te lang", id="more than fits the field"),
        pytest.param("x" * 300_000, "te groot", id="more than is read"),
        pytest.param("Sami\0", "", id="a NUL"),
    ],
)
def test_text_that_cannot_be_kept_is_refused_in_words_and_makes_no_case(
    signed_in: Page, stage: Stage, typed: str, answer: str
) -> None:
    before = cases(signed_in, stage)
    ask_for_help(signed_in, stage, until="needs")
    # As pasted by a browser that does not mind the field's own limit.
    signed_in.locator("[name=story]").evaluate("(field, text) => { field.maxLength = 1e6; field.value = text; }", typed)
    with signed_in.expect_response(lambda reply: reply.request.method == "POST") as replied:
        signed_in.click(NEXT)
    assert replied.value.status in {400, 413}
    expect(signed_in.locator("h1")).to_be_visible()
    expect(signed_in.locator("main")).to_contain_text(answer)
    assert cases(signed_in, stage) == before


def test_inventory_of_a_case_that_was_closed_meanwhile_can_be_copied_or_sent_again(
    signed_in: Page, stage: Stage
) -> None:
    ask_for_help(signed_in, stage)
    press(signed_in, ASK)
    case = signed_in.url.partition("?")[0]
    signed_in.goto(f"{case}/inventarisatie")
    signed_in.fill("[name=discussedOn]", today(stage))
    signed_in.fill("[name=context]", "Vader zoekt werk.\nMoeder ook.")
    other = signed_in.context.new_page()
    other.goto(f"{case}/afsluiten")
    other.check("[name^='results.'] >> nth=0")
    other.check("[name=reason] >> nth=0")
    press(other, "text=Sluit het dossier af")

    press(signed_in, "text=Bewaar, en vraag de partners")
    expect(signed_in.locator("main")).to_contain_text("het dossier is intussen veranderd")
    expect(signed_in.get_by_label("Dit typte je")).to_have_value("Vader zoekt werk.\nMoeder ook.")
    press(other, "text=Weer openen")
    press(signed_in, "text=Verstuur opnieuw")
    expect(signed_in.locator("main")).to_contain_text("Het gesprek met het gezin is bewaard")


def test_form_sent_after_signing_out_waits_for_signing_in_and_is_then_sent(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    stage.sign_in(page, address_of(Role.AMBASSADOR))
    before = cases(page, stage)
    ask_for_help(page, stage, first_name="Later")
    context.clear_cookies()
    press(page, ASK)
    expect(page.locator("h1")).to_contain_text("Je bent uitgelogd")

    with context.expect_page() as opened:
        page.click("text=Log in op een nieuw tabblad")
    stage.sign_in(opened.value, address_of(Role.AMBASSADOR))
    press(page, "text=Verstuur opnieuw")
    expect(page.locator("main")).to_contain_text("Later Verzonnen")
    assert cases(page, stage) == before + 1
    context.close()
