"""Where people in a real browser play: one Schakel, its mailbox, and a clock that can be moved."""

import asyncio
import re
import tempfile
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page

from deploy.demo.stories.people import SIGN_IN_CODE
from deploy.demo.stories.world import ONE_DAY, Mail, World, morning_after
from tests.journeys.embedded import embedded_schakel
from tests.parts.chromium import press
from tests.parts.city import a_city

FOLLOW_UP_DAYS = 7 * a_city().follow_up.plan_weeks[0]
NEXT = "button[value=next]"
Result = TypeVar("Result")


def done(what: Coroutine[Any, Any, Result]) -> Result:
    """Await it elsewhere: playwright keeps a loop of its own in this thread."""
    results: list[Result] = []
    thread = threading.Thread(target=lambda: results.append(asyncio.run(what)))
    thread.start()
    thread.join()
    assert results, "it failed; what went wrong stands above"
    return results[0]


@dataclass(frozen=True)
class Stage:
    """The world of the stories, for who does not await."""

    world: World

    def at(self, path: str) -> str:
        """The address of a path of this site."""
        return urljoin(self.world.base_url, path)

    def mail(self, *, words: str, code: str = "", to: str = "", after: int = 0) -> Mail:
        """The first one, waited for. Raises MailMissing."""
        return done(self.world.mail(words=words, code=code, to=to, after=after))

    def mails(self, code: str = "") -> list[Mail]:
        """All there are now, oldest first."""
        return done(self.world.mails(code=code))

    def mail_in_days(self, days: int, *, words: str, code: str) -> Mail:
        """The first one, so many days later or on the working day after them. Raises MailMissing."""
        when = morning_after(self.world.now(), days, self.world.city.follow_up.asked_at)
        return done(self.world.mail_in_time(when, words=words, code=code))

    def sign_in(self, page: Page, email: str, *, first: str = "/inloggen") -> None:
        """With the code from the mail, beginning at a page that asks for it."""
        newest = max([mail.number for mail in done(self.world.mails(to=email))], default=0)
        page.goto(self.at(first))
        page.fill("[name=email]", email)
        press(page, "text=Stuur mij een code")
        code = SIGN_IN_CODE.search(self.mail(to=email, words="code om in te loggen", after=newest).text)
        assert code is not None
        page.fill("[name=code]", "".join(code.groups()))
        press(page, "main button[type=submit]")
        assert urlsplit(page.url).path != "/inloggen/code", page.inner_text("main")


@contextmanager
def a_stage() -> Iterator[Stage]:
    """A Schakel of its own.

    Not in pytest's own folder: those above it are closed to the user that PostgreSQL runs as when we are root.
    """
    with tempfile.TemporaryDirectory(prefix="schakel-browser-") as made, embedded_schakel(Path(made) / "s") as schakel:
        yield Stage(schakel.world)


def today(stage: Stage) -> str:
    """As people type it, by the clock of the databases."""
    return f"{stage.world.today():%d-%m-%Y}"


def ask_for_help(
    page: Page, stage: Stage, *, first_name: str = "Yara", category: str = "bike", until: str = "summary"
) -> None:
    """Fill in the pages that ask for help, all of it right, up to this one; nothing is sent yet."""
    for name in each_page_of_asking(page, stage, first_name=first_name, category=category):
        if name == until:
            return


def add_sibling(page: Page, *, first_name: str = "Daan", born: str = "11 februari 2020", expected: str = "") -> None:
    """The three things that are asked of another child of a family; on that page."""
    page.fill("[name='child.firstName']", first_name)
    page.fill("[name='child.birthDate']", born)
    page.fill("[name='child.expectedMonth']", expected)
    page.select_option("[name='needs.0.category']", "clothing")
    page.select_option("[name='needs.0.urgency']", "normal")
    press(page, "text=Vraag hulp voor dit kind")


def each_page_of_asking(page: Page, stage: Stage, *, first_name: str = "Yara", category: str = "bike") -> Iterator[str]:
    """The name of each page once it is filled in, and before it is sent."""
    page.goto(stage.at("/aanvragen/nieuw"))
    page.fill("[name='child.birthDate']", "4 mei 2018")
    page.check("[name='consent.givenBy'][value=guardian]")
    # A moved clock does not move the days on which families sign.
    page.fill("[name='consent.givenOn']", f"{datetime.now(stage.world.city.zone) - ONE_DAY:%d-%m-%Y}")
    yield "consent"
    press(page, NEXT)
    page.fill("[name='child.firstName']", first_name)
    page.fill("[name='child.lastName']", "Verzonnen")
    page.select_option("[name=district]", "noord")
    yield "child"
    press(page, NEXT)
    page.fill("[name='family.contactName']", "Rima Verzonnen")
    page.fill("[name='family.phone']", "06 12345678")
    page.select_option("[name='family.language']", "ar")
    yield "family"
    press(page, NEXT)
    page.select_option("[name='needs.0.category']", category)
    page.select_option("[name='needs.0.urgency']", "soon")
    page.fill("[name=story]", f"{first_name} loopt elke dag drie kwartier naar school. Met een fiets kan het wel.")
    yield "needs"
    press(page, NEXT)
    yield "summary"


def case_code(page: Page) -> str:
    """The number above the heading of a page about a case, or in it."""
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", page.inner_text("main"))
    assert found is not None, page.inner_text("main")
    return found[0]


def make_inventory(page: Page, stage: Stage) -> None:
    """From the page of a case: the inventory, with what was already asked."""
    page.goto(page.url.partition("?")[0].removesuffix("/inventarisatie") + "/inventarisatie")
    page.fill("[name=discussedOn]", today(stage))
    page.fill("[name=context]", "De bus is te duur en lopen duurt lang.")
    press(page, "text=Bewaar, en vraag de partners")


def accept(page: Page, stage: Stage, link: str) -> None:
    """A partner says yes: the first colleague, today."""
    page.goto(link)
    page.check("[name=contact] >> nth=0")
    page.fill("[name=first_contact_on]", today(stage))
    press(page, "button[value=accept]")


def chosen(page: Page, choice: str) -> str:
    """The form with this button, opened, with today as its day; returns what presses it."""
    button = f"button[value={choice}]"
    folded = page.locator(f"details:not([open]):has({button}) > summary")
    if folded.count():
        folded.first.click()
    day = page.locator(f"form:has({button}) [name=when][value=today]")
    if day.count():
        day.check()
    return button


def tell(page: Page, choice: str) -> None:
    """Say on the page of a referral that this happened today."""
    press(page, chosen(page, choice))


def both_meet(stage: Stage, code: str, partner: Page, ambassador: Page) -> None:
    """The partner, on its page of the referral, says that they met; the ambassador says so for the family too."""
    tell(partner, "handover")
    ambassador.goto(stage.mail(words="kennisgemaakt?", code=code).link_to("doorverwijzingen"))
    button = chosen(ambassador, "handover")
    ambassador.check("[name=family_agrees]")
    press(ambassador, button)
    partner.reload()
