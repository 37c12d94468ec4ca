"""Taking back what a file did: what it added ends, what it changed is as it was, unless others changed it since."""

from dataclasses import replace
from typing import Any, Final, TypeVar
from uuid import UUID

from services.matching.domain.entry import Changes
from services.matching.domain.leaving import left
from services.matching.domain.map_import import ImportLine, LineKind, MapImport, Outcome, Verdict
from services.matching.domain.network import Organisation, Person, Service
from services.matching.handlers.leaving import check_roles_can_end
from services.matching.handlers.people import keep_person
from services.matching.ports import MatchingUnit
from shared.kernel.errors import Refusal

AT_ONCE: Final = 200
ThingT = TypeVar("ThingT", Organisation, Service, Person)


async def undo_some(sent: MapImport, unit: MatchingUnit) -> None:
    """The last things that it did, those that came last first."""
    lines = await unit.map_imports.list_to_undo(sent.id, AT_ONCE)
    for line in lines:
        assert line.subject_id is not None  # noqa: S101 - what was taken over is about something
        is_undone = await _undo(line, line.subject_id, unit)
        await unit.map_imports.save_lines(sent.id, [line.settled(Outcome.UNDONE if is_undone else Outcome.KEPT)])
    sent.done_with_part(len(lines), is_last=len(lines) < AT_ONCE)


async def _undo(line: ImportLine, subject_id: UUID, unit: MatchingUnit) -> bool:
    if line.verdict is Verdict.MISSING:
        await unit.taken_rows.forget_missing([subject_id])
        return True
    if line.verdict is Verdict.BACK:
        mark = {one.field: one.old for one in line.changes}
        await unit.taken_rows.mark_missing([subject_id], mark["missing_from"], mark["missing_since"])
        return True
    if line.kind is LineKind.PERSON:
        return await _undo_person(line, subject_id, unit)
    if line.kind is LineKind.SERVICE:
        return await _undo_service(line, subject_id, unit)
    return await _undo_organisation(line, subject_id, unit)


async def _undo_organisation(line: ImportLine, organisation_id: UUID, unit: MatchingUnit) -> bool:
    known = await unit.organisations.get(organisation_id)
    if known is None:
        return False
    if line.verdict is Verdict.NEW:
        offers = await unit.services.list_of_organisation(organisation_id)
        if known.kept.version != line.version or any(one.active for one in offers):
            return False
        before = replace(known, active=False)
    else:
        before = _as_before(known, line.changes)
    if before != known:
        before = replace(before, kept=known.kept.changed(at=unit.now))
        await unit.organisations.save(before)
        unit.outbox.append(before.listed(at=unit.now))
        await _remember_end(known, before, unit)
    return _is_back(before, line)


async def _undo_service(line: ImportLine, service_id: UUID, unit: MatchingUnit) -> bool:
    read = await unit.services.read(service_id)
    # In the order in which people change entries: first whose it is.
    await unit.organisations.get(read.organisation_id) if read else None
    known = await unit.services.get(service_id)
    if known is None or (line.verdict is Verdict.NEW and known.kept.version != line.version):
        return False
    # Whoever is asked for an offer cannot leave: what ends asks nobody.
    ended = replace(known, active=False, contact_ids=())
    before = ended if line.verdict is Verdict.NEW else _as_before(known, line.changes)
    if before != known:
        before = replace(before, kept=known.kept.changed(at=unit.now))
        await unit.services.save(before)
        unit.outbox.append(before.listed(at=unit.now))
        await _remember_end(known, before, unit)
    return _is_back(before, line)


async def _undo_person(line: ImportLine, person_id: UUID, unit: MatchingUnit) -> bool:
    known = await unit.people.get(person_id)
    if known is None or (line.verdict is Verdict.NEW and known.version != line.version):
        return False
    before = left(known) if line.verdict is Verdict.NEW else _as_before(known, line.changes)
    try:
        async with unit.savepoint():
            await _check_can_end(known, before, unit)
            before = await keep_person(known, before, unit)
    except Refusal:
        return False
    await _remember_end(known, before, unit)
    return _is_back(before, line)


async def _check_can_end(known: Person, before: Person, unit: MatchingUnit) -> None:
    """Nothing hangs on what they were only by this file. Raises StillHanging."""
    stays = before if before.active else replace(before, memberships=())
    await check_roles_can_end(known, stays, unit)


async def _remember_end(known: ThingT, before: ThingT, unit: MatchingUnit) -> None:
    if known.active and not before.active:
        await unit.taken_rows.add_ended([known.id])


def _as_before(known: ThingT, changes: Changes) -> ThingT:
    """As it was, where it still is what the file made of it."""
    back: dict[str, Any] = {one.field: one.old for one in changes if getattr(known, one.field) == one.new}
    return replace(known, **back)


def _is_back(before: Organisation | Service | Person, line: ImportLine) -> bool:
    return all(getattr(before, one.field) == one.old for one in line.changes)
