"""What intake keeps of the other services' events, in PostgreSQL."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table, any_, bindparam, delete
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Uuid
from sqlmodel import col, select

from services.intake.domain.progress import NeedProgress, Progress
from services.intake.domain.timeline import PLANNED, TimelineEntry
from services.intake.store.tables import (
    IntakeTable,
    OrganisationRow,
    ProgressRow,
    ServiceRow,
    TimelineEntryRow,
)
from shared.events.base import Code
from shared.messaging.postgres_unit import PostgresUnit, UnitContext

ORGANISATIONS: Final = IntakeTable.metadata.tables[OrganisationRow.__tablename__]
SERVICES: Final = IntakeTable.metadata.tables[ServiceRow.__tablename__]
TIMELINE: Final = IntakeTable.metadata.tables[TimelineEntryRow.__tablename__]
PROGRESS: Final = IntakeTable.metadata.tables[ProgressRow.__tablename__]
# One array, so that every number of ids is the same prepared statement.
_IDS: Final = bindparam("ids", type_=ARRAY(Uuid))
_NAMES: Final = (
    select(ORGANISATIONS.c.id, ORGANISATIONS.c.name)
    .where(ORGANISATIONS.c.id == any_(_IDS))
    .union_all(select(SERVICES.c.id, SERVICES.c.name).where(SERVICES.c.id == any_(_IDS)))
)


class PostgresNetwork:
    """The tables `organisations` and `services`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection = context.connection
        self._unit = unit

    async def save_organisation(self, organisation_id: UUID, name: str, kind: Code | None = None) -> None:
        await _put(self._connection, ORGANISATIONS, {"id": organisation_id, "name": name, "kind": kind})

    async def save_service(self, service_id: UUID, organisation_id: UUID, name: str) -> None:
        row = {"id": service_id, "organisation_id": organisation_id, "name": name}
        await _put(self._connection, SERVICES, row)

    async def read_names(self, ids: Collection[UUID]) -> dict[UUID, str]:
        rows = (await self._connection.execute(_NAMES, {"ids": list(ids)})).all()
        return {row.id: row.name for row in rows}

    async def read_kind(self, organisation_id: UUID) -> Code | None:
        query = select(OrganisationRow.kind).where(OrganisationRow.id == organisation_id)
        return (await self._unit.session.exec(query)).one_or_none()

    async def list_organisations(self) -> dict[UUID, str]:
        query = select(OrganisationRow).order_by(col(OrganisationRow.name), col(OrganisationRow.id))
        return {row.id: row.name for row in await self._unit.session.exec(query)}


class PostgresTimeline:
    """The tables `timeline_entries` and `need_progress`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection = context.connection
        self._unit = unit

    async def add(self, entry: TimelineEntry) -> None:
        row = {name: getattr(entry, name) for name in TimelineEntry.__dataclass_fields__}
        await _put(self._connection, TIMELINE, row)

    async def forget_plans(self, case_id: UUID) -> None:
        of_case = delete(TIMELINE).where(TIMELINE.c.case_id == case_id, TIMELINE.c.kind == PLANNED)
        await self._connection.execute(of_case)

    async def list_entries(self, case_id: UUID) -> list[TimelineEntry]:
        of_case = select(TimelineEntryRow).where(TimelineEntryRow.case_id == case_id)
        # `add` goes past the session.
        fresh = of_case.execution_options(populate_existing=True)
        query = fresh.order_by(col(TimelineEntryRow.at), col(TimelineEntryRow.id))
        names = TimelineEntry.__dataclass_fields__
        rows = await self._unit.session.exec(query)
        return [TimelineEntry(**{name: getattr(row, name) for name in names}) for row in rows]

    async def save_progress(self, progress: NeedProgress) -> None:
        row = {name: getattr(progress, name) for name in NeedProgress.__dataclass_fields__}
        await _put(self._connection, PROGRESS, row)

    async def read_progress(self, case_ids: Collection[UUID]) -> dict[UUID, list[NeedProgress]]:
        query = select(ProgressRow).where(col(ProgressRow.case_id) == any_(_IDS)).order_by(col(ProgressRow.need_id))
        # `save_progress` goes past the session.
        fresh = query.execution_options(populate_existing=True)
        found: dict[UUID, list[NeedProgress]] = {}
        for row in await self._unit.session.exec(fresh, params={"ids": list(case_ids)}):
            found.setdefault(row.case_id, []).append(_progress(row))
        return found

    async def forget(self, case_id: UUID) -> None:
        for row in (TimelineEntryRow, ProgressRow):
            await self._unit.session.exec(delete(row).where(col(row.case_id) == case_id))


def _progress(row: ProgressRow) -> NeedProgress:
    values = {name: getattr(row, name) for name in NeedProgress.__dataclass_fields__}
    return NeedProgress(**{**values, "progress": Progress(row.progress)})


async def _put(connection: AsyncConnection, table: Table, row: dict[str, Any]) -> None:
    """Insert, or renew the row with the same key: one statement, because an import brings tens of thousands."""
    statement = insert(table)
    (key,) = table.primary_key.columns
    changes = {name: statement.excluded[name] for name in row if name != key.name}
    await connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=changes), row)
