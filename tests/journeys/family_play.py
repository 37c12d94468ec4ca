"""What a family does on its own page, with the card that its ambassador made; and what the ambassador reads of it."""

import re
from typing import Final

from deploy.demo.stories.child import Child
from deploy.demo.stories.page import Page
from deploy.demo.stories.people import Person
from tests.journeys.by_pages import button, form_to
from tests.journeys.ledger import Ledger
from tests.journeys.reach_stage import CASE, Stage

CODE: Final = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b")


async def family_tells_how_it_was(stage: Stage) -> None:
    """Three questions about the help that was given."""
    ledger = stage.ledger
    async with Person(stage.world) as family:
        await _comes_in(family, await _card(stage.ambassador, stage.case))
        form = (await family.open("/gezin/hoe-was-het")).form_with("welcome")
        felt = {"welcome": "yes", "fitting": "a-little", "tailored": "no"}
        await ledger.sees("POST /gezin/hoe-was-het", family.send(form, felt))


async def family_reads_its_page(stage: Stage) -> None:
    """Every other form of the family's page; then its link is switched off."""
    ledger, ambassador, case = stage.ledger, stage.ambassador, stage.case
    code = await ledger.sees(f"{CASE}/link-gezin", _card(ambassador, case))
    async with Person(stage.world) as family:
        await _comes_in(family, code)
        for path, fields in (
            ("klopt-niet", {"words": "Ons nummer is veranderd."}),
            ("hoe-vaak", {"rhythm": "quarterly"}),
            ("rust", {"weeks": "1"}),
            ("verhaal", {"words": "Nu fietst hij zelf.", "agreed": "true"}),
            ("verhaal/terug", {}),
        ):
            page = await family.open(f"/gezin/{path.partition('/')[0]}")
            sending = family.send(form_to(page, f"/gezin/{path}"), fields)
            await ledger.sees(f"POST /gezin/{path}", sending)
        over = [form for form in (await family.open("/gezin/rust")).forms if form.values.get("weeks") == "0"]
        await ledger.sees("POST /gezin/rust", family.send(over[0], {}))
        looks = await family.open("/gezin/wie-zag-wat")
        await ledger.sees("POST /gezin/waarom", family.send(form_to(looks, "/gezin/waarom"), {}))
        await _rather_not(family, ledger)
        await _allows_and_stops(family, ledger)
    asked = await ambassador.open(f"{case}/gezin-vraagt")
    await ledger.sees(f"{CASE}/gezin-vraagt", ambassador.send(form_to(asked, "/gezin-vraagt"), {}))
    off = form_to(await ambassador.open(f"{case}/link-gezin"), "/link-gezin/weg")
    await ledger.sees(f"{CASE}/link-gezin/weg", ambassador.send(off, {}))


async def family_stops_all(ledger: Ledger, child: Child) -> None:
    """The family of this child wants nothing any more, and whoever helped it says that all is deleted."""
    async with Person(child.world) as ambassador, Person(child.world) as family:
        await ambassador.sign_in(child.ambassador)
        await _comes_in(family, await _card(ambassador, "/" + str(child.case["links"]["page"]).split("/", 3)[3]))
        form = (await family.open("/gezin/toestemming")).form_with("sure")
        await ledger.sees("POST /gezin/toestemming/alles", family.send(form, {"sure": "true"}))
    mail = await child.world.mail(words="Stop en verwijder", code=child.code)
    async with Person(child.world) as partner:
        told = button(await partner.open(mail.link_to("antwoord")), "deleted")
        await ledger.sees("POST /antwoord/{token} deleted", partner.send(told, {"choice": "deleted"}))


async def _rather_not(family: Person, ledger: Ledger) -> None:
    page: Page = await family.open("/gezin/liever-niet")
    form = page.form_with("organisationId")
    whom = [one for one in form.choices["organisationId"] if one][-1]
    await ledger.sees("POST /gezin/liever-niet", family.send(form, {"organisationId": whom}))
    back = form_to(await family.open("/gezin/liever-niet"), "/gezin/toch-goed")
    await ledger.sees("POST /gezin/toch-goed", family.send(back, {}))


async def _card(ambassador: Person, case: str) -> str:
    made = form_to(await ambassador.open(f"{case}/link-gezin"), "/link-gezin")
    code: str = CODE.findall((await ambassador.send(made, {})).text)[-1]
    return code


async def _comes_in(family: Person, code: str) -> None:
    await family.send((await family.open("/gezin")).form_with("code"), {"code": code})


async def _allows_and_stops(family: Person, ledger: Ledger) -> None:
    allowing = (await family.open("/gezin/toestemming")).form_with("givenBy")
    said = {"fieldSets": "reach", "givenBy": "guardian", "answer": "yes"}
    await ledger.sees("POST /gezin/toestemming", family.send(allowing, said))
    stopping = form_to(await family.open("/gezin/toestemming"), "/gezin/toestemming/stop")
    await ledger.sees("POST /gezin/toestemming/stop", family.send(stopping, {}))
