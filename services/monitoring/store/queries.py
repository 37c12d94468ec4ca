"""The board: read straight from the columns of `watches`."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import and_, or_
from sqlalchemy.orm import defer
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.state import CaseState
from services.monitoring.domain.watch import Phase
from services.monitoring.ports import BoardFigures, BoardFilter, BoardRow
from services.monitoring.store.rows import RINGING, wanted_phases
from services.monitoring.store.tables import WatchRow
from shared.events.base import Urgency
from shared.events.monitoring import EscalationReason
from shared.messaging.postgres_unit import PostgresUnit
from shared.storage.tables import parked_events
from shared.unit_of_work import Buffer

ResultT = TypeVar("ResultT")
STUCK_FIRST = (
    col(WatchRow.out_of_sight_since).asc().nulls_last(), col(WatchRow.open_escalations) == 0,
    col(WatchRow.next_action_at).asc().nulls_last(), col(WatchRow.case_id),
)  # fmt: skip


class PostgresBoard:
    """What coordinators see."""

    def __init__(self, unit: PostgresUnit, watches: Buffer) -> None:
        self._unit = unit
        self._watches = watches

    async def list_cases(self, wanted: BoardFilter, *, limit: int, offset: int = 0) -> list[BoardRow]:
        await self._watches.flush()
        query = _wanted(select(WatchRow), wanted).order_by(*STUCK_FIRST).limit(limit).offset(offset)
        # The whole watch is long, and its columns say enough. Watches are saved past the session: read anew each time.
        whole = defer(WatchRow.document)  # type: ignore[arg-type]  # SQLModel declares what an attribute holds
        query = query.options(whole).execution_options(populate_existing=True)
        return [_board_row(row) for row in await self._unit.session.exec(query)]

    async def count_cases(self, wanted: BoardFilter) -> int:
        await self._watches.flush()
        query = _wanted(select(func.count(col(WatchRow.case_id))), wanted)
        return (await self._unit.session.exec(query)).one()

    async def read_figures(self, now: datetime) -> BoardFigures:
        await self._watches.flush()
        next_action_at = col(WatchRow.next_action_at)
        clock_is_late = or_(next_action_at.is_(None), next_action_at < now - RINGING)
        query = select(
            func.count(col(WatchRow.case_id)),
            func.count(col(WatchRow.case_id)).filter(col(WatchRow.open_escalations) > 0),
            func.count(col(WatchRow.out_of_sight_since)),
            func.count(col(WatchRow.case_id)).filter(and_(col(WatchRow.open_escalations) == 0, clock_is_late)),
        ).where(col(WatchRow.phase) == Phase.OPEN.value)
        open_cases, stuck, out_of_sight, without_next_step = (await self._unit.session.exec(query)).one()
        parked = (await self._unit.session.exec(select(func.count()).select_from(parked_events))).one()
        return BoardFigures(open_cases, stuck, out_of_sight, without_next_step, parked)

    async def organisations_at_work(self) -> list[UUID]:
        await self._watches.flush()
        each = select(func.unnest(WatchRow.at_work).label("one")).where(col(WatchRow.phase) == Phase.OPEN.value)
        found = each.distinct().subquery()
        return list(await self._unit.session.exec(select(found.c.one).order_by(found.c.one)))


def _wanted(query: SelectOfScalar[ResultT], wanted: BoardFilter) -> SelectOfScalar[ResultT]:
    query = query.where(col(WatchRow.phase).in_(sorted(phase.value for phase in wanted_phases(wanted))))
    if wanted.district is not None:
        query = query.where(col(WatchRow.district) == wanted.district)
    if wanted.state is not None:
        query = query.where(col(WatchRow.state) == wanted.state.value)
    if wanted.organisation_id is not None:
        ours = col(WatchRow.organisation_id) == wanted.organisation_id
        query = query.where(or_(ours, col(WatchRow.at_work).contains([wanted.organisation_id])))
    if wanted.stuck_only:
        query = query.where(col(WatchRow.open_escalations) > 0)
    return query


def _board_row(row: WatchRow) -> BoardRow:
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
