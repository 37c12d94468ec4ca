"""Who is in the network and not in a file: a report that changes nothing, to see who may have left."""

from uuid import UUID

from services.matching.commands import ContactEntry, ImportMap
from services.matching.domain.network import Person
from services.matching.handlers.network import identity
from services.matching.ports import MatchingUnit


async def list_absent(command: ImportMap, unit: MatchingUnit) -> list[Person]:
    """The active people of the organisations that the file names, whom it does not name; by name."""
    named = [*(one.contact for one in command.people), *(each for one in command.services for each in one.contacts)]
    there = await _known(named, unit)
    places = {identity("organisation", one.external_id) for one in command.organisations}
    places |= {identity("organisation", one.organisation) for one in command.people}
    places |= {identity("organisation", one.organisation) for one in command.services}
    found: dict[UUID, Person] = {}
    for place in sorted(places):
        found |= {one.id: one for one in await unit.people.list_of_organisation(place) if one.id not in there}
    return sorted(found.values(), key=lambda one: (one.name, one.id))


async def _known(named: list[ContactEntry], unit: MatchingUnit) -> set[UUID]:
    there: set[UUID] = {identity("person", one.external_id or one.email) for one in named}
    for one in named:
        person = await unit.people.read_by_email(one.email)
        if person is not None:
            there.add(person.id)
    return there
