"""Taking over a social map: every good row, in parts, each in a transaction of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar
from uuid import UUID

from services.matching.commands import ImportMap, OrganisationEntry, PersonEntry, RefusedRow, Remark, ServiceEntry
from services.matching.domain.network import Organisation, Person, Service
from services.matching.domain.people_errors import PhoneMissing, StillHanging
from services.matching.handlers.named_people import NamedPeople
from services.matching.handlers.network import identity, service_of
from services.matching.handlers.row_digests import digest_of
from services.matching.ports import MatchingUnit
from shared.events.base import Role
from shared.unit_of_work import Units

EntryT = TypeVar("EntryT", Organisation, Service)
RowT = TypeVar("RowT")
AT_ONCE: Final = 1000
"""Rows in one transaction: enough to make its cost small, few enough for its memory and its locks."""
UNKNOWN_ORGANISATION = "deze organisatie staat niet in het bestand en niet op de kaart"
# Its own people tell of these; a file never does, and an import says nothing of whether an entry is right.
NOT_IN_FILES = frozenset({"strengths", "limits", "active", "kept", "checks_asked", "check_asked_at"})
NOT_IN_FILES_OF_SERVICES = frozenset({"full_until", "access", "contact_hours", "sparring", "sign_up", "kept"})
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

    def add(self, other: "ImportReport") -> None:
        """This and what became of another part."""
        self.organisations += other.organisations
        self.services += other.services
        self.people += other.people
        self.unchanged += other.unchanged
        self.refused = sorted([*self.refused, *other.refused], key=lambda row: (row.file, row.line))
        self.remarks += other.remarks


def _tell_nobody(_: int) -> None:
    """Nobody watches."""


async def take_over_map(
    command: ImportMap, units: Units[MatchingUnit], tell: Callable[[int], None] = _tell_nobody
) -> ImportReport:
    """Part by part: what ends half-way is done again, and changes nothing a second time.

    `tell` hears after each part how many rows it had.
    """
    report = ImportReport(refused=list(command.refused), remarks=list(command.remarks))
    for part in parts_of(command):
        async with units.begin() as unit:
            done = await import_map(part, unit)
        report.add(done)
        tell(len(part.organisations) + len(part.people) + len(part.services))
    return report


def parts_of(command: ImportMap) -> Iterator[ImportMap]:
    """The rows in small parts: organisations, then people, then what they offer."""
    yield from (ImportMap(organisations=rows) for rows in _slices(command.organisations))
    yield from (ImportMap(people=rows) for rows in _slices(command.people))
    yield from (ImportMap(services=rows) for rows in _slices(command.services))


def _slices(rows: Sequence[RowT]) -> Iterator[Sequence[RowT]]:
    return (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))


async def import_map(command: ImportMap, unit: MatchingUnit) -> ImportReport:
    """Take over every good row and name every bad one. Doing it again changes nothing."""
    report = ImportReport(refused=list(command.refused), remarks=list(command.remarks))
    await _import_organisations(command.organisations, report, unit)
    await _import_people(command.people, report, unit)
    await _import_services(command.services, report, unit)
    report.refused.sort(key=lambda row: (row.file, row.line))
    return report


async def _import_organisations(entries: Sequence[OrganisationEntry], report: ImportReport, unit: MatchingUnit) -> None:
    known = await unit.organisations.hold_many({identity("organisation", entry.external_id) for entry in entries})
    changed: dict[UUID, Organisation] = {}
    for entry in entries:
        organisation = _organisation_of(entry)
        before = known.get(organisation.id)
        organisation = _with_what_is_known(organisation, before, entry.silent | NOT_IN_FILES)
        if organisation == before:
            report.unchanged += 1
            continue
        organisation = replace(organisation, kept=organisation.kept.changed(at=unit.now))
        known[organisation.id] = changed[organisation.id] = organisation
        unit.outbox.append(organisation.listed(at=unit.now))
        report.organisations += 1
    if changed:
        await unit.organisations.save_all(list(changed.values()))


async def _import_people(entries: Sequence[PersonEntry], report: ImportReport, unit: MatchingUnit) -> None:
    there = await unit.organisations.read_names({identity("organisation", entry.organisation) for entry in entries})
    people = await NamedPeople.read([entry.contact for entry in entries], unit)
    kept: list[tuple[PersonEntry, UUID]] = []
    for entry in entries:
        organisation_id = identity("organisation", entry.organisation)
        if organisation_id not in there:
            report.refused.append(RefusedRow(entry.line, "organisatie", UNKNOWN_ORGANISATION, file=entry.file))
            continue
        try:
            person_id, changed = await people.keep(organisation_id, entry.role, entry.contact)
        except (StillHanging, PhoneMissing) as refused:
            column = "telefoon" if isinstance(refused, PhoneMissing) else "rol"
            report.refused.append(RefusedRow(entry.line, column, str(refused), file=entry.file))
            continue
        kept.append((entry, person_id))
        report.people += changed
        report.unchanged += not changed
    await people.add_newcomers()
    report.remarks += [
        Remark(entry.line, "e-mail", LEFT_BEFORE, file=entry.file)
        for entry, person_id in kept
        if not people.get(person_id).active
    ]


async def _import_services(entries: Sequence[ServiceEntry], report: ImportReport, unit: MatchingUnit) -> None:
    digests = {identity("service", entry.external_id): digest_of(entry) for entry in entries}
    same = await unit.taken_rows.find_unchanged(digests)
    report.unchanged += len(same)
    said = [entry for entry in entries if identity("service", entry.external_id) not in same]
    people = await NamedPeople.read([contact for entry in said for contact in entry.contacts], unit)
    named = await _with_contacts(said, people, report, unit)
    # In the order in which people change entries: first whose they are.
    await unit.organisations.hold_many({organisation_id for _, organisation_id, _ in named})
    known = await unit.services.hold_many({identity("service", entry.external_id) for entry, _, _ in named})
    changed: dict[UUID, Service] = {}
    for entry, organisation_id, contacts in named:
        left = [person for person in contacts if not person.active]
        if left:
            # Whoever is named and left is told of each time.
            digests.pop(identity("service", entry.external_id), None)
        report.remarks += [Remark(entry.line, "contactpersoon", LEFT_BEFORE, EXAMPLE_CONTACT, entry.file) for _ in left]
        service = service_of(entry, organisation_id, tuple(person.id for person in contacts if person.active))
        service = _with_silence(service, entry, known, report)
        if service == known.get(service.id):
            report.unchanged += 1
            continue
        service = replace(service, kept=service.kept.changed(at=unit.now))
        known[service.id] = changed[service.id] = service
        unit.outbox.append(service.listed(at=unit.now))
        report.services += 1
    if changed:
        await unit.services.save_all(list(changed.values()))
    await unit.taken_rows.remember({key: digests[key] for key in known if key in digests and key not in same})


async def _with_contacts(
    entries: Sequence[ServiceEntry], people: NamedPeople, report: ImportReport, unit: MatchingUnit
) -> list[tuple[ServiceEntry, UUID, list[Person]]]:
    """What an organisation that is known offers, with those who are named for it; they are kept."""
    there = await unit.organisations.read_names({identity("organisation", entry.organisation) for entry in entries})
    good: list[tuple[ServiceEntry, UUID, list[UUID]]] = []
    for entry in entries:
        organisation_id = identity("organisation", entry.organisation)
        if organisation_id not in there:
            report.refused.append(RefusedRow(entry.line, "organisatie", UNKNOWN_ORGANISATION, file=entry.file))
            continue
        kept = [await people.keep(organisation_id, Role.PARTNER, contact) for contact in entry.contacts]
        report.people += sum(changed for _, changed in kept)
        good.append((entry, organisation_id, [person_id for person_id, _ in kept]))
    await people.add_newcomers()
    return [(entry, owner, [people.get(each) for each in contacts]) for entry, owner, contacts in good]


def _with_silence(
    service: Service, entry: ServiceEntry, known: Mapping[UUID, Service], report: ImportReport
) -> Service:
    before = known.get(service.id)
    silent = entry.silent | NOT_IN_FILES_OF_SERVICES
    moved = before is not None and before.organisation_id != service.organisation_id
    if moved and before and before.contact_ids and "contact_ids" in silent:
        # Whoever is asked belongs to the organisation that offers it: a contact of the one before could not answer.
        silent -= {"contact_ids"}
        report.remarks.append(Remark(entry.line, "contactpersoon", NO_CONTACT_ANY_MORE, EXAMPLE_CONTACT, entry.file))
    return _with_what_is_known(service, before, silent)


def _organisation_of(entry: OrganisationEntry) -> Organisation:
    return Organisation(
        id=identity("organisation", entry.external_id),
        name=entry.name,
        kind=entry.kind,
        description=entry.description,
        website=entry.website,
        email=entry.email,
        phone=entry.phone,
        has_agreement=entry.has_agreement,
    )


def _with_what_is_known(entry: EntryT, known: EntryT | None, silent: frozenset[str]) -> EntryT:
    """What a file is silent about stays as it is."""
    return entry if known is None else replace(entry, **{name: getattr(known, name) for name in silent})
