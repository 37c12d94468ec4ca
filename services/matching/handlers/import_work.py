"""What the worker does with a file that the desk sent: one part at a time, each in a transaction of its own."""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from typing import Final, Protocol
from uuid import UUID

from services.matching.commands import ImportMap
from services.matching.domain.map_import import (
    AS_SENT,
    KEPT_FOR,
    REFUSED_ROWS,
    ImportLine,
    ImportState,
    LineKind,
    LineQuery,
    MapImport,
    Outcome,
    ReadPart,
    Verdict,
)
from services.matching.domain.network import Service
from services.matching.handlers.file_changes import EntryInFile, PersonInFile, line_of, line_of_found, line_of_person
from services.matching.handlers.import_parts import rows_of, unpacked
from services.matching.handlers.import_undo import undo_some
from services.matching.handlers.map_preview import lines_of_rows, preview_part
from services.matching.handlers.network import identity
from services.matching.handlers.taking_over import import_map
from services.matching.ports import MatchingUnit
from shared.kernel.city import City
from shared.kernel.errors import is_transient

WORK_EVERY: Final = timedelta(seconds=0.5)
FORGET_EVERY: Final = timedelta(hours=1)
MOST_REFUSED: Final = 100_000


class MapReader(Protocol):
    """Reads files with a map."""

    def read(self, sent: MapImport, content: bytes, city: City) -> AsyncGenerator[ReadPart, None]:
        """What stands in one (`import_parts.read_parts`)."""

    async def table_of_refused(self, sent: MapImport, content: bytes, lines: Sequence[ImportLine]) -> bytes:
        """Its rows that are refused, with what is wrong with each, to put right."""

    def tell_failed(self, sent: MapImport, error: Exception) -> None:
        """Tell the operator what went wrong."""


class ImportWork:
    """One part at a time. Of one that a worker died in nothing is left: it comes again."""

    def __init__(self, reader: MapReader) -> None:
        self._reader = reader

    async def do_next(self, unit: MatchingUnit) -> None:
        """The next part of the oldest file that waits; a part that cannot be done ends the work on its file."""
        sent = await unit.map_imports.next_to_work_at()
        if sent is None:
            return
        try:
            async with unit.savepoint():
                await _do_part(sent, self._reader, unit)
                await unit.map_imports.save(sent)
        except Exception as error:
            if is_transient(error):
                raise
            self._reader.tell_failed(sent, error)
            broken = await unit.map_imports.get(sent.id)
            assert broken is not None  # noqa: S101 - it is locked here
            broken.break_off()
            await unit.map_imports.save(broken)


async def _do_part(sent: MapImport, reader: MapReader, unit: MatchingUnit) -> None:
    if sent.state is ImportState.SENT:
        await _take_in(sent, reader, unit)
    elif sent.state is ImportState.UNDOING:
        await undo_some(sent, unit)
    else:
        await _go_through(sent, unit)
    if sent.state in {ImportState.READY, ImportState.TAKEN}:
        await _keep_refused(sent, reader, unit)


async def _take_in(sent: MapImport, reader: MapReader, unit: MatchingUnit) -> None:
    rows = parts = 0
    async with aclosing(reader.read(sent, await _content(sent, unit), unit.city)) as read:
        # One by one: all of a large file together would take more memory than the worker has.
        wrong = unpacked((await anext(read)).content)
        async for part in read:
            await unit.map_imports.add_parts(sent.id, {parts: part.content})
            rows, parts = rows + part.rows, parts + 1
    sent.compare(rows)
    await unit.map_imports.add_lines(sent.id, [*lines_of_rows(wrong.refused), *lines_of_rows(wrong.remarks)])
    if not parts:
        sent.done_with_part(0, is_last=True)


async def _keep_refused(sent: MapImport, reader: MapReader, unit: MatchingUnit) -> None:
    refused = await unit.map_imports.list_page(sent.id, LineQuery(Verdict.REFUSED, per_page=MOST_REFUSED))
    table = await reader.table_of_refused(sent, await _content(sent, unit), refused)
    await unit.map_imports.add_parts(sent.id, {REFUSED_ROWS: table})


async def _content(sent: MapImport, unit: MatchingUnit) -> bytes:
    content = await unit.map_imports.read_part(sent.id, AS_SENT)
    assert content is not None  # noqa: S101 - it goes long after this
    return content


async def forget_old_imports(unit: MatchingUnit) -> None:
    """Files that nobody may take over any more."""
    await unit.map_imports.forget(unit.now - KEPT_FOR)


async def _go_through(sent: MapImport, unit: MatchingUnit) -> None:
    content = await unit.map_imports.read_part(sent.id, sent.part)
    assert content is not None  # noqa: S101 - the last part ends it
    part = unpacked(content)
    if sent.state is ImportState.COMPARING:
        await unit.map_imports.add_lines(sent.id, await preview_part(part, unit))
    else:
        await _take_over(sent, part, unit)
    is_last = await unit.map_imports.read_part(sent.id, sent.part + 1) is None
    sent.done_with_part(rows_of(part), is_last=is_last)


async def _take_over(sent: MapImport, part: ImportMap, unit: MatchingUnit) -> None:
    watch = _AsShown(await unit.map_imports.lines_of(sent.id, await _subjects_of(part, unit)))
    report = await import_map(part, unit, watch)
    await _add_rows(sent, lines_of_rows([*report.refused, *report.remarks]), unit)
    people = await unit.map_imports.lines_of(sent.id, [after.id for _, after in watch.people])
    settled = [*watch.settled, *(_settled_person(one, people) for one in watch.people)]
    await unit.map_imports.save_lines(sent.id, [one for one in settled if one.number])
    await unit.map_imports.add_lines(sent.id, [one for one in settled if not one.number])


async def _add_rows(sent: MapImport, rows: Sequence[ImportLine], unit: MatchingUnit) -> None:
    """What is wrong with a row only now, because others changed something since the preview, is told beside that."""
    if not rows:
        return
    told = {_said(one) for one in await unit.map_imports.rows_at(sent.id, {one.line for one in rows})}
    await unit.map_imports.add_lines(sent.id, [one for one in rows if _said(one) not in told])


def _said(row: ImportLine) -> tuple[Verdict, int, str, str]:
    return row.verdict, row.line, row.column, row.problem


async def _subjects_of(part: ImportMap, unit: MatchingUnit) -> set[UUID]:
    named = {identity("organisation", one.external_id) for one in part.organisations}
    named |= {identity("service", one.external_id) for one in part.services}
    for source, external_ids in part.standing.items():
        there = {identity("service", each) for each in external_ids}
        named |= (await unit.taken_rows.find_missing(source, there)).keys()
    return named


def _settled_person(person: PersonInFile, known: Mapping[UUID, ImportLine]) -> ImportLine:
    """What was done, from the first part that names them to this one."""
    now, shown = line_of_person(person, Outcome.TAKEN), known.get(person[1].id)
    if shown is None:
        return now
    return shown.after(now) if shown.outcome is Outcome.TAKEN else replace(now, number=shown.number)


class _AsShown:
    """What was shown is done, and nothing else: what is other than it was shown stays as it is, and is told."""

    def __init__(self, shown: Mapping[UUID, ImportLine]) -> None:
        self._shown = shown
        self.settled: list[ImportLine] = []
        self.people: Sequence[PersonInFile] = ()

    def allows(self, entry: EntryInFile) -> bool:
        now, shown = line_of(entry), self._shown.get(entry.after.id)
        is_as_shown = shown is not None and (shown.verdict, shown.changes) == (now.verdict, now.changes)
        version = (entry.before.kept.version if entry.before else 0) + 1
        self.settled.append((shown or now).settled(Outcome.TAKEN if is_as_shown else Outcome.LEFT, version))
        return is_as_shown

    def people_changed(self, people: Sequence[PersonInFile]) -> None:
        self.people = [*self.people, *people]

    def missing(self, offers: Mapping[UUID, str]) -> Collection[UUID]:
        as_shown = [self._shown[key] for key in offers if key in self._shown]
        marked = [one for one in as_shown if (one.kind, one.verdict) == (LineKind.SERVICE, Verdict.MISSING)]
        self.settled += [one.settled(Outcome.TAKEN, 0) for one in marked]
        return [one.subject_id for one in marked if one.subject_id]

    def back(self, offers: Sequence[Service]) -> None:
        for one in offers:
            shown = self._shown.get(one.id)
            self.settled.append(replace(line_of_found(one, Outcome.TAKEN), number=shown.number if shown else 0))
