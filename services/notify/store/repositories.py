"""Notify's tables in PostgreSQL, and the unit of work over them."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.outcome import Reason
from services.notify.ports import Person
from services.notify.store.messages import PostgresMessages
from services.notify.store.queries import PostgresOverview
from services.notify.store.tables import EndedCaseRow, NotifyTable, PersonRow
from shared.events.base import Role
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.storage.statements import Statement

PEOPLE = NotifyTable.metadata.tables[PersonRow.__tablename__]
ENDED_CASES = NotifyTable.metadata.tables[EndedCaseRow.__tablename__]
# Who holds a message back keeps the case closed until that is committed, so that who opens it finds the message.
_WHY: Final = Statement("SELECT reason FROM ended_cases WHERE case_id = CAST(:case_id AS uuid) FOR SHARE")


class PostgresPeople:
    """The table `people`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, person: Person) -> None:
        """Remember, or renew."""
        row = {"organisation_id": person.organisation_id, "role": person.role.value, "active": person.active}
        await self._connection.execute(
            insert(PEOPLE).values(id=person.id, **row).on_conflict_do_update(index_elements=["id"], set_=row)
        )

    async def coordinators(self) -> list[UUID]:
        """The active coordinators."""
        query = select(PEOPLE.c.id).where(PEOPLE.c.role == Role.COORDINATOR.value, PEOPLE.c.active)
        return list((await self._connection.execute(query.order_by(PEOPLE.c.id))).scalars())


class PostgresEndedCases:
    """The table `ended_cases`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def end(self, case_id: UUID, reason: Reason) -> None:
        """No more mail about this case."""
        row = {"reason": reason.value}
        await self._connection.execute(
            insert(ENDED_CASES)
            .values(case_id=case_id, **row)
            .on_conflict_do_update(index_elements=["case_id"], set_=row)
        )

    async def reopen(self, case_id: UUID) -> None:
        """Mail about this case again, when it was only closed."""
        only_closed = ENDED_CASES.c.reason == Reason.CASE_CLOSED.value
        await self._connection.execute(delete(ENDED_CASES).where(ENDED_CASES.c.case_id == case_id, only_closed))

    async def why(self, case_id: UUID) -> Reason | None:
        """Why it ended."""
        rows = await _WHY.rows(self._connection, {"case_id": case_id})
        return Reason(rows[0]["reason"]) if rows else None


class PostgresNotifyUnit(PostgresUnit):
    """One transaction of notify."""

    def __init__(self, context: UnitContext) -> None:
        super().__init__(context)
        self.messages = PostgresMessages(context.connection, context.now)
        self.people = PostgresPeople(context.connection)
        self.ended_cases = PostgresEndedCases(context.connection)
        self.overview = PostgresOverview(context.connection)
