"""The board: read straight from the columns of `watches`."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import Row, or_
from sqlmodel import col, func, select

from services.monitoring.domain.board import (
    BY_LANE,
    RINGING,
    BoardFigures,
    BoardFilter,
    BoardOrder,
    BoardRow,
    HeldRow,
    PaceFigures,
    StepPace,
)
from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.lane import Lane
from services.monitoring.domain.state import CaseState
from services.monitoring.domain.watch import Phase
from services.monitoring.store.narrowing import condition, held_cases, one_page
from services.monitoring.store.rows import LANES, lane_rank
from services.monitoring.store.tables import WATCHES, WatchRow
from shared.events.base import Beneficiary, Urgency
from shared.events.monitoring import EscalationReason
from shared.messaging.postgres_unit import PostgresUnit
from shared.storage.tables import parked_events
from shared.unit_of_work import Buffer

# What a line of the board is made of.
LINE = [WATCHES.c[name] for name in (one.name for one in fields(BoardRow)) if name != "lane"] + [WATCHES.c.lane_rank]


class PostgresBoard:
    """What coordinators see."""

    def __init__(self, unit: PostgresUnit, watches: Buffer) -> None:
        self._unit = unit
        self._watches = watches

    async def list_cases(
        self, wanted: BoardFilter, order: BoardOrder = BY_LANE, *, limit: int, offset: int = 0
    ) -> list[BoardRow]:
        await self._watches.flush()
        connection = await self._unit.session.connection()
        page = [*await connection.scalars(one_page(wanted, order, limit=limit, offset=offset))]
        # The whole watch is long, and its columns say enough.
        rows = await connection.execute(sqlalchemy.select(*LINE).where(WATCHES.c.case_id.in_(page)))
        lines = {row.case_id: _board_row(row) for row in rows}
        return [lines[case_id] for case_id in page]

    async def list_held(self) -> list[HeldRow]:
        await self._watches.flush()
        connection = await self._unit.session.connection()
        return [HeldRow(*row) for row in await connection.execute(held_cases())]

    async def count_cases(self, wanted: BoardFilter) -> int:
        await self._watches.flush()
        query = select(func.count(col(WatchRow.case_id))).where(condition(wanted))
        return (await self._unit.session.exec(query)).one()

    async def count_lanes(self, wanted: BoardFilter) -> dict[Lane | None, int]:
        await self._watches.flush()
        rank = col(WatchRow.lane_rank)
        query = select(rank, func.count(col(WatchRow.case_id))).where(condition(replace(wanted, lane=None)))
        counts = dict((await self._unit.session.exec(query.group_by(rank))).all())
        return {lane: counts.get(lane_rank(lane), 0) for lane in (*LANES, None)}

    async def count_each(self, wanted: Sequence[BoardFilter]) -> list[int]:
        if not wanted:
            return []
        await self._watches.flush()
        of_each = [func.count(col(WatchRow.case_id)).filter(condition(one)) for one in wanted]
        connection = await self._unit.session.connection()
        return list((await connection.execute(sqlalchemy.select(*of_each))).one())

    async def read_figures(self, now: datetime) -> BoardFigures:
        await self._watches.flush()
        next_action_at = col(WatchRow.next_action_at)
        clock_is_late = or_(next_action_at.is_(None), next_action_at < now - RINGING)
        query = select(
            func.count(col(WatchRow.case_id)),
            func.count(col(WatchRow.case_id)).filter(col(WatchRow.open_escalations) > 0),
            func.count(col(WatchRow.out_of_sight_since)),
            func.count(col(WatchRow.case_id)).filter(clock_is_late),
        ).where(col(WatchRow.phase) == Phase.OPEN.value)
        open_cases, stuck, out_of_sight, without_next_step = (await self._unit.session.exec(query)).one()
        parked = (await self._unit.session.exec(select(func.count()).select_from(parked_events))).one()
        return BoardFigures(open_cases, stuck, out_of_sight, without_next_step, parked)

    async def read_pace(self, wanted: BoardFilter) -> PaceFigures:
        await self._watches.flush()
        of_these = BoardFilter(
            district=wanted.district, category=wanted.category, asked_from=wanted.asked_from,
            asked_before=wanted.asked_before, with_ended=True,
        )  # fmt: skip
        steps = (WatchRow.first_answer_at, WatchRow.first_contact_at, WatchRow.first_help_at)
        figures = [figure for step in steps for figure in _pace(step)]
        sums = [func.coalesce(func.sum(col(one)), 0) for one in (WatchRow.warm_handovers, WatchRow.cold_handovers)]
        query = select(*figures, *sums).where(condition(of_these))
        *paces, warm, cold = (await self._unit.session.exec(query)).one()
        answer, contact, helped = (_step_pace(*paces[at : at + 3]) for at in (0, 3, 6))
        return PaceFigures(answer, contact, helped, int(warm), int(cold))


def _pace(step: datetime | None) -> tuple[Any, ...]:
    """How many cases came to this step, and the seconds that it took: the median, and what nine in ten stay within."""
    seconds = func.extract("epoch", col(step) - col(WatchRow.opened_at))
    median, ninetieth = (func.percentile_cont(share).within_group(seconds) for share in (0.5, 0.9))
    return func.count(col(step)), median, ninetieth


def _step_pace(cases: int, median: float | None, ninetieth: float | None) -> StepPace:
    in_time = [None if one is None else timedelta(seconds=float(one)) for one in (median, ninetieth)]
    return StepPace(cases, *in_time)


def _board_row(row: Row[Any]) -> BoardRow:
    return BoardRow(
        case_id=row.case_id,
        case_code=row.case_code,
        state=CaseState(row.state),
        lane=LANES[row.lane_rank] if row.lane_rank < len(LANES) else None,
        urgency=Urgency(row.urgency) if row.urgency else None,
        district=row.district,
        categories=tuple(row.categories),
        beneficiaries=tuple(Beneficiary(one) for one in row.beneficiaries),
        organisation_id=row.organisation_id,
        at_work=tuple(row.at_work),
        next_action_at=row.next_action_at,
        next_action=ClockKind(row.next_action) if row.next_action else None,
        reasons=tuple(EscalationReason(reason) for reason in row.reasons),
        level=row.level,
        owner_ids=tuple(row.owner_ids),
        waits_until=row.waits_until,
        call_id=row.call_id,
        urgency_rank=row.urgency_rank,
        waits_since=row.waits_since,
        out_of_sight_since=row.out_of_sight_since,
        opened_at=row.opened_at,
    )
