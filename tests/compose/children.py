"""A child in containers: its school asks, and a partner says yes."""

from uuid import uuid4

from deploy.demo.stories.child import Child
from deploy.demo.stories.invented import Invented
from deploy.demo.stories.people import SchoolSystem
from deploy.demo.stories.telling import Telling
from deploy.demo.stories.world import World

PATIENCE_SECONDS = 120.0
"""A broker that was away is believed again after seconds; a machine that is busy with other work needs more."""


def child_of(world: World, invented: Invented) -> Child:
    """A child whose story nobody has played here."""
    return Child(world, Telling(), invented, f"compose-{uuid4()}")


async def asks(child: Child) -> None:
    """The school's system asks (201), and tells of the inventory."""
    school = SchoolSystem(child.world)
    child.case = await school.ask(child.invented.request(child.world), key=child.key)
    child.chapter.case_code = str(child.case["caseCode"])
    await school.tell(child.case["links"]["inventory"], child.invented.inventory(child.world))


async def is_helped(child: Child) -> None:
    """A partner is asked, says yes from the mail's link, and the ambassador hears it."""
    mail = await child.world.mail(words="kun je helpen?", code=child.code, patience=PATIENCE_SECONDS)
    assert mail.page.startswith(f"{child.world.mailbox_url}/")
    assert mail.link_to("antwoord").startswith(f"{child.world.base_url}/")
    await child.partner_accepts(mail)
    assert child.telling.failures == []
