"""Files with a map that the desk sent, on PostgreSQL. Their lines come and go in parts, of up to a thousand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from services.matching.domain.map_import import (
    AS_SENT,
    WORKING,
    ImportLine,
    ImportState,
    LineCount,
    LineKind,
    LineQuery,
    MapImport,
    Outcome,
    Verdict,
)
from services.matching.domain.map_import_errors import ImportBusy
from services.matching.domain.network import Organisation, Person, Service
from services.matching.store.field_changes import changes_of, changes_values
from services.matching.store.import_tables import ONE_AT_A_TIME
from services.matching.store.tables import MAP_IMPORT_LINES, MAP_IMPORT_PARTS, MAP_IMPORTS, one_of, upsert
from shared.messaging.postgres_unit import PostgresUnit, UnitContext

_WAITING: Final = sorted(WORKING)
_FIELDS: Final = tuple(one.name for one in fields(MapImport))
_OF: Final[dict[LineKind, type]] = {
    LineKind.ORGANISATION: Organisation, LineKind.SERVICE: Service, LineKind.PERSON: Person, LineKind.ROW: Service,
}  # fmt: skip
_ADD_LINE: Final = insert(MAP_IMPORT_LINES).on_conflict_do_nothing(index_elements=["import_id", "subject_id"])
_PUT_PART: Final = insert(MAP_IMPORT_PARTS).on_conflict_do_update(
    index_elements=["import_id", "number"], set_={"content": insert(MAP_IMPORT_PARTS).excluded.content}
)
_SAVE_LINE: Final = insert(MAP_IMPORT_LINES).on_conflict_do_update(
    index_elements=["import_id", "number"],
    set_={one.name: insert(MAP_IMPORT_LINES).excluded[one.name] for one in MAP_IMPORT_LINES.columns},
)


class PostgresMapImports:
    """The tables `map_imports`, `map_import_parts` and `map_import_lines`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit

    async def add(self, sent: MapImport, content: bytes) -> None:
        await self._connection.execute(insert(MAP_IMPORTS).values(_values(sent)))
        await self.add_parts(sent.id, {AS_SENT: content})

    async def get(self, import_id: UUID) -> MapImport | None:
        return await self._one(_imports(MAP_IMPORTS.c.id == import_id).with_for_update())

    async def read(self, import_id: UUID) -> MapImport | None:
        return await self._one(_imports(MAP_IMPORTS.c.id == import_id))

    async def next_to_work_at(self) -> MapImport | None:
        oldest = _imports(MAP_IMPORTS.c.state.in_(_WAITING)).order_by(MAP_IMPORTS.c.id).limit(1)
        return await self._one(oldest.with_for_update(skip_locked=True))

    async def save(self, sent: MapImport) -> None:
        try:
            # Its own savepoint, so that the refusal leaves the transaction whole.
            async with self._unit.savepoint():
                await self._connection.execute(upsert(MAP_IMPORTS, _values(sent)))
        except IntegrityError as error:
            if ONE_AT_A_TIME in str(error.orig):
                raise ImportBusy from error
            raise

    async def read_last_taken(self) -> MapImport | None:
        taken = _imports(MAP_IMPORTS.c.taken_at.is_not(None))
        return await self._one(taken.order_by(MAP_IMPORTS.c.taken_at.desc(), MAP_IMPORTS.c.id.desc()).limit(1))

    async def list_recent(self, limit: int) -> list[MapImport]:
        newest = _imports(true()).order_by(MAP_IMPORTS.c.id.desc()).limit(limit)
        return [_import_of(row) for row in await self._connection.execute(newest)]

    async def add_parts(self, import_id: UUID, parts: Mapping[int, bytes]) -> None:
        rows = [{"import_id": import_id, "number": number, "content": part} for number, part in parts.items()]
        if rows:
            await self._connection.execute(_PUT_PART, rows)

    async def read_part(self, import_id: UUID, number: int) -> bytes | None:
        columns = MAP_IMPORT_PARTS.c
        query = select(columns.content).where(columns.import_id == import_id, columns.number == number)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def add_lines(self, import_id: UUID, lines: Sequence[ImportLine]) -> None:
        if not lines:
            return
        last = select(func.coalesce(func.max(MAP_IMPORT_LINES.c.number), 0)).where(_of(import_id))
        first = (await self._connection.execute(last)).scalar_one() + 1
        rows = [_line_values(import_id, line) | {"number": first + at} for at, line in enumerate(lines)]
        await self._connection.execute(_ADD_LINE, rows)

    async def save_lines(self, import_id: UUID, lines: Sequence[ImportLine]) -> None:
        if lines:
            await self._connection.execute(_SAVE_LINE, [_line_values(import_id, line) for line in lines])

    async def lines_of(self, import_id: UUID, subject_ids: Collection[UUID]) -> dict[UUID, ImportLine]:
        query = _lines(_of(import_id), one_of(MAP_IMPORT_LINES.c.subject_id, subject_ids))
        return {row.subject_id: _line_of(row) for row in await self._connection.execute(query)}

    async def rows_at(self, import_id: UUID, lines: Collection[int]) -> list[ImportLine]:
        columns = MAP_IMPORT_LINES.c
        query = _lines(_of(import_id), columns.kind == LineKind.ROW.value, one_of(columns.line, lines))
        return [_line_of(row) for row in await self._connection.execute(query.order_by(columns.number))]

    async def list_page(self, import_id: UUID, query: LineQuery) -> list[ImportLine]:
        columns = MAP_IMPORT_LINES.c
        wanted = [_of(import_id), columns.verdict == query.verdict.value]
        if query.outcome is not None:
            wanted.append(columns.outcome == query.outcome.value)
        page = _lines(*wanted).order_by(columns.number).limit(query.per_page)
        rows = await self._connection.execute(page.offset((query.page - 1) * query.per_page))
        return [_line_of(row) for row in rows]

    async def list_to_undo(self, import_id: UUID, limit: int) -> list[ImportLine]:
        taken = _lines(_of(import_id), MAP_IMPORT_LINES.c.outcome == Outcome.TAKEN.value)
        last = taken.order_by(MAP_IMPORT_LINES.c.number.desc()).limit(limit)
        return [_line_of(row) for row in await self._connection.execute(last)]

    async def count(self, import_id: UUID) -> list[LineCount]:
        columns = MAP_IMPORT_LINES.c
        by = (columns.kind, columns.verdict, columns.outcome)
        query = select(*by, func.count()).where(_of(import_id)).group_by(*by).order_by(*by)
        rows = await self._connection.execute(query)
        return [LineCount(LineKind(row[0]), Verdict(row[1]), Outcome(row[2]), row[3]) for row in rows]

    async def forget(self, sent_before: datetime) -> None:
        columns = MAP_IMPORTS.c
        is_old = and_(columns.sent_at < sent_before, columns.state.not_in(_WAITING))
        last = select(columns.id).where(columns.taken_at.is_not(None)).order_by(columns.taken_at.desc()).limit(1)
        old = select(columns.id).where(is_old)
        await self._connection.execute(delete(MAP_IMPORT_PARTS).where(MAP_IMPORT_PARTS.c.import_id.in_(old)))
        await self._connection.execute(delete(MAP_IMPORTS).where(is_old, columns.id.not_in(last)))

    async def _one(self, query: Select[Any]) -> MapImport | None:
        row = (await self._connection.execute(query)).one_or_none()
        return _import_of(row) if row else None


def _imports(which: ColumnElement[bool]) -> Select[Any]:
    return select(MAP_IMPORTS).where(which)


def _lines(*which: ColumnElement[bool]) -> Select[Any]:
    return select(MAP_IMPORT_LINES).where(*which)


def _of(import_id: UUID) -> ColumnElement[bool]:
    return MAP_IMPORT_LINES.c.import_id == import_id


def _import_of(row: Row[Any]) -> MapImport:
    return MapImport(**{name: row._mapping[name] for name in _FIELDS} | {"state": ImportState(row.state)})  # noqa: SLF001 - a column may be called as a method of a row


def _values(sent: MapImport) -> dict[str, Any]:
    return {name: getattr(sent, name) for name in _FIELDS} | {"state": sent.state.value}


def _line_of(row: Row[Any]) -> ImportLine:
    kind = LineKind(row.kind)
    return ImportLine(
        kind=kind,
        verdict=Verdict(row.verdict),
        name=row.name,
        subject_id=row.subject_id,
        line=row.line,
        column=row.place,
        problem=row.problem,
        example=row.example,
        changes=changes_of(_OF[kind], row.changes),
        outcome=Outcome(row.outcome),
        version=row.version,
        number=row.number,
    )


def _line_values(import_id: UUID, line: ImportLine) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "number": line.number,
        "kind": line.kind.value,
        "verdict": line.verdict.value,
        "outcome": line.outcome.value,
        "subject_id": line.subject_id,
        "name": line.name,
        "line": line.line,
        "place": line.column,
        "problem": line.problem,
        "example": line.example,
        "changes": changes_values(_OF[line.kind], line.changes),
        "version": line.version,
    }
