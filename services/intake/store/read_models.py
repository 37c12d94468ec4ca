"""What intake keeps of the other services' facts, in PostgreSQL."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, any_, bindparam, delete, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Uuid

from services.intake.domain.progress import Moment, NeedProgress, Progress
from services.intake.ports import Person
from services.intake.store.tables import IntakeTable, MomentRow, OrganisationRow, PersonRow, ProgressRow, ServiceRow
from shared.events.base import Role
from shared.storage.statements import Statement

ORGANISATIONS = IntakeTable.metadata.tables[OrganisationRow.__tablename__]
SERVICES = IntakeTable.metadata.tables[ServiceRow.__tablename__]
PEOPLE = IntakeTable.metadata.tables[PersonRow.__tablename__]
MOMENTS = IntakeTable.metadata.tables[MomentRow.__tablename__]
PROGRESS = IntakeTable.metadata.tables[ProgressRow.__tablename__]

_PEOPLE = Statement("SELECT * FROM people WHERE id = ANY(CAST(:ids AS uuid[]))")
# One array, so that every number of ids is the same prepared statement.
_IDS = bindparam("ids", type_=ARRAY(Uuid))
_NAMES = (
    select(ORGANISATIONS.c.id, ORGANISATIONS.c.name)
    .where(ORGANISATIONS.c.id == any_(_IDS))
    .union_all(select(SERVICES.c.id, SERVICES.c.name).where(SERVICES.c.id == any_(_IDS)))
)
_PROGRESS = select(PROGRESS).where(PROGRESS.c.case_id == any_(_IDS)).order_by(PROGRESS.c.need_id)


class PostgresNetwork:
    """The tables `organisations`, `services` and `people`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put_organisation(self, organisation_id: UUID, name: str) -> None:
        """Keep its name."""
        await _put(self._connection, ORGANISATIONS, {"id": organisation_id, "name": name})

    async def put_service(self, service_id: UUID, organisation_id: UUID, name: str) -> None:
        """Keep its name, and whose it is."""
        row = {"id": service_id, "organisation_id": organisation_id, "name": name}
        await _put(self._connection, SERVICES, row)

    async def put_person(self, person: Person) -> None:
        """Keep what it may do."""
        row = {
            "id": person.id,
            "organisation_id": person.organisation_id,
            "role": person.role.value,
            "active": person.active,
        }
        await _put(self._connection, PEOPLE, row)

    async def people(self, ids: Collection[UUID]) -> dict[UUID, Person]:
        """Those who are known."""
        rows = await _PEOPLE.rows(self._connection, {"ids": list(ids)})
        return {row["id"]: Person(row["id"], row["organisation_id"], Role(row["role"]), row["active"]) for row in rows}

    async def names(self, ids: Collection[UUID]) -> dict[UUID, str]:
        """Those that are known."""
        rows = (await self._connection.execute(_NAMES, {"ids": list(ids)})).all()
        return {row.id: row.name for row in rows}

    async def organisations(self) -> dict[UUID, str]:
        """In the order of their names."""
        query = select(ORGANISATIONS).order_by(ORGANISATIONS.c.name, ORGANISATIONS.c.id)
        return {row.id: row.name for row in (await self._connection.execute(query)).all()}


class PostgresTimeline:
    """The tables `moments` and `need_progress`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, moment: Moment) -> None:
        """One line more."""
        row = {name: getattr(moment, name) for name in Moment.__dataclass_fields__}
        await self._connection.execute(MOMENTS.insert(), row)

    async def of_case(self, case_id: UUID) -> list[Moment]:
        """Oldest first."""
        query = select(MOMENTS).where(MOMENTS.c.case_id == case_id).order_by(MOMENTS.c.at, MOMENTS.c.id)
        rows = (await self._connection.execute(query)).all()
        return [Moment(**{name: getattr(row, name) for name in Moment.__dataclass_fields__}) for row in rows]

    async def put_progress(self, progress: NeedProgress) -> None:
        """Where a need stands now."""
        row = {name: getattr(progress, name) for name in NeedProgress.__dataclass_fields__}
        await _put(self._connection, PROGRESS, {**row, "progress": progress.progress.value})

    async def progress_of(self, case_ids: Collection[UUID]) -> dict[UUID, list[NeedProgress]]:
        """Per case."""
        found: dict[UUID, list[NeedProgress]] = {}
        for row in (await self._connection.execute(_PROGRESS, {"ids": list(case_ids)})).all():
            found.setdefault(row.case_id, []).append(_progress(row))
        return found

    async def forget(self, case_id: UUID) -> None:
        """Remove everything of this case."""
        for table in (MOMENTS, PROGRESS):
            await self._connection.execute(delete(table).where(table.c.case_id == case_id))


def _progress(row: Row[Any]) -> NeedProgress:
    values = {name: getattr(row, name) for name in NeedProgress.__dataclass_fields__}
    return NeedProgress(**{**values, "progress": Progress(row.progress)})


async def _put(connection: AsyncConnection, table: Table, row: dict[str, Any]) -> None:
    """Insert, or renew the row with the same key."""
    statement = insert(table)
    (key,) = table.primary_key.columns
    changes = {name: statement.excluded[name] for name in row if name != key.name}
    await connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=changes), row)
