"""Notify's tables in PostgreSQL, and the unit of work over them."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, delete, func, select

from services.notify.domain.outcome import Reason
from services.notify.store.appointments import PostgresAppointments
from services.notify.store.messages import PostgresMessages
from services.notify.store.preferences import PostgresPreferences
from services.notify.store.queries import PostgresOverview
from services.notify.store.receiving import PostgresClosedQuestions, PostgresReceivedMails, PostgresReplyDrafts
from services.notify.store.tables import EndedCaseRow, HeartbeatRow, OrganisationNameRow, SecretAddressRow
from shared.access.members import PostgresMembers
from shared.kernel.working_time import Calendar
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.privacy.sealed import Sealing
from shared.storage.statements import Statement

# Whoever says something about a case holds it until that is committed; whoever ends or opens it, holds it alone.
# So each finds what the other wrote. In the order of the ids, so that two batches never wait for each other.
_HOLD: Final = Statement(
    """
    SELECT CASE WHEN id = ANY(CAST(:alone AS uuid[])) THEN pg_advisory_xact_lock(key)
                ELSE pg_advisory_xact_lock_shared(key) END
    FROM (SELECT id, hashtextextended(CAST(id AS text), 0) AS key
          FROM unnest(CAST(:ids AS uuid[])) AS t (id) ORDER BY id) AS in_order
    """
)
# A statement of its own: what a statement reads is older than the locks that it waits for.
_REASON: Final = Statement("SELECT reason FROM ended_cases WHERE case_id = CAST(:case_id AS uuid)")

_IS_SECRET: Final = Statement("SELECT case_id FROM secret_addresses WHERE case_id = CAST(:case_id AS uuid)")


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


class PostgresHeartbeats:
    """The table `heartbeats`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def beat(self, job: str) -> None:
        beat = insert(HeartbeatRow).values(job=job, beat_at=self._unit.now)
        await self._unit.session.exec(
            beat.on_conflict_do_update(index_elements=["job"], set_={"beat_at": self._unit.now})
        )

    async def last(self, job: str) -> datetime | None:
        query = select(HeartbeatRow.beat_at).where(HeartbeatRow.job == job)
        return (await self._unit.session.exec(query)).one_or_none()


class PostgresEndedCases:
    """The tables `ended_cases` and `secret_addresses`.

    What is held is forgotten at the edges of a savepoint, which may let go of it.
    """

    def __init__(self, unit: PostgresUnit, connection: AsyncConnection) -> None:
        self._unit, self._connection = unit, connection
        self._held: set[UUID] = set()
        self._alone: set[UUID] = set()

    async def hold(self, case_ids: Collection[UUID], *, alone: Collection[UUID] = ()) -> None:
        wanted = (set(case_ids) - self._held) | (set(alone) - self._alone)
        if wanted:
            await _HOLD.rows(self._connection, {"ids": list(wanted), "alone": list(alone)})
            self._held |= wanted
            self._alone |= set(alone)

    async def end(self, case_id: UUID, reason: Reason) -> None:
        await self.hold((), alone=[case_id])
        row = {"reason": reason.value}
        await self._unit.session.exec(
            insert(EndedCaseRow)
            .values(case_id=case_id, **row)
            .on_conflict_do_update(index_elements=["case_id"], set_=row)
        )

    async def reopen(self, case_id: UUID, reason: Reason) -> None:
        await self.hold((), alone=[case_id])
        for_this = col(EndedCaseRow.case_id) == case_id, col(EndedCaseRow.reason) == reason
        await self._unit.session.exec(delete(EndedCaseRow).where(*for_this))

    async def forget_case(self, case_id: UUID) -> None:
        await self.hold((), alone=[case_id])
        await self._unit.session.exec(delete(EndedCaseRow).where(col(EndedCaseRow.case_id) == case_id))
        await self.show_address(case_id)

    async def hide_address(self, case_id: UUID) -> None:
        await self.hold((), alone=[case_id])
        await self._unit.session.exec(insert(SecretAddressRow).values(case_id=case_id).on_conflict_do_nothing())

    async def show_address(self, case_id: UUID) -> None:
        await self.hold((), alone=[case_id])
        await self._unit.session.exec(delete(SecretAddressRow).where(col(SecretAddressRow.case_id) == case_id))

    async def has_secret_address(self, case_id: UUID) -> bool:
        await self.hold([case_id])
        return bool(await _IS_SECRET.rows(self._connection, {"case_id": case_id}))

    async def count(self, reason: Reason) -> int:
        query = select(func.count()).select_from(EndedCaseRow).where(col(EndedCaseRow.reason) == reason)
        return (await self._unit.session.exec(query)).one()

    async def get_reason(self, case_id: UUID) -> Reason | None:
        await self.hold([case_id])
        rows = await _REASON.rows(self._connection, {"case_id": case_id})
        return Reason(rows[0]["reason"]) if rows else None

    async def flush(self) -> None:
        """Nothing is collected."""

    def forget(self) -> None:
        self._held.clear()
        self._alone.clear()


class PostgresNotifyUnit(PostgresUnit):
    """One transaction of notify."""

    def __init__(self, context: UnitContext, calendar: Calendar, sealing: Sealing | None = None) -> None:
        super().__init__(context)
        self.calendar = calendar
        self.messages = PostgresMessages(self, context.connection)
        self.members = PostgresMembers(context.connection)
        self.organisations = PostgresOrganisations(self)
        self.preferences = PostgresPreferences(self, context.connection)
        self.appointments = PostgresAppointments(self)
        self.heartbeats = PostgresHeartbeats(self)
        self.ended_cases = PostgresEndedCases(self, context.connection)
        self.overview = PostgresOverview(self)
        self.received = PostgresReceivedMails(self)
        self.reply_drafts = PostgresReplyDrafts(self, sealing)
        self.closed_questions = PostgresClosedQuestions(self)
        self.buffers = (self.ended_cases,)
