"""Taking over a social map: every good row, in parts, each in a transaction of its own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeVar
from uuid import UUID

from services.matching.commands import ImportMap, OrganisationEntry, PersonEntry, RefusedRow, Remark
from services.matching.domain.network import Organisation
from services.matching.domain.people_errors import PhoneMissing, StillHanging
from services.matching.handlers.file_changes import AllIsDone, EntryInFile, Watch
from services.matching.handlers.import_report import ImportReport
from services.matching.handlers.named_people import NamedPeople
from services.matching.handlers.network import identity
from services.matching.handlers.taking_offers import (
    LEFT_BEFORE,
    OWNER,
    UNKNOWN_ORGANISATION,
    ended,
    import_services,
    with_what_is_known,
)
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units

RowT = TypeVar("RowT")
AT_ONCE: Final = 1000
"""Rows in one transaction: enough to make its cost small, few enough for its memory and its locks."""
# Its own people tell of these; a file never does, and an import says nothing of whether an entry is right.
NOT_IN_FILES = frozenset({"strengths", "limits", "active", "kept", "checks_asked", "check_asked_at"})
STILL_AT_WORK: Final = "aan deze rol hangt nog werk; geef dat eerst over bij Netwerk, Mensen"
ALL_IS_DONE: Final = AllIsDone()


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
    """The rows in small parts: organisations, then people, then what they offer; at last what is missing."""
    yield from (ImportMap(organisations=rows) for rows in _slices(command.organisations))
    yield from (ImportMap(people=rows) for rows in _slices(command.people))
    yield from (ImportMap(services=rows) for rows in _slices(command.services))
    if command.standing:
        yield ImportMap(standing=command.standing)


def _slices(rows: Sequence[RowT]) -> Iterator[Sequence[RowT]]:
    return (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))


async def import_map(command: ImportMap, unit: MatchingUnit, watch: Watch = ALL_IS_DONE) -> ImportReport:
    """Take over every good row and name every bad one. Doing it again changes nothing."""
    report = ImportReport(refused=list(command.refused), remarks=list(command.remarks))
    await _import_organisations(command.organisations, report, unit, watch)
    await _import_people(command.people, report, unit, watch)
    await import_services(command.services, report, unit, watch)
    for source, external_ids in command.standing.items():
        await _mark_missing(source, external_ids, report, unit, watch)
    report.refused.sort(key=lambda row: (row.file, row.line))
    return report


async def _mark_missing(
    source: str, external_ids: Iterable[str], report: ImportReport, unit: MatchingUnit, watch: Watch
) -> None:
    """What stood in a file of this source before, and does not now: nobody deletes it, somebody asks about it."""
    there = {identity("service", external_id) for external_id in external_ids}
    marked = watch.missing(await unit.taken_rows.find_missing(source, there))
    if marked:
        await unit.taken_rows.mark_missing(marked, source, unit.city.day_of(unit.now))
        report.missing += len(marked)


async def _import_organisations(
    entries: Sequence[OrganisationEntry], report: ImportReport, unit: MatchingUnit, watch: Watch
) -> None:
    known = await unit.organisations.hold_many({identity("organisation", entry.external_id) for entry in entries})
    gone = await ended(known.values(), unit)
    changed: dict[UUID, Organisation] = {}
    for entry in entries:
        organisation = _organisation_of(entry)
        before = known.get(organisation.id)
        silent = (entry.silent | NOT_IN_FILES) - ({"active"} if organisation.id in gone else set())
        organisation = with_what_is_known(organisation, before, silent)
        if organisation == before:
            report.unchanged += 1
            continue
        if not watch.allows(EntryInFile(before, organisation)):
            continue
        organisation = replace(organisation, kept=organisation.kept.changed(at=unit.now))
        known[organisation.id] = changed[organisation.id] = organisation
        unit.outbox.append(organisation.listed(at=unit.now))
        report.organisations += 1
    if changed:
        await unit.organisations.save_all(list(changed.values()))
        await unit.taken_rows.forget_ended(gone & changed.keys())


async def _import_people(
    entries: Sequence[PersonEntry], report: ImportReport, unit: MatchingUnit, watch: Watch
) -> None:
    there = await unit.organisations.read_names({identity("organisation", entry.organisation) for entry in entries})
    people = await NamedPeople.read([entry.contact for entry in entries], unit)
    kept: list[tuple[PersonEntry, UUID]] = []
    for entry in entries:
        organisation_id = identity("organisation", entry.organisation)
        if organisation_id not in there:
            report.refused.append(RefusedRow(entry.line, OWNER, UNKNOWN_ORGANISATION, file=entry.file))
            continue
        try:
            person_id, changed = await people.keep(organisation_id, entry.role, entry.contact)
        except StillHanging:
            report.refused.append(RefusedRow(entry.line, "rol", STILL_AT_WORK, file=entry.file))
            continue
        except PhoneMissing as refused:
            report.refused.append(RefusedRow(entry.line, "telefoon", str(refused), file=entry.file))
            continue
        kept.append((entry, person_id))
        report.people += changed
        report.unchanged += not changed
    await people.add_newcomers()
    watch.people_changed(people.changes())
    report.remarks += [
        Remark(entry.line, "e-mail", LEFT_BEFORE, file=entry.file)
        for entry, person_id in kept
        if not people.get(person_id).active
    ]


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
