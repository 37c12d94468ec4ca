"""Who sits at which table, on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.table_plan import Arrangement, Placing, TablePlan, Why
from services.community.store.acquaintance_tables import TABLE_PLANS, TABLE_SEATS
from services.community.store.rows import Row
from services.community.store.table_rows import TableRows
from services.community.store.tables import SEATS


class PostgresTables:
    """The tables `table_plans` and `table_seats`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._plans, self._seats = TableRows(connection, TABLE_PLANS), TableRows(connection, TABLE_SEATS)

    async def read_plan(self, gathering_id: UUID) -> TablePlan | None:
        row = await self._plans.find(gathering_id)
        return TablePlan(**{**row, "arrangement": Arrangement(row["arrangement"])}) if row else None

    async def save_plan(self, plan: TablePlan) -> None:
        await self._plans.write(asdict(plan))

    async def place(self, placings: Collection[Placing]) -> None:
        for placing in placings:
            await self._seats.write(asdict(placing))

    async def read_placing(self, seat_id: UUID) -> Placing | None:
        row = await self._seats.find(seat_id)
        return _placing_of(row) if row else None

    async def list_of(self, gathering_id: UUID) -> list[Placing]:
        theirs = select(TABLE_SEATS).join(SEATS, SEATS.c.id == TABLE_SEATS.c.seat_id)
        found = theirs.where(SEATS.c.gathering_id == gathering_id).order_by(TABLE_SEATS.c.seat_id)
        return [_placing_of(row) for row in await self._seats.list_rows(found)]

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        await self._connection.execute(delete(TABLE_SEATS).where(TABLE_SEATS.c.seat_id.in_(seat_ids)))


def _placing_of(row: Row) -> Placing:
    return Placing(**{**row, "why": Why(row["why"])})
