"""Examples for the table, on PostgreSQL."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.example import Example, ExampleState, FirstName, Told
from services.community.store.example_tables import EXAMPLE_GATHERINGS, EXAMPLES
from services.community.store.rows import Row
from services.community.store.table_rows import TableRows
from shared.events.alike_families import Children, FamilyShape, HomeLanguage
from shared.events.base import AgeBand


class PostgresExamples:
    """The tables `examples` and `example_gatherings`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, EXAMPLES)

    async def get(self, example_id: UUID) -> Example | None:
        row = await self._rows.find(example_id, locked=True)
        return _example_of(row) if row else None

    async def read(self, example_id: UUID) -> Example | None:
        row = await self._rows.find(example_id)
        return _example_of(row) if row else None

    async def save(self, example: Example) -> None:
        await self._rows.write(_row_of(example))

    async def list_all(self) -> list[Example]:
        return [_example_of(row) for row in await self._rows.list_rows(select(EXAMPLES).order_by(EXAMPLES.c.id))]

    async def list_of(self, gathering_id: UUID) -> list[Example]:
        tied = select(EXAMPLES).join(EXAMPLE_GATHERINGS, EXAMPLE_GATHERINGS.c.example_id == EXAMPLES.c.id)
        there = tied.where(EXAMPLE_GATHERINGS.c.gathering_id == gathering_id).order_by(EXAMPLES.c.id)
        return [_example_of(row) for row in await self._rows.list_rows(there)]

    async def list_gatherings(self, example_id: UUID) -> list[UUID]:
        theirs = select(EXAMPLE_GATHERINGS.c.gathering_id).where(EXAMPLE_GATHERINGS.c.example_id == example_id)
        return list(await self._connection.scalars(theirs.order_by(EXAMPLE_GATHERINGS.c.gathering_id)))

    async def tie(self, example_id: UUID, gathering_id: UUID) -> None:
        tied = insert(EXAMPLE_GATHERINGS).values(example_id=example_id, gathering_id=gathering_id)
        await self._connection.execute(tied.on_conflict_do_nothing())

    async def untie(self, example_id: UUID, gathering_id: UUID | None = None) -> None:
        gone = delete(EXAMPLE_GATHERINGS).where(EXAMPLE_GATHERINGS.c.example_id == example_id)
        if gathering_id is not None:
            gone = gone.where(EXAMPLE_GATHERINGS.c.gathering_id == gathering_id)
        await self._connection.execute(gone)

    async def list_old(self, kept_from: datetime, limit: int) -> list[UUID]:
        old = select(EXAMPLES.c.id).where(EXAMPLES.c.kept_from < kept_from)
        return list(await self._connection.scalars(old.order_by(EXAMPLES.c.kept_from, EXAMPLES.c.id).limit(limit)))

    async def remove(self, example_ids: Collection[UUID]) -> None:
        await self._connection.execute(
            delete(EXAMPLE_GATHERINGS).where(EXAMPLE_GATHERINGS.c.example_id.in_(example_ids))
        )
        await self._connection.execute(delete(EXAMPLES).where(EXAMPLES.c.id.in_(example_ids)))


def _row_of(example: Example) -> dict[str, Any]:
    shape = example.told.shape
    return {
        "id": example.id,
        "categories": list(shape.categories),
        "aged": shape.age_band,
        "lives_in": shape.district,
        "speaks": shape.home_language,
        "children": shape.children,
        "called": example.told.called,
        "body": example.told.body,
        "written_by": example.written_by,
        "kept_from": example.kept_from,
        "version": example.version,
        "state": example.state,
        "reason": example.reason,
        "approved_by": example.approved_by,
    }


def _example_of(row: Row) -> Example:
    shape = FamilyShape(
        categories=tuple(row["categories"]),
        age_band=AgeBand(row["aged"]) if row["aged"] else None,
        district=row["lives_in"],
        home_language=HomeLanguage(row["speaks"]) if row["speaks"] else None,
        children=Children(row["children"]) if row["children"] else None,
    )
    return Example(
        id=row["id"],
        told=Told(shape, FirstName(row["called"]), row["body"]),
        written_by=row["written_by"],
        kept_from=row["kept_from"],
        version=row["version"],
        state=ExampleState(row["state"]),
        reason=row["reason"],
        approved_by=row["approved_by"],
    )
