"""Notify's tables in PostgreSQL, and the unit of work over them."""

from typing import Final
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, delete, select

from services.notify.domain.outcome import Reason
from services.notify.store.appointments import PostgresAppointments
from services.notify.store.messages import PostgresMessages
from services.notify.store.preferences import PostgresPreferences
from services.notify.store.queries import PostgresOverview
from services.notify.store.tables import EndedCaseRow, OrganisationNameRow
from shared.access.members import PostgresMembers
from shared.kernel.working_time import Calendar
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.storage.statements import Statement

# Asked for every mail. Whoever holds a message back keeps the case closed until that is committed, so that whoever
# opens it again finds the message.
_REASON: Final = Statement("SELECT reason FROM ended_cases WHERE case_id = CAST(:case_id AS uuid) FOR SHARE")


class PostgresOrganisations:
    """The table `organisation_names`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def save(self, organisation_id: UUID, name: str) -> None:
        named = insert(OrganisationNameRow).values(id=organisation_id, name=name)
        await self._unit.session.exec(named.on_conflict_do_update(index_elements=["id"], set_={"name": name}))

    async def get_name(self, organisation_id: UUID) -> str | None:
        query = select(OrganisationNameRow.name).where(OrganisationNameRow.id == organisation_id)
        return (await self._unit.session.exec(query)).one_or_none()


class PostgresEndedCases:
    """The table `ended_cases`."""

    def __init__(self, unit: PostgresUnit, connection: AsyncConnection) -> None:
        self._unit, self._connection = unit, connection

    async def end(self, case_id: UUID, reason: Reason) -> None:
        row = {"reason": reason.value}
        await self._unit.session.exec(
            insert(EndedCaseRow)
            .values(case_id=case_id, **row)
            .on_conflict_do_update(index_elements=["case_id"], set_=row)
        )

    async def reopen(self, case_id: UUID) -> None:
        only_closed = col(EndedCaseRow.case_id) == case_id, col(EndedCaseRow.reason) == Reason.CASE_CLOSED
        await self._unit.session.exec(delete(EndedCaseRow).where(*only_closed))

    async def get_reason(self, case_id: UUID) -> Reason | None:
        rows = await _REASON.rows(self._connection, {"case_id": case_id})
        return Reason(rows[0]["reason"]) if rows else None


class PostgresNotifyUnit(PostgresUnit):
    """One transaction of notify."""

    def __init__(self, context: UnitContext, calendar: Calendar) -> None:
        super().__init__(context)
        self.calendar = calendar
        self.messages = PostgresMessages(self, context.connection)
        self.members = PostgresMembers(context.connection)
        self.organisations = PostgresOrganisations(self)
        self.preferences = PostgresPreferences(self, context.connection)
        self.appointments = PostgresAppointments(self)
        self.ended_cases = PostgresEndedCases(self, context.connection)
        self.overview = PostgresOverview(self)
