"""What the desk does with mails, as one more part of the journey of every form."""

from deploy.demo.stories.people import Person
from tests.journeys.by_pages import form_to
from tests.journeys.ledger import Ledger


async def looks_a_mail_up(desk: Person, ledger: Ledger, case_code: str) -> None:
    """By the number of the case; and one mail once more."""
    looking = (await desk.open("/berichten")).form_with("zoek")
    found = await ledger.sees("POST /berichten/zoek", desk.send(looking, {"zoek": case_code}))
    mail = next(link for link, words in found.links if words == "Aanvraag ontvangen")
    again = form_to(await desk.open(mail), "/nog-een-keer")
    await ledger.sees("POST /berichten/{message_id}/nog-een-keer", desk.send(again, {}))
