"""Pages of joining and of entries, as people fill them in: for the tests of both."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from services.matching.domain.kept import Kept
from services.matching.domain.network import Organisation, Service
from services.matching.handlers.directory_links import APPLICATION_PATH
from shared.events.base import Role
from shared.events.directory import ApplicationStarted
from shared.events.http import DirectoryLink
from tests.parts.city import a_city
from tests.unit.matching.city import NOON, World, contact, named, organisation, service
from tests.unit.matching.site import FORM, Site

TERMS = a_city().entries
JOINING: Mapping[str, Any] = {
    "joins_as": "organisation",
    "name": "Zwemfonds De Golf",
    "kind": "fund",
    "offer": "Zwemles met z'n tweeën",
    "categories": ["sport"],
    "districts": ["oost"],
    "languages": ["ar"],
    "minimum_age": "6",
    "maximum_age": "12",
    "does": "Wij betalen zwemles.",
    "limits": "Wij betalen geen badkleding.",
    "contact_name": "Sara Verzonnen",
    "email": "sara@golf.example",
    "phone": "010 123 45 67",
}


async def an_old_entry(services: int = 1) -> World:
    """An organisation on the map for exactly as long as the city finds long, with so many offers."""
    world = World()
    since = NOON - timedelta(days=TERMS.check_every_days)
    async with world.units.begin() as unit:
        await unit.organisations.save(organisation("fietsbende", kept=Kept(listed_at=since)))
        await unit.people.save(contact("fietsbende"))
        for number in range(services):
            await unit.services.save(service(f"{number}", of="fietsbende", kept=Kept(listed_at=since)))
    return world


def a_network() -> Site:
    """A site with a desk and nobody else."""
    return Site(World())


async def posted(site: Site, path: str, fields: Mapping[str, Any]) -> httpx.Response:
    """A form, in which a field may have several values."""
    return await site.client.post(path, data=dict(fields), headers=FORM)


async def applied(site: Site, **changes: Any) -> UUID:  # noqa: ANN401 - any field of the form
    """Somebody asked to join and confirmed the address."""
    application_id = await started(site, **changes)
    await site.post(await confirmation_of(site, application_id))
    return application_id


async def started(site: Site, **changes: Any) -> UUID:  # noqa: ANN401 - any field of the form
    answered = await posted(site, "/aansluiten", {**JOINING, **changes})
    assert answered.status_code == 303, answered.text
    return site.world.published(ApplicationStarted)[-1].subject


async def confirmation_of(site: Site, application_id: UUID) -> str:
    """The page that the mail leads to."""
    told = await site.delivery(
        recipientId=str(application_id), directoryId=str(application_id), directoryLink=DirectoryLink.APPLICATION
    )
    return APPLICATION_PATH + told["link"].rpartition(APPLICATION_PATH)[2]


async def entry_page_of(site: Site, of: str, person: str | None = None) -> str:
    """Where the mail "klopt dit nog?" leads."""
    told = await site.delivery(
        recipientId=str(named(person or f"contact of {of}")), directoryId=str(named(of)), directoryLink="entry"
    )
    return "/netwerk/" + told["link"].partition("/netwerk/")[2]


def as_desk(site: Site) -> None:
    site.sign_in(Role.COORDINATOR, "desk", "desk person")


def as_partner(site: Site, of: str = "fietsbende") -> None:
    site.sign_in(Role.PARTNER, of, f"contact of {of}")


async def the_organisation(site: Site, organisation_id: UUID) -> Organisation:
    async with site.world.units.begin() as unit:
        found = await unit.organisations.read(organisation_id)
    assert found is not None
    return found


async def the_service(site: Site, service_id: UUID) -> Service:
    async with site.world.units.begin() as unit:
        found = await unit.services.read(service_id)
    assert found is not None
    return found


def fields_of(page: httpx.Response) -> dict[str, Any]:
    """What stands in the form of this page, as a browser would send it."""
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, kind, value = (_attribute(tag, each) for each in ("name", "type", "value"))
        if not name or (kind in {"checkbox", "radio"} and " checked" not in tag):
            continue
        if kind == "checkbox" and value != "true":
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    found |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\n?(.*?)</textarea>', page.text, re.DOTALL))
    for name, inside in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page.text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    return found


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else ""
