"""Who helps: a person of the partner that we know, or a colleague who is named for the first time."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from services.matching.commands import NewContact
from services.matching.domain.errors import AddressTaken, ContactLeft, ContactUnknown
from services.matching.domain.network import Person, Service
from services.matching.handlers.people import list_person
from services.matching.ports import MatchingUnit
from shared.events.base import Role


async def contact_of(contact: UUID | NewContact, organisation_id: UUID, unit: MatchingUnit) -> UUID:
    """Who it is; somebody new joins the network. Raises ContactUnknown, ContactLeft, AddressTaken."""
    if isinstance(contact, UUID):
        person = await unit.people.read(contact)
        if person is None or not person.works_for(organisation_id):
            raise ContactUnknown
        return person.id
    nobody_yet = Person(unit.ids.new(), contact.name, contact.email, contact.phone)
    newcomer = nobody_yet.joining(organisation_id, Role.PARTNER)
    person = await unit.people.add(newcomer)
    if person != newcomer:
        return await _same_contact(person, contact, organisation_id, unit)
    await list_person(person, unit)
    return person.id


async def who_is_asked(service: Service, unit: MatchingUnit) -> Sequence[UUID]:
    """The contact person of a service, then the deputy: those who left are passed over, as long as anybody is there."""
    people = await unit.people.list_by_ids(service.contact_ids)
    there = [person.id for person in people if person.works_for(service.organisation_id)]
    return there or service.contact_ids


async def _same_contact(known: Person, typed: NewContact, organisation_id: UUID, unit: MatchingUnit) -> UUID:
    """Somebody whose address we have: what was typed now is the newest."""
    if organisation_id not in known.organisation_ids:
        raise AddressTaken
    if not known.active:
        raise ContactLeft(unit.city)
    await unit.people.save(replace(known, name=typed.name, phone=typed.phone or known.phone))
    return known.id
