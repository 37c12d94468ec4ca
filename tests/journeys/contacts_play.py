"""Partners name a contact who is not in the network; the desk or their own lead says whether it is right."""

from typing import Final

from deploy.demo.stories.people import Person
from deploy.demo.stories.world import Mail
from shared.events.base import Role
from tests.journeys.by_pages import button, day
from tests.journeys.desk_stage import OF_PERSON, Asked, DeskStage
from tests.parts.city import a_city

DESKS, LEADS = "/netwerk/mensen/contacten", "/netwerk/collegas"
CHOICES: Final = ("confirm", "refuse")
FORMS: Final = (
    *(f"POST {page}/{{contact_id}} {choice}" for page in (DESKS, LEADS) for choice in CHOICES),
    f"{OF_PERSON} pass-question",
    f"{OF_PERSON} pass-service",
)
KINDS: Final = ("sport", "furniture", "laptop", "homework-help")
ACCEPT: Final = "POST /antwoord/{token} accept"


async def contacts_are_named(stage: DeskStage) -> None:
    """For four needs somebody new is named; for the first one they stay, and what hung on a colleague is theirs."""
    case = await stage.asks_for([(kind, "normal") for kind in KINDS])
    confirmed, refused, by_lead, refused_by_lead = [await _asked(case, kind) for kind in KINDS]
    for choice, mail in zip(CHOICES, (confirmed, refused), strict=True):
        await _names_somebody(stage, mail, f"desk-{choice}")
        await _settles(stage, stage.desk, DESKS, choice)
    await _work_is_passed_on(stage, confirmed.to, newcomer("desk-confirm"))
    for choice, mail in zip(CHOICES, (by_lead, refused_by_lead), strict=True):
        await _names_somebody(stage, mail, f"lead-{choice}")
        page = await stage.person_of(mail.to)
        organisation = button(page, "end-role").values["organisation"]
        leads = {"organisation": organisation, "role": Role.PARTNER, "leads": "true"}
        await stage.presses(page, "role", leads)
        async with Person(stage.world) as lead:
            await lead.sign_in(mail.to)
            await _settles(stage, lead, LEADS, choice)


def newcomer(label: str) -> str:
    return f"{label}@nieuw.example"


async def _asked(case: Asked, kind: str) -> Mail:
    return await case.partners.asked(a_city().categories.words(kind))


async def _names_somebody(stage: DeskStage, mail: Mail, label: str) -> None:
    """Yes, and somebody else is the contact."""
    somebody = {"name": "Eva Verzonnen", "email": newcomer(label), "phone": "06 12345678"}
    answer = {**somebody, "contact": "iemand-anders", "first_contact_on": day(stage.world), "choice": "accept"}
    async with Person(stage.world) as partner:
        page = await partner.open(mail.link_to("antwoord"))
        await stage.ledger.sees(ACCEPT, partner.send(button(page, "accept"), answer))


async def _settles(stage: DeskStage, who: Person, path: str, choice: str) -> None:
    """There is one who was named, and nobody said yet whether that is right."""
    settling = who.send(button(await who.open(path), choice), {"choice": choice})
    await stage.ledger.sees(f"POST {path}/{{contact_id}} {choice}", settling)


async def _work_is_passed_on(stage: DeskStage, colleague: str, eva: str) -> None:
    """Her question goes to the colleague, and the colleague's offer to her."""
    page = await stage.person_of(eva)
    await stage.presses(page, "pass-question", {"to": await stage.id_of(colleague)})
    to_eva = {"to": await stage.id_of(eva)}
    await stage.presses(await stage.person_of(colleague), "pass-service", to_eva)
