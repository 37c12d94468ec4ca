"""Rows of one table on PostgreSQL, as the repositories read and write them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection


class TableRows:
    """Rows of one table, by its key of one column."""

    def __init__(self, connection: AsyncConnection, table: Table) -> None:
        self._connection, self._table = connection, table
        (self._key,) = table.primary_key.columns

    async def write(self, row: dict[str, Any]) -> None:
        """Add it, or renew the one with its key."""
        added = insert(self._table).values(row)
        await self._connection.execute(added.on_conflict_do_update(index_elements=[self._key], set_=row))

    async def find(self, row_id: UUID, *, locked: bool = False) -> dict[str, Any] | None:
        """One, locked until the transaction ends when that is asked for."""
        query = select(self._table).where(self._key == row_id)
        found = await self._connection.execute(query.with_for_update() if locked else query)
        row = found.mappings().one_or_none()
        return dict(row) if row else None

    async def remove(self, row_id: UUID) -> None:
        """For good."""
        await self._connection.execute(delete(self._table).where(self._key == row_id))

    async def list_rows(self, query: Select[Any]) -> list[dict[str, Any]]:
        """Those of the query."""
        return [dict(row) for row in (await self._connection.execute(query)).mappings()]
