"""Who speaks for a partner: a person of it whom we know, or somebody who is named for this one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.matching.commands import NewContact
from services.matching.domain.contact import Contact
from services.matching.domain.errors import ContactUnknown
from services.matching.domain.network import Person, Service
from services.matching.domain.people_errors import TooManyNamed
from services.matching.domain.referral import Referral
from services.matching.ports import MatchingUnit

MOST_TOLD = 5
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is contact from now on; `named`: they are new, and only for this question."""

    id: UUID
    named: Contact | None = None


async def contact_of(contact: UUID | NewContact, referral: Referral, named_by: UUID, unit: MatchingUnit) -> Chosen:
    """Who it is. Nothing about anybody who is known changes. Raises ContactUnknown, TooManyNamed.

    Whose address is known at this organisation is that person. Anybody else is a contact of this question, whether or
    not another organisation knows them: an answer here must not tell who is in the network.
    """
    if isinstance(contact, UUID):
        held = await unit.people.hold([contact])
        if held and held[0].works_for(referral.organisation_id):
            return Chosen(contact)
        earlier = [one for one in await unit.contacts.list_by_ids([contact]) if one.answers_for(referral.id)]
        if not earlier:
            raise ContactUnknown
        return Chosen(contact)
    known = await unit.people.read_by_email(contact.email)
    if known is not None and known.works_for(referral.organisation_id):
        return Chosen(known.id)
    earlier = await unit.contacts.list_of_referral(referral.id)
    same = [one for one in earlier if one.is_new and one.email.casefold() == contact.email.casefold()]
    if same:
        return Chosen(same[0].id)
    if len(earlier) >= MOST_NAMED:
        raise TooManyNamed(unit.city)
    named = Contact(
        unit.ids.new(), referral.organisation_id, referral.id, contact.name, contact.email, contact.phone,
        named_by, unit.now,
    )  # fmt: skip
    return Chosen(named.id, named)


async def name_contact(contact: Contact, unit: MatchingUnit) -> None:
    """Keep who was named; colleagues hear of it, those who lead first."""
    colleagues = await unit.people.list_of_organisation(contact.organisation_id)
    colleagues.sort(key=lambda one: not one.leads(contact.organisation_id))
    await unit.contacts.save(contact)
    unit.outbox.append(contact.was_named(tuple(one.id for one in colleagues[:MOST_TOLD])))


async def who_is_asked(service: Service, unit: MatchingUnit) -> Sequence[UUID]:
    """The contact person of a service, then the deputy: who is there goes before who is away, and who left is passed
    over, as long as anybody of the organisation is there. None of them leaves before this question is kept.

    Who has enough to do is not asked: only the desk chooses an offer of which that is everybody, and says why.
    """
    people = await unit.people.hold(service.contact_ids)
    there = [person for person in people if person.works_for(service.organisation_id)]
    if not there and service.contact_ids:
        colleagues = await unit.people.list_of_organisation(service.organisation_id)
        there = [one for one in await unit.people.hold([one.id for one in colleagues]) if one.active]
        there.sort(key=lambda one: not one.leads(service.organisation_id))
    full = await unit.limits.at_limit([one.id for one in there])
    there = [one for one in there if one.id not in full] or there
    today = unit.city.day_of(unit.now)
    return [person.id for person in sorted(there, key=lambda one: one.is_away(today))] or service.contact_ids


async def who_speaks_again(referral: Referral, contact: Contact, unit: MatchingUnit) -> UUID:
    """Who is contact in place of somebody who was named and is not any more: whoever named them, if still there."""
    held = await unit.people.hold([contact.named_by])
    if held and held[0].works_for(referral.organisation_id):
        return contact.named_by
    service = await unit.services.read(referral.service_id)
    asked = await who_is_asked(service, unit) if service else ()
    return asked[0] if asked else contact.named_by


async def read_contact(person_id: UUID, unit: MatchingUnit) -> Person | None:
    """By name and number: a person, or somebody who was named for one question."""
    person = await unit.people.read(person_id)
    if person is not None:
        return person
    named = await unit.contacts.list_by_ids([person_id])
    return named[0].as_person() if named else None


async def speaks_for(person_id: UUID, referral: Referral, unit: MatchingUnit) -> bool:
    """Whether this person may answer for the partner: somebody of it, or who was named for this very question."""
    person = await unit.people.read(person_id)
    if person is not None and person.works_for(referral.organisation_id):
        return True
    named = await unit.contacts.list_by_ids([person_id]) if referral.contact_id == person_id else []
    return any(one.answers_for(referral.id) for one in named)
