"""Erased cases that other services still have to confirm, in PostgreSQL."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from services.intake.domain.erasure import Unconfirmed
from services.intake.store.tables import UnconfirmedRow
from shared.messaging.postgres_unit import PostgresUnit


class PostgresUnconfirmed:
    """The table `unconfirmed_erasures`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def await_all(self, case_id: UUID, services: Collection[str], since: datetime) -> None:
        row = {"since": since, "waits_for": sorted(services)}
        awaited = insert(UnconfirmedRow).values(case_id=case_id, **row)
        await self._unit.session.exec(awaited.on_conflict_do_update(index_elements=["case_id"], set_=row))

    async def confirm(self, case_id: UUID, service: str) -> None:
        this, waits_for = col(UnconfirmedRow.case_id) == case_id, col(UnconfirmedRow.waits_for)
        left = func.array_remove(waits_for, service)
        await self._unit.session.exec(update(UnconfirmedRow).where(this).values(waits_for=left))
        await self._unit.session.exec(delete(UnconfirmedRow).where(this, func.cardinality(waits_for) == 0))

    async def read(self, case_id: UUID) -> Unconfirmed | None:
        # `confirm` goes past the session's models.
        this = select(UnconfirmedRow).where(UnconfirmedRow.case_id == case_id)
        row = (await self._unit.session.exec(this.execution_options(populate_existing=True))).one_or_none()
        return Unconfirmed(row.case_id, row.since, row.waits_for) if row else None

    async def list_since(self, before: datetime, limit: int) -> list[Unconfirmed]:
        old = select(UnconfirmedRow).where(col(UnconfirmedRow.since) < before)
        rows = await self._unit.session.exec(old.order_by(col(UnconfirmedRow.since)).limit(limit))
        return [Unconfirmed(row.case_id, row.since, row.waits_for) for row in rows]
