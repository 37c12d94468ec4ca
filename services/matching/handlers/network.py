"""Keeping the network: taking over a social map, and people who join."""

from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from services.matching.commands import (
    AddPerson,
    ChangePerson,
    ContactEntry,
    ImportMap,
    OrganisationEntry,
    PersonEntry,
    RefusedRow,
    Remark,
    ServiceEntry,
)
from services.matching.domain.errors import AddressTaken, PersonUnknown
from services.matching.domain.network import Organisation, Person, Service
from services.matching.domain.people_errors import PhoneMissing, StillHanging
from services.matching.handlers.leaving import check_roles_can_end
from services.matching.handlers.people import keep_person, welcome
from services.matching.ports import MatchingUnit
from shared.events.base import Role

EntryT = TypeVar("EntryT", Organisation, Service)
NETWORK = uuid5(NAMESPACE_URL, "https://schakel.example/network")
UNKNOWN_ORGANISATION = "deze organisatie staat niet in het bestand en niet op de kaart"
# Its own people tell of these; a file never does, and an import says nothing of whether an entry is right.
NOT_IN_FILES = frozenset({"strengths", "limits", "active", "kept", "checks_asked", "check_asked_at"})
NOT_IN_FILES_OF_SERVICES = frozenset({"full_until", "access", "contact_hours", "sparring", "kept"})
NO_CONTACT_ANY_MORE = (
    "dit aanbod is nu van een andere organisatie; het heeft geen contactpersoon meer en wordt niet gevraagd"
)
LEFT_BEFORE = "deze persoon is vertrokken en doet niet meer mee; laat hem of haar terugkomen bij Netwerk, Mensen"
EXAMPLE_CONTACT = "Sam Verzonnen, sam@organisatie.example"


@dataclass(slots=True)
class ImportReport:
    """What became of an import."""

    organisations: int = 0
    services: int = 0
    people: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def nothing_taken_over(self) -> bool:
        """Whether the files hold nothing that is on the map now."""
        return not (self.organisations or self.services or self.people or self.unchanged)


def identity(kind: str, external_id: str) -> UUID:
    """The same thing keeps its identity at every import: its own UUID, or one made from its name."""
    try:
        return UUID(external_id)
    except ValueError:
        return uuid5(NETWORK, f"{kind}:{external_id.strip().casefold()}")


async def import_map(command: ImportMap, unit: MatchingUnit) -> ImportReport:
    """Take over every good row and name every bad one. Doing it again changes nothing."""
    report = ImportReport(refused=list(command.refused), remarks=list(command.remarks))
    for organisation in command.organisations:
        await _import_organisation(organisation, report, unit)
    for person in command.people:
        await _import_person(person, report, unit)
    for service in command.services:
        await _import_service(service, report, unit)
    report.refused.sort(key=lambda row: (row.file, row.line))
    return report


async def add_person(command: AddPerson, unit: MatchingUnit) -> Person:
    """A person joins, or changes; their role is what is asked for here. Raises StillHanging."""
    contact = ContactEntry(command.name, command.email, command.phone)
    person, _ = await _keep_person(command.organisation_id, command.role, contact, unit, role_wins=True)
    return person


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


async def _import_organisation(entry: OrganisationEntry, report: ImportReport, unit: MatchingUnit) -> None:
    organisation = Organisation(
        id=identity("organisation", entry.external_id),
        name=entry.name,
        kind=entry.kind,
        description=entry.description,
        website=entry.website,
        email=entry.email,
        phone=entry.phone,
        has_agreement=entry.has_agreement,
    )
    known = await unit.organisations.read(organisation.id)
    organisation = _with_what_is_known(organisation, known, entry.silent | NOT_IN_FILES)
    if organisation == known:
        report.unchanged += 1
        return
    organisation = replace(organisation, kept=organisation.kept.changed(at=unit.now))
    await unit.organisations.save(organisation)
    unit.outbox.append(organisation.listed(at=unit.now))
    report.organisations += 1


async def _import_person(entry: PersonEntry, report: ImportReport, unit: MatchingUnit) -> None:
    organisation_id = identity("organisation", entry.organisation)
    if await unit.organisations.read(organisation_id) is None:
        report.refused.append(RefusedRow(entry.line, "organisatie", UNKNOWN_ORGANISATION, file=entry.file))
        return
    try:
        person, changed = await _keep_person(organisation_id, entry.role, entry.contact, unit)
    except (StillHanging, PhoneMissing) as refused:
        column = "telefoon" if isinstance(refused, PhoneMissing) else "rol"
        report.refused.append(RefusedRow(entry.line, column, str(refused), file=entry.file))
        return
    if not person.active:
        report.remarks.append(Remark(entry.line, "e-mail", LEFT_BEFORE, file=entry.file))
    report.people += changed
    report.unchanged += not changed


async def _import_service(entry: ServiceEntry, report: ImportReport, unit: MatchingUnit) -> None:
    organisation_id = identity("organisation", entry.organisation)
    if await unit.organisations.read(organisation_id) is None:
        report.refused.append(RefusedRow(entry.line, "organisatie", UNKNOWN_ORGANISATION, file=entry.file))
        return
    kept = [await _keep_person(organisation_id, Role.PARTNER, contact, unit) for contact in entry.contacts]
    report.people += sum(changed for _, changed in kept)
    report.remarks += [
        Remark(entry.line, "contactpersoon", LEFT_BEFORE, EXAMPLE_CONTACT, entry.file)
        for person, _ in kept
        if not person.active
    ]
    service = _service_of(entry, organisation_id, tuple(person.id for person, _ in kept if person.active))
    known = await unit.services.read(service.id)
    silent = entry.silent | NOT_IN_FILES_OF_SERVICES
    if known is not None and known.organisation_id != organisation_id and known.contact_ids and "contact_ids" in silent:
        # Whoever is asked belongs to the organisation that offers it: a contact of the one before could not answer.
        silent -= {"contact_ids"}
        report.remarks.append(Remark(entry.line, "contactpersoon", NO_CONTACT_ANY_MORE, EXAMPLE_CONTACT, entry.file))
    service = _with_what_is_known(service, known, silent)
    if service == known:
        report.unchanged += 1
        return
    service = replace(service, kept=service.kept.changed(at=unit.now))
    await unit.services.save(service)
    unit.outbox.append(service.listed(at=unit.now))
    report.services += 1


def _with_what_is_known(entry: EntryT, known: EntryT | None, silent: frozenset[str]) -> EntryT:
    """What a file is silent about stays as it is."""
    return entry if known is None else replace(entry, **{name: getattr(known, name) for name in silent})


async def _known_person(contact: ContactEntry, unit: MatchingUnit) -> Person | None:
    """Who this is, as we know them: an address is one person, also of several organisations."""
    return await unit.people.read_by_email(contact.email) or await unit.people.read(_identity_of(contact))


def _identity_of(contact: ContactEntry) -> UUID:
    return identity("person", contact.external_id or contact.email)


async def _keep_person(
    organisation_id: UUID, role: Role, contact: ContactEntry, unit: MatchingUnit, *, role_wins: bool = False
) -> tuple[Person, bool]:
    """Who left stays away, whatever a file says: the desk lets them come back."""
    known = await _known_person(contact, unit)
    if known is None:
        nobody_yet = Person(_identity_of(contact), contact.name, contact.email, contact.phone)
        newcomer = nobody_yet.joining(organisation_id, role, leads=True)
        known = await welcome(newcomer, unit)
        if known == newcomer:
            return newcomer, True
    if not known.active:
        return known, False
    # A coordinator who is also named as a contact person stays a coordinator.
    is_here = organisation_id in known.organisation_ids
    stays = role is Role.PARTNER and is_here and not role_wins
    joined = known if stays else _as(known, organisation_id, role)
    await check_roles_can_end(known, joined, unit)
    # Somebody whose address was corrected here may still have the old one in a file.
    email = contact.email if contact.external_id else known.email
    person = replace(joined, name=contact.name, email=email, phone=contact.phone or known.phone)
    kept = await keep_person(known, person, unit)
    return kept, kept != known


def _as(known: Person, organisation_id: UUID, role: Role) -> Person:
    """The same person with this role at this organisation, in place of those they had there."""
    elsewhere = tuple(one for one in known.memberships if one.organisation_id != organisation_id)
    return replace(known, memberships=elsewhere).joining(organisation_id, role, leads=True)


def _service_of(entry: ServiceEntry, organisation_id: UUID, contact_ids: tuple[UUID, ...]) -> Service:
    return Service(
        id=identity("service", entry.external_id),
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
        phone=entry.phone,
        email=entry.email,
        website=entry.website,
        address=entry.address,
        schedule=entry.schedule,
        walk_in=entry.walk_in,
        interpreter=entry.interpreter,
        capacity=entry.capacity,
        does=entry.does,
        does_not=entry.does_not,
        expects_from_referrer=entry.expects_from_referrer,
        response_days=entry.response_days,
        active=entry.active,
    )
