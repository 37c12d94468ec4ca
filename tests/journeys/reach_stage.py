"""Who play when every form is sent: an ambassador and the desk with browsers, and partners by their mails."""

from collections.abc import Mapping
from dataclasses import dataclass

from deploy.demo.stories.page import Page
from deploy.demo.stories.people import Person
from deploy.demo.stories.world import Mail, World
from tests.journeys.by_pages import Partners, button, form_to, who_helps
from tests.journeys.ledger import Ledger

CASE, ANSWER, FAMILY = "POST /aanvragen/{case_id}", "POST /antwoord/{token}", "POST /doorverwijzingen/link/{token}"


@dataclass
class Stage:
    """Who play: an ambassador and the desk with browsers, and partners by their mails."""

    world: World
    ledger: Ledger
    ambassador: Person
    desk: Person
    case: str = ""
    partners: Partners | None = None

    async def on_case(self, path: str, fields: Mapping[str, str], *, at: str | None = None) -> Page:
        """A form of the case, sent by its ambassador; `at` is the page on which it stands."""
        page = await self.ambassador.open(f"{self.case}{path if at is None else at}")
        return await self.ledger.sees(f"{CASE}{path}", self.ambassador.send(form_to(page, path), fields))

    async def partner(self, mail: Mail, choice: str, fields: Mapping[str, str] | None = None) -> None:
        """A button on the partner's page."""
        assert self.partners
        doing = self.partners.accepts(mail) if choice == "accept" else self.partners.does(mail, choice, fields)
        await self.ledger.sees(f"{ANSWER} {choice}", doing)

    async def family(self, need: str, choice: str, fields: Mapping[str, str] | None = None) -> None:
        """A button on the ambassador's page of who helps."""
        page = await who_helps(self.ambassador, self.case, need, choice)
        sending = self.ambassador.send(button(page, choice), {**(fields or {}), "choice": choice})
        await self.ledger.sees(f"{FAMILY} {choice}", sending)

    async def asked(self, need: str) -> Mail:
        """The mail to whoever is asked now."""
        assert self.partners
        return await self.partners.asked(need)
