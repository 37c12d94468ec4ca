"""The audit log in PostgreSQL, asked about those who read."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, distinct, func, select
from sqlmodel import col

from services.intake.domain.audited import LIST, TOLD_DESK
from services.intake.domain.case_state import ENDED
from services.intake.ports.readers import Reader
from services.intake.store.tables import CaseRow
from shared.events.case_codes import UnusualReading
from shared.messaging.audit import line_of_row
from shared.messaging.postgres_unit import UnitContext
from shared.privacy.audit import About, Action, AuditEntry, Outcome
from shared.storage.statements import Statement
from shared.storage.tables import audit_lines

LINE: Final = audit_lines.c
FAMILIES: Final = func.count(distinct(LINE.about_id))
_ONE_AFTER_THE_OTHER: Final = Statement("SELECT pg_advisory_xact_lock(hashtext('schakel.unusual-reading'))")


class PostgresReaders:
    """The table `audit_lines`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection

    async def list_busy(self, since: datetime, most: int) -> list[Reader]:
        return await self._readers(_readers_since(since).having(most < FAMILIES))

    async def list_without_task(self, since: datetime) -> list[Reader]:
        was_over = col(CaseRow.state).in_(ENDED), col(CaseRow.changed_at) < LINE.at
        of_a_case = _readers_since(since).join(CaseRow, col(CaseRow.id) == LINE.about_id)
        return await self._readers(of_a_case.where(LINE.in_place_of.is_not(None), *was_over))

    async def last_told(self, person_id: UUID, kind: UnusualReading) -> datetime | None:
        await _ONE_AFTER_THE_OTHER.rows(self._connection)
        about = LINE.about == About.PERSON, LINE.about_id == person_id
        return await self._last(and_(*about, LINE.purpose == TOLD_DESK, LINE.reason == kind.value))

    async def list_of_case(self, case_id: UUID, limit: int) -> list[AuditEntry]:
        of_case = select(audit_lines).where(LINE.about == About.CASE, LINE.about_id == case_id)
        rows = await self._connection.execute(of_case.order_by(LINE.position.desc()).limit(limit))
        return [line_of_row(row).entry for row in rows.mappings()]

    async def last_reason(self, case_id: UUID, person_id: UUID) -> datetime | None:
        of_case = LINE.about == About.CASE, LINE.about_id == case_id
        return await self._last(and_(*of_case, LINE.person_id == person_id, LINE.action == Action.BREAK_GLASS))

    async def _readers(self, query: Select[tuple[UUID, int, datetime]]) -> list[Reader]:
        rows = await self._connection.execute(query.order_by(LINE.person_id))
        return [Reader(row.person_id, row.families, row.since) for row in rows]

    async def _last(self, asked: ColumnElement[bool]) -> datetime | None:
        found: datetime | None = await self._connection.scalar(select(func.max(LINE.at)).where(asked))
        return found


def _readers_since(since: datetime) -> Select[tuple[UUID, int, datetime]]:
    read = LINE.action == Action.READ, LINE.about == About.CASE, LINE.outcome == Outcome.DONE
    opened = func.jsonb_array_length(LINE.fields) > 0, LINE.purpose != LIST, LINE.person_id.is_not(None)
    counted = select(LINE.person_id, FAMILIES.label("families"), func.min(LINE.at).label("since")).select_from(
        audit_lines
    )
    return counted.where(LINE.at >= since, *read, *opened).group_by(LINE.person_id)
