"""What people do on pages, without JavaScript: ask for help step by step, press a button, find who helps."""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.demo.city.demo_city import demo_city
from deploy.demo.city.reading import read_map
from deploy.demo.stories.page import Form, Page
from deploy.demo.stories.people import DoorClosed, Person
from deploy.demo.stories.world import Mail, World
from shared.events.base import Role
from tests.journeys.embedded import embedded_schakel
from tests.journeys.ledger import Ledger

ASKED = "kun je helpen?"
Needs = Sequence[tuple[str, str]]
"""Category and urgency of each."""


@asynccontextmanager
async def two_browsers() -> AsyncIterator[tuple[World, Ledger, Person, Person]]:
    """A Schakel, its ledger, and an ambassador and the desk signed in.

    Not in pytest's own folder: those above it are closed to the user that PostgreSQL runs as when we are root.
    """
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made, embedded_schakel(Path(made) / "s") as schakel:
        world = schakel.world
        async with Person(world) as ambassador, Person(world) as desk:
            await ambassador.sign_in(email_of(Role.AMBASSADOR))
            await desk.sign_in(email_of(Role.COORDINATOR))
            yield world, Ledger(schakel), ambassador, desk


def email_of(role: Role) -> str:
    """The first of them in the invented city."""
    people = read_map(demo_city().map_file, demo_city().city).people
    return next(person.contact.email for person in people if person.role is role)


def day(world: World, ahead: int = 0) -> str:
    """As people type it, by the clock of the databases."""
    return f"{world.today() + timedelta(days=ahead):%d-%m-%Y}"


def button(page: Page, choice: str) -> Form:
    """The form with this button."""
    found = [form for form in page.forms if choice in form.choices.get("choice", ())]
    assert found, f"{page.url} has no button {choice}: {page.text[:600]}"
    return found[0]


def form_to(page: Page, end: str) -> Form:
    """The form that goes there."""
    found = [form for form in page.forms if form.method == "post" and form.action.endswith(end)]
    assert found, f"{page.url} has no form to {end}: {[form.action for form in page.forms]}"
    return found[0]


def empty_row(page: Page) -> int:
    """The first in which one more need can be written."""
    values = page.form_with("discussedOn").values
    return next(row for row in range(len(values)) if values.get(f"needs.{row}.category") == "")


async def fill_in_request(person: Person, world: World, needs: Needs, *, family_knows: bool = False) -> Page:
    """All steps of asking for help; the page on which it is looked over."""
    given = {
        "child.birthDate": f"23-04-{world.today().year - 9}",
        "consent.givenBy": "guardian",
        "consent.givenOn": "vandaag",
    }
    about = {"family.contactName": "Noor Verzonnen", "family.phone": "06 12345678", "family.language": "ar"}
    page = await person.open("/aanvragen/nieuw")
    for fields in (given, {"child.firstName": "Yara", "child.lastName": "Verzonnen", "district": "noord"}, about):
        page = await person.send(page.form_with("go", *fields), {**fields, "go": "next"})
    for row, (category, urgency) in enumerate(needs):
        typed = {f"needs.{row}.category": category, f"needs.{row}.urgency": urgency}
        go = "next" if row == len(needs) - 1 else "more"
        knows = {"familyKnows": "true"} if family_knows and go == "next" else {}
        page = await person.send(page.form_with("go", *typed), {**typed, **knows, "go": go})
    return page


@dataclass
class Partners:
    """Who is asked for one case, need by need: each mail is read once."""

    world: World
    code: str
    read: dict[str, int] = field(default_factory=dict)

    async def asked(self, need: str) -> Mail:
        """The mail to whoever is asked now for this need, in the words of its subject."""
        mail = await self.world.mail(words=f"{need} in Noord: {ASKED}", code=self.code, after=self.read.get(need, 0))
        self.read[need] = mail.number
        return mail

    async def does(self, mail: Mail, choice: str, answers: Mapping[str, str] | None = None) -> Page:
        """One button on the page behind the link."""
        async with Person(self.world) as partner:
            page = await partner.open(mail.link_to("antwoord"))
            return await partner.send(button(page, choice), {**(answers or {}), "choice": choice})

    async def accepts(self, mail: Mail) -> Page:
        """Yes, by the first of those who can be the contact."""
        async with Person(self.world) as partner:
            form = button(await partner.open(mail.link_to("antwoord")), "accept")
            return await partner.send(
                form, {"contact": form.choices["contact"][0], "first_contact_on": day(self.world), "choice": "accept"}
            )

    async def names_a_better_one(self, mail: Mail, words: str) -> Page:
        """The first offer that is found by these words."""
        async with Person(self.world) as partner:
            form = button(await partner.open(f"{mail.link_to('antwoord')}?zoek={words}"), "redirect")
            return await partner.send(form, {"service": form.choices["service"][0], "choice": "redirect"})

    async def page(self, mail: Mail) -> Page:
        """What the partner sees now."""
        async with Person(self.world) as partner:
            return await partner.open(mail.link_to("antwoord"))


async def who_helps(person: Person, case: str, need: str, choice: str) -> Page:
    """The page of the newest referral for this need on which this can be pressed."""
    listed = await person.open(f"/doorverwijzingen?dossier={case.rpartition('/')[2]}")
    for link, words in listed.links:
        if need.lower() in words.lower() and "/doorverwijzingen/" in link:
            page = await person.open(link)
            if any(choice in form.choices.get("choice", ()) for form in page.forms):
                return page
    raise AssertionError(f"nothing to {choice} for {need}: {listed.text}")


async def leads_to_what_is_gone(sending: Awaitable[Page]) -> None:
    """The page that it goes back to says that the case is erased."""
    with pytest.raises(DoorClosed, match="410"):
        await sending
