"""A child that was helped, of whom it is asked how it goes, in the journey of all forms."""

from deploy.demo.stories.child import Child
from deploy.demo.stories.page import Form
from deploy.demo.stories.people import Person
from tests.journeys.ledger import Ledger


async def is_helped(child: Child) -> None:
    await child.school_asks()
    mail = await child.partner_is_asked("asked")
    await child.partner_accepts(mail)
    await child.help_comes(mail)
    await child.ambassador_confirms()


async def the_words_come_once_more(ledger: Ledger, ambassador: Person, path: str, form: str) -> None:
    """As on the page that says that the vault was away: it stays open in a browser until it is back."""
    words = Form(f"{path}/woorden", "post", {"phone": "", "line": ""})
    await ledger.sees(form, ambassador.send(words, {"line": "Liefst voor negen uur."}))


def on_the_board(child: Child) -> str:
    return f"/bord/{str(child.case['links']['page']).rpartition('/')[2]}"


async def asks_for_a_sibling(ledger: Ledger, child: Child) -> None:
    """Another child of its family, by the ambassador of the first."""
    async with Person(child.world) as ambassador:
        await ambassador.sign_in(child.ambassador)
        path = "/" + str(child.case["links"]["page"]).split("/", 3)[3]
        page = await ambassador.open(f"{path}/nog-een-kind")
        told = {"child.expectedMonth": child.world.now().strftime("%m-%Y")}
        need = {"needs.0.category": "sport", "needs.0.urgency": "normal"}
        sending = ambassador.send(page.form_with("child.firstName"), {**told, **need})
        unborn = await ledger.sees("POST /aanvragen/{case_id}/nog-een-kind", sending)
        page = await ambassador.open(f"{unborn.url.partition('?')[0]}/geboren")
        sending = ambassador.send(page.form_with("birthDate"), {"firstName": "Daan", "birthDate": "vandaag"})
        await ledger.sees("POST /aanvragen/{case_id}/geboren", sending)
