"""Files with a map that the desk sent, in memory: twin of `store.map_imports`."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.matching.domain.map_import import (
    AS_SENT,
    CHANGING,
    ImportLine,
    LineCount,
    LineKind,
    LineQuery,
    MapImport,
    Outcome,
)
from services.matching.domain.map_import_errors import ImportBusy
from tests.twins.tables import MemoryTables


class InMemoryMapImports:
    """Dicts of files, of their parts and of their lines."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, MapImport] = tables.table("map_imports")
        self._parts: dict[tuple[UUID, int], bytes] = tables.table("map_import_parts")
        self._lines: dict[tuple[UUID, int], ImportLine] = tables.table("map_import_lines")

    async def add(self, sent: MapImport, content: bytes) -> None:
        self._rows[sent.id] = replace(sent)
        self._parts[sent.id, AS_SENT] = content

    async def get(self, import_id: UUID) -> MapImport | None:
        return await self.read(import_id)

    async def read(self, import_id: UUID) -> MapImport | None:
        row = self._rows.get(import_id)
        return replace(row) if row else None

    async def next_to_work_at(self) -> MapImport | None:
        waiting = sorted((row for row in self._rows.values() if row.is_working), key=lambda row: row.id)
        return replace(waiting[0]) if waiting else None

    async def save(self, sent: MapImport) -> None:
        if sent.state in CHANGING and any(row.state in CHANGING and row.id != sent.id for row in self._rows.values()):
            raise ImportBusy
        self._rows[sent.id] = replace(sent)

    async def read_last_taken(self) -> MapImport | None:
        taken = [(row.taken_at, row.id, row) for row in self._rows.values() if row.taken_at]
        return replace(max(taken)[2]) if taken else None

    async def list_recent(self, limit: int) -> list[MapImport]:
        newest = sorted(self._rows.values(), key=lambda row: row.id, reverse=True)
        return [replace(row) for row in newest[:limit]]

    async def add_parts(self, import_id: UUID, parts: Mapping[int, bytes]) -> None:
        self._parts.update({(import_id, number): part for number, part in parts.items()})

    async def read_part(self, import_id: UUID, number: int) -> bytes | None:
        return self._parts.get((import_id, number))

    async def add_lines(self, import_id: UUID, lines: Sequence[ImportLine]) -> None:
        for line in lines:
            known = {one.subject_id for one in self._of(import_id)} - {None}
            if line.subject_id not in known:
                number = len(self._of(import_id)) + 1
                self._lines[import_id, number] = replace(line, number=number)

    async def save_lines(self, import_id: UUID, lines: Sequence[ImportLine]) -> None:
        self._lines.update({(import_id, line.number): line for line in lines})

    async def lines_of(self, import_id: UUID, subject_ids: Collection[UUID]) -> dict[UUID, ImportLine]:
        return {one.subject_id: one for one in self._of(import_id) if one.subject_id in set(subject_ids)}

    async def rows_at(self, import_id: UUID, lines: Collection[int]) -> list[ImportLine]:
        return [one for one in self._of(import_id) if one.kind is LineKind.ROW and one.line in lines]

    async def list_page(self, import_id: UUID, query: LineQuery) -> list[ImportLine]:
        wanted = [one for one in self._of(import_id) if one.verdict is query.verdict]
        found = [one for one in wanted if query.outcome in (None, one.outcome)]
        first = (query.page - 1) * query.per_page
        return found[first : first + query.per_page]

    async def list_to_undo(self, import_id: UUID, limit: int) -> list[ImportLine]:
        taken = [one for one in self._of(import_id) if one.outcome is Outcome.TAKEN]
        return taken[::-1][:limit]

    async def count(self, import_id: UUID) -> list[LineCount]:
        counts = Counter((one.kind, one.verdict, one.outcome) for one in self._of(import_id))
        return [LineCount(*what, lines) for what, lines in sorted(counts.items())]

    async def forget(self, sent_before: datetime) -> None:
        last = await self.read_last_taken()
        old = {row.id for row in self._rows.values() if row.sent_at < sent_before and not row.is_working}
        for key in [key for key in self._parts if key[0] in old]:
            del self._parts[key]
        gone = old - ({last.id} if last else set())
        for key in [key for key in self._lines if key[0] in gone]:
            del self._lines[key]
        for import_id in gone:
            del self._rows[import_id]

    def _of(self, import_id: UUID) -> list[ImportLine]:
        return [line for (of, _), line in sorted(self._lines.items()) if of == import_id]
