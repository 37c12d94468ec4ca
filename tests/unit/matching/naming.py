"""A partner's yes by link that names somebody new, for tests."""

from typing import Any
from uuid import UUID

from services.matching.domain.contact import ContactState
from services.matching.domain.network import Person
from shared.events.directory import ContactNamed
from tests.unit.matching.city import named
from tests.unit.matching.site import Site, a_site, mailed, text_of

HOLDER = named("contact of fietsbende")
NEW = {
    "choice": "accept", "contact": "iemand-anders", "name": "Eva Verzonnen", "email": "eva@elders.example",
    "phone": "010 555 01 23", "first_contact_on": "03-03-2026",
}  # fmt: skip


async def said_yes(**changes: str) -> tuple[Site, UUID, str]:
    """The partner's yes by link, with somebody new; the referral and the page of the link."""
    site = await a_site()
    referral_id, link = await mailed(site)
    path = f"/antwoord/{link.token}"
    answered = await site.post(path, **{**NEW, **changes})
    assert answered.status_code == 303, text_of(answered)
    return site, referral_id, path


async def people_of(site: Site) -> list[Person]:
    async with site.world.units.begin() as unit:
        return [*await unit.people.list_of_organisation(named("fietsbende"))]


async def state_of_contact(site: Site) -> ContactState:
    async with site.world.units.begin() as unit:
        [found] = await unit.contacts.list_by_ids([site.world.published(ContactNamed)[0].subject])
    return found.state


async def link_of(site: Site, recipient: UUID, referral_id: UUID, link: str = "help") -> dict[str, Any]:
    return await site.delivery(recipientId=str(recipient), referralId=str(referral_id), link=link)
