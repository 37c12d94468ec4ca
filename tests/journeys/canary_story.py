"""The story of a child whose every word is a canary, with all that can go wrong on the way to a partner's yes."""

import pytest

from deploy.demo.stories.child import Child
from deploy.demo.stories.people import DoorClosed, Person, SchoolSystem
from deploy.demo.stories.telling import Telling
from deploy.demo.stories.world import Mail, World
from tests.journeys import canary
from tests.parts.stories import DAAN


async def is_refused_in_three_ways(world: World, school: SchoolSystem) -> None:
    """A request with what may not be in it, one that is cut off, and one with a key that was used before."""
    wrong = {**canary.request(), "story": f"{canary.MISTAKE} 123456782", "onbekend": canary.MISTAKE}
    with pytest.raises(DoorClosed, match="400"):
        await school.ask(wrong, key="wrong")
    async with world.client() as client:
        broken = await client.post(
            f"{world.base_url}/v1/requests",
            content=f'{{"child": {{"firstName": "{canary.MISTAKE}',
            headers={"Authorization": f"Bearer {world.api_key}", "Content-Type": "application/json"},
        )
    assert broken.status_code == 400
    with pytest.raises(DoorClosed, match="422"):
        await school.ask({**canary.request(), "story": canary.MISTAKE}, key="canary")


async def says_yes(world: World, mail: Mail) -> None:
    """A partner, who forgets to say who at first."""
    async with Person(world) as partner:
        page = await partner.open(mail.link_to("antwoord"))
        form = page.form_with("contact", "first_contact_on", "choice")
        today = f"{world.today():%d-%m-%Y}"
        with pytest.raises(DoorClosed, match="400"):
            await partner.send(form, {"first_contact_on": today, "choice": "accept"})
        await partner.send(form, {"contact": form.choices["contact"][0], "first_contact_on": today, "choice": "accept"})


async def help_is_promised(world: World) -> tuple[Child, Mail]:
    """The first partner says no and the second yes; that one's mail."""
    school = SchoolSystem(world)
    child = Child(world, Telling(), DAAN, "canary")
    child.case = await school.ask(canary.request(), key="canary")
    child.chapter.case_code = child.case["caseCode"]
    await is_refused_in_three_ways(world, school)
    await school.tell(child.case["links"]["inventory"], canary.inventory())
    child.ambassador = (await world.mail(words="ontvangen", code=child.code)).to
    await child.partner_declines(await child.partner_is_asked("first"))
    mail = await child.partner_is_asked("second")
    await says_yes(world, mail)
    return child, mail
