"""The board: read straight from the columns of `watches`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.state import CaseState
from services.monitoring.domain.watch import Phase
from services.monitoring.ports import BoardCounts, BoardFilter, BoardRow
from services.monitoring.store.rows import RINGING, wanted_phases
from services.monitoring.store.tables import WatchRow
from shared.events.base import Urgency
from shared.events.monitoring import EscalationReason
from shared.storage.tables import parked_events
from shared.unit_of_work import Buffer

WATCHES = WatchRow.metadata.tables["watches"]
COLUMNS = (
    WATCHES.c.case_id, WATCHES.c.case_code, WATCHES.c.state, WATCHES.c.urgency, WATCHES.c.district,
    WATCHES.c.organisation_id, WATCHES.c.at_work, WATCHES.c.next_action_at, WATCHES.c.next_action,
    WATCHES.c.reasons, WATCHES.c.out_of_sight_since, WATCHES.c.opened_at,
)  # fmt: skip
STUCK_FIRST = (
    WATCHES.c.out_of_sight_since.asc().nulls_last(), WATCHES.c.open_escalations == 0,
    WATCHES.c.next_action_at.asc().nulls_last(), WATCHES.c.case_id,
)  # fmt: skip


class PostgresBoard:
    """What coordinators see."""

    def __init__(self, connection: AsyncConnection, watches: Buffer) -> None:
        self._connection = connection
        self._watches = watches

    async def rows(self, wanted: BoardFilter, *, limit: int, offset: int = 0) -> list[BoardRow]:
        """What is stuck first, then what rings first."""
        await self._watches.flush()
        query = _wanted(select(*COLUMNS), wanted).order_by(*STUCK_FIRST)
        return [_board_row(row) for row in await self._connection.execute(query.limit(limit).offset(offset))]

    async def count(self, wanted: BoardFilter) -> int:
        """How many in all."""
        await self._watches.flush()
        query = _wanted(select(func.count()).select_from(WATCHES), wanted)
        return int(await self._connection.scalar(query) or 0)

    async def counts(self, now: datetime) -> BoardCounts:
        """All figures in one look."""
        await self._watches.flush()
        clock_is_late = or_(WATCHES.c.next_action_at.is_(None), WATCHES.c.next_action_at < now - RINGING)
        lost = and_(WATCHES.c.phase == Phase.OPEN.value, WATCHES.c.open_escalations == 0, clock_is_late)
        query = select(
            func.count().label("open_cases"),
            func.count().filter(WATCHES.c.open_escalations > 0).label("stuck"),
            func.count().filter(WATCHES.c.out_of_sight_since.is_not(None)).label("out_of_sight"),
            func.count().filter(lost).label("without_next_step"),
            select(func.count()).select_from(parked_events).scalar_subquery().label("parked_events"),
        ).where(WATCHES.c.phase == Phase.OPEN.value)
        row = (await self._connection.execute(query)).one()
        return BoardCounts(row.open_cases, row.stuck, row.out_of_sight, row.without_next_step, row.parked_events)

    async def organisations_at_work(self) -> list[UUID]:
        """Each once."""
        await self._watches.flush()
        each = select(func.unnest(WATCHES.c.at_work).label("one")).where(WATCHES.c.phase == Phase.OPEN.value)
        found = each.distinct().subquery()
        return list(await self._connection.scalars(select(found.c.one).order_by(found.c.one)))


def _wanted(query: Select[Any], wanted: BoardFilter) -> Select[Any]:
    query = query.where(WATCHES.c.phase.in_(sorted(phase.value for phase in wanted_phases(wanted))))
    if wanted.district is not None:
        query = query.where(WATCHES.c.district == wanted.district)
    if wanted.state is not None:
        query = query.where(WATCHES.c.state == wanted.state.value)
    if wanted.organisation_id is not None:
        ours = WATCHES.c.organisation_id == wanted.organisation_id
        query = query.where(or_(ours, WATCHES.c.at_work.contains([wanted.organisation_id])))
    if wanted.stuck_only:
        query = query.where(WATCHES.c.open_escalations > 0)
    return query


def _board_row(row: Row[Any]) -> BoardRow:
    return BoardRow(
        case_id=row.case_id,
        case_code=row.case_code,
        state=CaseState(row.state),
        urgency=Urgency(row.urgency) if row.urgency else None,
        district=row.district,
        organisation_id=row.organisation_id,
        at_work=tuple(row.at_work),
        next_action_at=row.next_action_at,
        next_action=ClockKind(row.next_action) if row.next_action else None,
        reasons=tuple(EscalationReason(reason) for reason in row.reasons),
        out_of_sight_since=row.out_of_sight_since,
        opened_at=row.opened_at,
    )
