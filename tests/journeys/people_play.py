"""The desk keeps the people of the network: each form on a person's page, for who comes, goes and returns."""

from typing import Final

from deploy.demo.stories.page import Form, Page
from shared.events.base import Role
from tests.journeys.by_pages import day, email_of
from tests.journeys.desk_stage import ADDS, OF_PERSON, DeskStage

FORMS: Final = (
    ADDS,
    *(f"{OF_PERSON} {choice}" for choice in ("details", "role", "end-role", "absence", "leave", "stay", "back")),
)


async def newcomers(stage: DeskStage) -> None:
    """A second coordinator, a second ambassador at the school, and a trusted person."""
    desk, school = [await stage.organisation_of(email_of(role)) for role in (Role.COORDINATOR, Role.AMBASSADOR)]
    await stage.adds("Ceder Verzonnen", "ceder@schakelpunt.example", Role.COORDINATOR, desk)
    await stage.adds("Anna Verzonnen", "anna@school.example", Role.AMBASSADOR, school)
    await stage.adds("Vera Verzonnen", "vera@wijk.example", Role.TRUSTED_PERSON, school)


async def somebody_comes_and_goes(stage: DeskStage) -> None:
    """Changed, away, leaving on a day, staying after all; and gone, and back."""
    page = await stage.person_of(stage.people[Role.TRUSTED_PERSON])
    page = await stage.presses(page, "details", {"phone": "010 765 43 21"})
    organisation = _role(page, Role.TRUSTED_PERSON).values["organisation"]
    page = await stage.presses(page, "role", {"organisation": organisation, "role": Role.MEMBER})
    page = await stage.presses_on(_role(page, Role.MEMBER), "end-role")
    away = {"away_from": day(stage.world, 5), "away_until": day(stage.world, 8)}
    page = await stage.presses(page, "absence", away)
    page = await stage.presses(page, "leave", {"when": "on-a-day", "leaves_on": day(stage.world, 30)})
    page = await stage.presses(page, "stay")
    page = await stage.presses(page, "leave", {"when": "now", "leaves_on": ""})
    assert "Vertrokken" in page.text
    page = await stage.presses(page, "back")
    assert "Deze persoon doet weer mee." in page.text


def _role(page: Page, role: Role) -> Form:
    """The form that ends this one."""
    return next(form for form in page.forms if form.values.get("role") == role and "end-role" in form.choices["choice"])
