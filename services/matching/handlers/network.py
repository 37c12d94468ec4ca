"""Who and what the network knows: what a file or a person calls them, and people who join or change."""

from dataclasses import replace
from functools import lru_cache
from hashlib import sha1
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from services.matching.commands import AddPerson, ChangePerson, ContactEntry, ServiceEntry
from services.matching.domain.errors import AddressTaken, PersonUnknown
from services.matching.domain.kept import Kept
from services.matching.domain.network import Person, Service
from services.matching.handlers.leaving import check_roles_can_end
from services.matching.handlers.people import keep_person, welcome
from services.matching.ports import MatchingUnit
from shared.events.base import Role

# A program may make the one apostrophe of the other.
_STRAIGHT: Final = str.maketrans("\u2018\u2019", "''")
NETWORK = uuid5(NAMESPACE_URL, "https://schakel.example/network")
_OF_NETWORK: Final = NETWORK.bytes
SHORTEST_UUID: Final = 32


@lru_cache(maxsize=8192)
def identity(kind: str, external_id: str) -> UUID:
    """The same thing keeps its identity at every import: its own UUID, or one made from its name."""
    if own := _uuid_in(external_id):
        return own
    written = external_id.strip().translate(_STRAIGHT)
    name = f"{kind}:{written if _is_of_a_source(written) else written.casefold()}"
    # As `uuid5` does, which makes more of it than a map of tens of thousands can bear.
    return UUID(bytes=sha1(_OF_NETWORK + name.encode(), usedforsecurity=False).digest()[:16], version=5)


def _uuid_in(external_id: str) -> UUID | None:
    # Most are names, and an error costs more than all the rest.
    if len(external_id) < SHORTEST_UUID:
        return None
    try:
        return UUID(external_id)
    except ValueError:
        return None


def _is_of_a_source(written: str) -> bool:
    """Whether it is `source:id`, in which capitals may be all that tells one thing from another; a name is not."""
    source, _, own = written.partition(":")
    return bool(own) and not own[0].isspace() and source == source.casefold()


async def add_person(command: AddPerson, unit: MatchingUnit) -> Person:
    """A person joins, or changes; their role is what is asked for here. Raises StillHanging."""
    contact = ContactEntry(command.name, command.email, command.phone)
    known = await unit.people.read_by_email(contact.email) or await unit.people.read(identity_of(contact))
    if known is None:
        newcomer = newcomer_of(command.organisation_id, command.role, contact)
        known = await welcome(newcomer, unit)
        if known == newcomer:
            return newcomer
    named = as_named(known, command.organisation_id, command.role, contact, role_wins=True)
    return await keep_named(known, named, unit)


async def change_person(command: ChangePerson, unit: MatchingUnit) -> Person:
    """A person changes; mail that waits goes to the new address. Raises PersonUnknown, AddressTaken, StillHanging."""
    known = await unit.people.get(command.person_id)
    if known is None:
        raise PersonUnknown
    owner = await unit.people.read_by_email(command.email) if command.email else known
    if owner is not None and owner.id != known.id:
        raise AddressTaken
    given: dict[str, Any] = {"name": command.name, "email": command.email, "phone": command.phone}
    person = replace(known, **{name: value for name, value in given.items() if value is not None})
    if command.role is not None:
        memberships = [one.model_copy(update={"role": command.role}) for one in known.memberships]
        person = replace(person, memberships=tuple(dict.fromkeys(memberships)))
        await check_roles_can_end(known, person, unit)
    return await keep_person(known, person, unit)


def identity_of(contact: ContactEntry) -> UUID:
    """Who is meant, as long as nobody has this address."""
    return identity("person", contact.external_id or contact.email)


def newcomer_of(organisation_id: UUID, role: Role, contact: ContactEntry) -> Person:
    """Somebody whom nobody knows yet."""
    nobody_yet = Person(identity_of(contact), contact.name, contact.email, contact.phone)
    return nobody_yet.joining(organisation_id, role, leads=True)


def as_named(
    known: Person, organisation_id: UUID, role: Role, contact: ContactEntry, *, role_wins: bool = False
) -> Person:
    """The same person, as they are named now. Who left stays away: the desk lets them come back."""
    if not known.active:
        return known
    # A coordinator who is also named as a contact person stays a coordinator.
    stays = role is Role.PARTNER and organisation_id in known.organisation_ids and not role_wins
    joined = known if stays else _as(known, organisation_id, role)
    # Somebody whose address was corrected here may still have the old one in a file.
    email = contact.email if contact.external_id else known.email
    said = contact.name, email, contact.phone or known.phone
    # Of offers of one organisation each names the same people again.
    if said == (joined.name, joined.email, joined.phone):
        return joined
    return replace(joined, name=said[0], email=said[1], phone=said[2])


async def keep_named(known: Person, named: Person, unit: MatchingUnit, *, in_bulk: bool = False) -> Person:
    """Keep what changed of them. Raises StillHanging, PhoneMissing."""
    await check_roles_can_end(known, named, unit)
    return await keep_person(known, named, unit, in_bulk=in_bulk)


def _as(known: Person, organisation_id: UUID, role: Role) -> Person:
    """The same person with this role at this organisation, in place of those they had there."""
    elsewhere = tuple(one for one in known.memberships if one.organisation_id != organisation_id)
    return replace(known, memberships=elsewhere).joining(organisation_id, role, leads=True)


def service_of(
    entry: ServiceEntry, service_id: UUID, organisation_id: UUID, contact_ids: tuple[UUID, ...], kept: Kept
) -> Service:
    """What the file says of it."""
    return Service(
        id=service_id,
        organisation_id=organisation_id,
        name=entry.name,
        categories=entry.categories,
        description=entry.description,
        districts=entry.districts,
        whole_city=entry.whole_city,
        languages=entry.languages,
        minimum_age=entry.minimum_age,
        maximum_age=entry.maximum_age,
        is_free=entry.is_free,
        cost=entry.cost,
        contact_ids=contact_ids,
        **_way_in_of(entry),
        interpreter=entry.interpreter,
        capacity=entry.capacity,
        does=entry.does,
        does_not=entry.does_not,
        expects_from_referrer=entry.expects_from_referrer,
        response_days=entry.response_days,
        active=entry.active,
        kept=kept,
    )


def _way_in_of(entry: ServiceEntry) -> dict[str, Any]:
    """How people come there, or call."""
    return {
        "phone": entry.phone,
        "email": entry.email,
        "website": entry.website,
        "address": entry.address,
        "schedule": entry.schedule,
        "walk_in": entry.walk_in,
        "access": entry.access,
        "sign_up": entry.sign_up,
    }
