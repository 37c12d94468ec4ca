"""Taking over what organisations offer, of one part of a map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from services.matching.commands import RefusedRow, Remark, ServiceEntry
from services.matching.domain.kept import NOT_KEPT, Kept
from services.matching.domain.network import Organisation, Person, Service
from services.matching.handlers.file_changes import EntryInFile, Watch
from services.matching.handlers.import_report import ImportReport
from services.matching.handlers.named_people import NamedPeople
from services.matching.handlers.network import identity, service_of
from services.matching.handlers.row_digests import digest_of
from services.matching.ports import MatchingUnit
from shared.events.base import Role

EntryT = TypeVar("EntryT", Organisation, Service)
NOT_IN_FILES_OF_SERVICES = frozenset({"full_until", "contact_hours", "sparring", "kept"})
NO_CONTACT_ANY_MORE = (
    "dit aanbod is nu van een andere organisatie; het heeft geen contactpersoon meer en wordt niet gevraagd"
)
OWNER = "organisatie"
UNKNOWN_ORGANISATION = "deze organisatie staat niet in het bestand en niet op de kaart"
LEFT_BEFORE = "deze persoon is vertrokken en doet niet meer mee; laat hem of haar terugkomen bij Netwerk, Mensen"
EXAMPLE_CONTACT = "Sam Verzonnen, sam@organisatie.example"


async def import_services(
    entries: Sequence[ServiceEntry], report: ImportReport, unit: MatchingUnit, watch: Watch
) -> None:
    """Those that are not as the file said before, with whoever is named for them."""
    digests = {identity("service", entry.external_id): digest_of(entry) for entry in entries}
    same = await unit.taken_rows.find_unchanged(digests)
    report.unchanged += len(same)
    said = [entry for entry in entries if identity("service", entry.external_id) not in same]
    people = await NamedPeople.read([contact for entry in said for contact in entry.contacts], unit)
    named = await _with_contacts(said, people, report, unit)
    watch.people_changed(people.changes())
    # In the order in which people change entries: first whose they are.
    await unit.organisations.hold({organisation_id for _, organisation_id, _ in named})
    known = await unit.services.hold_many({identity("service", entry.external_id) for entry, _, _ in named})
    rows = _Rows(known, await ended(known.values(), unit), report, watch, unit.now)
    for entry, organisation_id, contacts in named:
        rows.decide(entry, organisation_id, contacts)
    await _save(rows, unit)
    told = {key: digests[key] for key in (known | rows.changed) if key in digests and key not in rows.ask_again}
    await unit.taken_rows.remember(told, {identity("service", entry.external_id): entry.source for entry in said})


@dataclass(slots=True)
class _Rows:
    """What becomes of each row of a part."""

    known: Mapping[UUID, Service]
    ended: frozenset[UUID]
    report: ImportReport
    watch: Watch
    now: datetime
    changed: dict[UUID, Service] = field(default_factory=dict)
    found: list[Service] = field(default_factory=list)
    """They stand in their file again, as they are."""
    ask_again: set[UUID] = field(default_factory=set)
    """What their rows say is looked at each time."""
    new: Kept = field(init=False)

    def __post_init__(self) -> None:
        self.new = NOT_KEPT.changed(at=self.now)

    def decide(self, entry: ServiceEntry, organisation_id: UUID, contacts: Sequence[Person]) -> None:
        """Changed, as it was, or left as it is."""
        service = self._in_file(entry, organisation_id, contacts)
        before = self.known.get(service.id)
        if service == before:
            self.report.unchanged += 1
            self.found += [service] if service.kept.is_missing else []
        elif self.watch.allows(EntryInFile(before, service, entry.line)):
            self.changed[service.id] = self._next(service) if before else service
            self.report.services += 1
        else:
            self.ask_again.add(service.id)

    def _next(self, service: Service) -> Service:
        return replace(service, kept=service.kept.in_file().changed(at=self.now))

    def _in_file(self, entry: ServiceEntry, organisation_id: UUID, contacts: Sequence[Person]) -> Service:
        active = tuple(person.id for person in contacts if person.active)
        service = service_of(entry, identity("service", entry.external_id), organisation_id, active, self.new)
        left = [person for person in contacts if not person.active]
        if left:
            # Whoever is named and left is told of each time.
            self.ask_again.add(service.id)
        remarks = (Remark(entry.line, "contactpersoon", LEFT_BEFORE, EXAMPLE_CONTACT, entry.file) for _ in left)
        self.report.remarks += remarks
        return _with_silence(service, entry, self.known.get(service.id), self.ended, self.report)


async def _save(rows: _Rows, unit: MatchingUnit) -> None:
    rows.watch.back(rows.found)
    if rows.changed or rows.found:
        back = (replace(service, kept=service.kept.in_file()) for service in rows.found)
        await unit.services.save_all([*rows.changed.values(), *back])
        await unit.taken_rows.forget_ended(rows.ended & rows.changed.keys())
    unit.outbox.append(*(service.listed(at=unit.now) for service in rows.changed.values()))


async def ended(entries: Iterable[Organisation | Service], unit: MatchingUnit) -> frozenset[UUID]:
    """Those that are off because an import was taken back, and not because anybody said so: a file brings them back."""
    off = [entry.id for entry in entries if not entry.active]
    return await unit.taken_rows.list_ended(off) if off else frozenset()


async def _with_contacts(
    entries: Sequence[ServiceEntry], people: NamedPeople, report: ImportReport, unit: MatchingUnit
) -> list[tuple[ServiceEntry, UUID, list[Person]]]:
    """What an organisation that is known offers, with those who are named for it; they are kept."""
    there = await unit.organisations.read_names({identity("organisation", entry.organisation) for entry in entries})
    good: list[tuple[ServiceEntry, UUID, list[UUID]]] = []
    for entry in entries:
        organisation_id = identity("organisation", entry.organisation)
        if organisation_id not in there:
            report.refused.append(RefusedRow(entry.line, OWNER, UNKNOWN_ORGANISATION, file=entry.file))
            continue
        kept = [await people.keep(organisation_id, Role.PARTNER, contact) for contact in entry.contacts]
        report.people += sum(changed for _, changed in kept)
        good.append((entry, organisation_id, [person_id for person_id, _ in kept]))
    await people.add_newcomers()
    return [(entry, owner, [people.get(each) for each in contacts]) for entry, owner, contacts in good]


def _with_silence(
    service: Service, entry: ServiceEntry, before: Service | None, ended_ids: frozenset[UUID], report: ImportReport
) -> Service:
    silent = (entry.silent | NOT_IN_FILES_OF_SERVICES) - ({"active"} if service.id in ended_ids else set())
    moved = before is not None and before.organisation_id != service.organisation_id
    if moved and before and before.contact_ids and "contact_ids" in silent:
        # Whoever is asked belongs to the organisation that offers it: a contact of the one before could not answer.
        silent -= {"contact_ids"}
        report.remarks.append(Remark(entry.line, "contactpersoon", NO_CONTACT_ANY_MORE, EXAMPLE_CONTACT, entry.file))
    return with_what_is_known(service, before, silent)


def with_what_is_known(entry: EntryT, known: EntryT | None, silent: frozenset[str]) -> EntryT:
    """What a file is silent about stays as it is."""
    return entry if known is None else replace(entry, **{name: getattr(known, name) for name in silent})
