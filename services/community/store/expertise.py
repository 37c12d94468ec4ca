"""Experts by experience and what is asked of them on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.expertise import AskState, Expert, ExpertAsk
from services.community.store.programme_tables import EXPERT_ASKS, EXPERTS
from services.community.store.rows import Row
from services.community.store.table_rows import TableRows
from services.community.store.tables import GATHERINGS


class PostgresExperts:
    """The table `experts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._rows = TableRows(connection, EXPERTS)

    async def get(self, person_id: UUID) -> Expert | None:
        row = await self._rows.find(person_id)
        return Expert(**row) if row else None

    async def save(self, expert: Expert) -> None:
        await self._rows.write(asdict(expert))

    async def remove(self, person_id: UUID) -> None:
        await self._rows.remove(person_id)

    async def list_all(self) -> list[Expert]:
        return [Expert(**row) for row in await self._rows.list_rows(select(EXPERTS).order_by(EXPERTS.c.person_id))]


class PostgresExpertAsks:
    """The table `expert_asks`. Whoever changes one holds its gathering."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, EXPERT_ASKS)

    async def get(self, ask_id: UUID) -> ExpertAsk | None:
        row = await self._rows.find(ask_id)
        return _ask_of(row) if row else None

    async def save(self, ask: ExpertAsk) -> None:
        await self._rows.write(asdict(ask))

    async def list_all(self) -> list[ExpertAsk]:
        return await self._list(select(EXPERT_ASKS))

    async def list_of(self, gathering_id: UUID) -> list[ExpertAsk]:
        return await self._list(select(EXPERT_ASKS).where(EXPERT_ASKS.c.gathering_id == gathering_id))

    async def list_of_person(self, person_id: UUID) -> list[ExpertAsk]:
        return await self._list(select(EXPERT_ASKS).where(EXPERT_ASKS.c.person_id == person_id))

    async def remove(self, ask_ids: Collection[UUID]) -> None:
        await self._connection.execute(delete(EXPERT_ASKS).where(EXPERT_ASKS.c.id.in_(ask_ids)))

    async def forget_over(self, asked: datetime, ended: datetime) -> None:
        past = select(GATHERINGS.c.id).where(GATHERINGS.c.ends_at <= ended)
        over = delete(EXPERT_ASKS).where(EXPERT_ASKS.c.state == AskState.OVER, EXPERT_ASKS.c.asked_at < asked)
        await self._connection.execute(over.where(EXPERT_ASKS.c.gathering_id.in_(past)))

    async def _list(self, query: Select[Any]) -> list[ExpertAsk]:
        in_order = query.order_by(EXPERT_ASKS.c.asked_at, EXPERT_ASKS.c.id)
        return [_ask_of(row) for row in await self._rows.list_rows(in_order)]


def _ask_of(row: Row) -> ExpertAsk:
    return ExpertAsk(**{**row, "state": AskState(row["state"])})
