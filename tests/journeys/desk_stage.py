"""Who play in the journey of the desk: a coordinator and an ambassador, and people whom the desk adds on its pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from deploy.demo.stories.page import Form, Page
from deploy.demo.stories.people import Person
from deploy.demo.stories.world import World
from tests.journeys.by_pages import Needs, Partners, button, fill_in_request, form_to
from tests.journeys.ledger import Ledger

PEOPLE: Final = "/netwerk/mensen"
OF_PERSON: Final = f"POST {PEOPLE}/{{person_id}}"
ADDS: Final = f"POST {PEOPLE}/nieuw"


@dataclass(frozen=True, slots=True)
class Asked:
    """A case of which partners are being asked."""

    path: str
    partners: Partners

    @property
    def id(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass
class DeskStage:
    """`people` are those that the desk added, by their role, and how each of them signs in."""

    world: World
    ledger: Ledger
    ambassador: Person
    desk: Person
    people: dict[str, str] = field(default_factory=dict)

    async def person_of(self, email: str) -> Page:
        """The page of whom this address is, as the desk finds it."""
        finding = form_to(await self.desk.open(PEOPLE), PEOPLE)
        return await self.desk.send(finding, {"email": email})

    async def id_of(self, email: str) -> str:
        return path_of(await self.person_of(email)).rpartition("/")[2]

    async def organisation_of(self, email: str) -> str:
        """Where they work."""
        return button(await self.person_of(email), "end-role").values["organisation"]

    async def adds(self, name: str, email: str, role: str, organisation: str) -> Page:
        """Somebody is in the network."""
        adding = form_to(await self.desk.open(f"{PEOPLE}/nieuw"), "/nieuw")
        who = {"name": name, "email": email, "phone": "010 123 45 67", "organisation": organisation, "role": role}
        self.people[role] = email
        return await self.ledger.sees(ADDS, self.desk.send(adding, who))

    async def presses(self, page: Page, choice: str, fields: Mapping[str, str] | None = None) -> Page:
        """A button on the page of somebody; the page that it then is."""
        return await self.presses_on(button(page, choice), choice, fields)

    async def presses_on(self, form: Form, choice: str, fields: Mapping[str, str] | None = None) -> Page:
        sending = self.desk.send(form, {**(fields or {}), "choice": choice})
        return await self.ledger.sees(f"{OF_PERSON} {choice}", sending)

    async def desk_sends(self, form: str, page: Page, end: str, fields: Mapping[str, str] | None = None) -> Page:
        """A form of the desk."""
        return await self.ledger.sees(form, self.desk.send(form_to(page, end), fields or {}))

    async def asks_for(self, needs: Needs) -> Asked:
        """Asked for and talked over with the family, so that partners are asked."""
        case = await self.only_asks_for(needs)
        talk = (await self.ambassador.open(f"{case.path}/inventarisatie")).form_with("discussedOn")
        await self.ambassador.send(talk, {"discussedOn": "vandaag", "go": "send"})
        return case

    async def only_asks_for(self, needs: Needs) -> Asked:
        """The talk with the family is still to come."""
        review = await fill_in_request(self.ambassador, self.world, needs)
        page = await self.ambassador.send(form_to(review, "/verstuur"), {})
        code = page.text.partition("Dossier ")[2].split()[0]
        return Asked(page.url.partition("?")[0], Partners(self.world, code))


def path_of(page: Page) -> str:
    """Its address, without what was asked in it."""
    return page.url.partition("?")[0]
