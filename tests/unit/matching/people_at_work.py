"""The desk at its pages of people."""

from uuid import UUID

import httpx

from services.matching.domain.network import Person
from shared.access.members import Member
from shared.events.base import Role
from tests.unit.matching.city import named
from tests.unit.matching.site import Site, a_site

DESK = "schakelpunt"
PEOPLE = "/netwerk/mensen"


async def a_desk() -> Site:
    """A coordinator is signed in; `juf` has a family, and the contact of fietsbende was asked for its bike."""
    site = await a_site()
    regie = Person(named("regie"), "Hassan Verzonnen", "regie@schakelpunt.example")
    await known(site, regie.joining(named(DESK), Role.COORDINATOR, leads=True))
    site.sign_in(Role.COORDINATOR, DESK, "regie")
    return site


async def known(site: Site, *people: Person) -> None:
    """They are in the network."""
    async with site.world.units.begin() as unit:
        for person in people:
            await unit.people.save(person)
            await unit.members.save(Member.of(person.listed(at=unit.now)))


async def colleague(site: Site, of: str = "fietsbende", name: str = "kim", role: Role = Role.PARTNER) -> Person:
    """Somebody else of this organisation."""
    person = Person(named(name), f"{name.title()} Verzonnen", f"{name}@{of}.example").joining(named(of), role)
    await known(site, person)
    return person


async def press(site: Site, person_id: UUID, choice: str, **fields: str) -> httpx.Response:
    """A button on a person's page, as the page shows them now."""
    person = await now(site, person_id)
    return await site.post(f"{PEOPLE}/{person_id}", **{"choice": choice, "version": str(person.version), **fields})


async def now(site: Site, person_id: UUID) -> Person:
    """The person as they are."""
    async with site.world.units.begin() as unit:
        person = await unit.people.read(person_id)
    assert person is not None
    return person
