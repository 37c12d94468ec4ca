"""An organisation joins by itself, keeps its entry, and the desk keeps the map: every form of it, by its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from deploy.demo.stories.page import Page
from deploy.demo.stories.people import Person
from deploy.demo.stories.world import World
from tests.journeys.by_pages import button, form_to
from tests.journeys.ledger import Ledger

OWN, ORGANISATIONS, PROPOSALS = "/netwerk/vermelding", "/netwerk/organisaties", "/netwerk/voorstellen"
APPLICATION = f"POST {ORGANISATIONS}/aanmelding/{{application_id}}"
FORMS = (
    "POST /aansluiten",
    "POST /aansluiten/bevestigen/{token}",
    f"{APPLICATION}/ja",
    f"{APPLICATION}/nee",
    f"POST {ORGANISATIONS}/nieuw",
    f"POST {ORGANISATIONS}/{{organisation_id}}",
    f"POST {ORGANISATIONS}/{{organisation_id}}/klopt",
    f"POST {ORGANISATIONS}/{{organisation_id}}/aanbod",
    "POST /kaart/{service_id}/klopt-niet",
    "POST /netwerk/aanbod/{service_id}",
    f"POST {PROPOSALS}/{{proposal_id}}",
    f"POST {OWN} confirm",
    f"POST {OWN} stop",
    f"POST {OWN}/organisatie",
    f"POST {OWN}/aanbod",
    f"POST {OWN}/aanbod/{{service_id}}",
)
APPLICANT = "sara.verzonnen@golf.example"
ASKED: Mapping[str, str] = {
    "joins_as": "organisation",
    "name": "Zwemfonds De Golf",
    "offer": "Zwemles voor iedereen",
    "contact_name": "Sara Verzonnen",
    "phone": "010 123 45 67",
    "does": "Wij betalen zwemles.",
}


@dataclass
class Network:
    """Who play: somebody without an account, and the desk with a browser."""

    world: World
    ledger: Ledger
    desk: Person
    category: str

    async def asks_to_join(self, email: str, name: str) -> str:
        """Fill in the form, and confirm the address by the mail; where the desk looks at it."""
        async with Person(self.world) as visitor:
            page = await visitor.open("/aansluiten")
            typed = {**ASKED, "name": name, "email": email, "categories": self.category}
            await self.ledger.sees("POST /aansluiten", visitor.send(form_to(page, "/aansluiten"), typed))
            mail = await self.world.mail(to=email, words="Klopt je mailadres")
            confirming = (await visitor.open(mail.link_to("aansluiten"))).forms[-1]
            await self.ledger.sees("POST /aansluiten/bevestigen/{token}", visitor.send(confirming, {}))
        listed = await self.desk.open(ORGANISATIONS)
        return next(link for link, words in listed.links if words == name and "/aanmelding/" in link)

    async def desk_sends(self, form: str, page: Page, end: str, fields: Mapping[str, str]) -> Page:
        """A form of the desk."""
        return await self.ledger.sees(form, self.desk.send(form_to(page, end), fields))


async def an_organisation_joins(network: Network) -> None:
    """One is refused with a reason, the other one is welcome and can sign in."""
    refused = await network.asks_to_join("dief@golf.example", "Zwemfonds De Golven")
    page = await network.desk.open(refused)
    await network.desk_sends(f"{APPLICATION}/nee", page, "/nee", {"reason": "outside-the-city"})
    await network.world.mail(to="dief@golf.example", words="Over je aanmelding")
    welcome = await network.asks_to_join(APPLICANT, ASKED["name"])
    page = await network.desk.open(welcome)
    await network.desk_sends(f"{APPLICATION}/ja", page, "/ja", {})
    await network.world.mail(to=APPLICANT, words="Welkom bij Schakel")
    shown = await network.desk.open(f"/kaart?q={ASKED['name']}")
    assert ASKED["offer"] in shown.text


async def it_keeps_its_entry(network: Network) -> None:
    """Small things count at once; what referrals hang on, the desk takes over."""
    async with Person(network.world) as sara:
        await sara.sign_in(APPLICANT)
        confirming = button(await sara.open(OWN), "confirm")
        await network.ledger.sees(f"POST {OWN} confirm", sara.send(confirming, {"choice": "confirm"}))
        page = form_to(await sara.open(f"{OWN}/organisatie"), "/organisatie")
        saving = sara.send(page, {"strengths": "Wij helpen binnen een dag.", "name": "Zwemfonds De Golf en meer"})
        await network.ledger.sees(f"POST {OWN}/organisatie", saving)
        offer = next(link for link, _ in (await sara.open(OWN)).links if f"{OWN}/aanbod/" in link)
        page = form_to(await sara.open(offer), offer.rpartition("/")[2])
        saving = sara.send(page, {"description": "Les in kleine groepen.", "does_not": "Geen badkleding."})
        await network.ledger.sees(f"POST {OWN}/aanbod/{{service_id}}", saving)
        new = form_to(await sara.open(f"{OWN}/aanbod"), "/aanbod")
        proposing = sara.send(new, {"name": "Zwemkleding", "categories": network.category})
        await network.ledger.sees(f"POST {OWN}/aanbod", proposing)
        await the_desk_decides(network)
        assert "Geen badkleding." in (await sara.open(f"/kaart/{offer.rpartition('/')[2]}")).text
        asking = await sara.open(f"{OWN}?stoppen=ja")
        await network.ledger.sees(f"POST {OWN} stop", sara.send(button(asking, "stop"), {"choice": "stop"}))
        await network.world.mail(to=APPLICANT, words="voorstel")


async def the_desk_decides(network: Network) -> None:
    """Each proposal is taken over."""
    page = await network.desk.open(PROPOSALS)
    proposals = [form.action for form in page.forms if PROPOSALS in form.action]
    assert len(proposals) == 3
    for action in proposals:
        form = form_to(await network.desk.open(PROPOSALS), action.rpartition("/")[2])
        settling = network.desk.send(form, {"choice": "accept"})
        await network.ledger.sees(f"POST {PROPOSALS}/{{proposal_id}}", settling)


async def the_desk_keeps_the_map(network: Network) -> None:
    """A new organisation with an offer; changed, and confirmed after a call."""
    page = await network.desk.open(f"{ORGANISATIONS}/nieuw")
    added = await network.desk_sends(f"POST {ORGANISATIONS}/nieuw", page, "/nieuw", {"name": "Taalhuis Verzonnen"})
    path = added.url.partition("?")[0]
    organisation = UUID(path.rpartition("/")[2])
    page = await network.desk.open(f"{path}/aanbod")
    offered = {"name": "Taalles", "categories": network.category}
    await network.desk_sends(f"POST {ORGANISATIONS}/{{organisation_id}}/aanbod", page, "/aanbod", offered)
    page = await network.desk.open(path)
    await network.desk_sends(f"POST {ORGANISATIONS}/{{organisation_id}}/klopt", page, "/klopt", {})
    offer = next(link for link, _ in page.links if "/netwerk/aanbod/" in link)
    page = await network.desk.open(offer)
    await network.desk_sends("POST /netwerk/aanbod/{service_id}", page, offer.rpartition("/")[2], {"cost": "€ 1"})
    await a_visitor_sees_a_mistake(network, offer.rpartition("/")[2])
    page = await network.desk.open(f"{path}/wijzigen")
    changed = {"phone": "010 123 45 67", "active": "true"}
    await network.desk_sends(f"POST {ORGANISATIONS}/{{organisation_id}}", page, str(organisation), changed)
    assert "010 123 4567" in (await network.desk.open(path)).text


async def a_visitor_sees_a_mistake(network: Network, service_id: str) -> None:
    """Without an account, and without a name."""
    async with Person(network.world) as visitor:
        page = await visitor.open(f"/kaart/{service_id}/klopt-niet")
        form = "POST /kaart/{service_id}/klopt-niet"
        sending = visitor.send(form_to(page, "/klopt-niet"), {"mistake": "address"})
        await network.ledger.sees(form, sending)


async def network_keeps_itself(network: Network) -> None:
    """All of it, in this order."""
    await an_organisation_joins(network)
    await it_keeps_its_entry(network)
    await the_desk_keeps_the_map(network)
