"""The twins of the board: worked out from the watches each time, and saved views in dicts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil, floor
from typing import Any
from uuid import UUID

from services.monitoring.domain.board import (
    BY_LANE,
    FEWEST_LETTERS,
    RINGING,
    BoardFigures,
    BoardFilter,
    BoardOrder,
    BoardRow,
    HeldRow,
    PaceFigures,
    SavedView,
    SortKey,
    StepPace,
)  # fmt: skip
from services.monitoring.domain.lane import Lane
from services.monitoring.domain.measures import handovers_of
from services.monitoring.domain.state import CaseState
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.store.rows import (
    LANES,
    MOST_ORGANISATIONS,
    board_row,
    folded,
    lane_rank,
    letters_of,
    searched_numbers,
    wanted_phases,
    without_owner,
)  # fmt: skip
from shared.events.referral_codes import HandoverKind
from shared.unit_of_work import Parked
from tests.twins.tables import MemoryTables


def is_lost(watch: Watch, now: datetime | None = None) -> bool:
    """Whether an open case has no next step: no clock that still has to ring."""
    if not watch.is_open:
        return False
    clock = watch.next_clock
    return clock is None or (now is not None and clock.due_at < now - RINGING)


def _percentile(spans: list[float], share: float) -> timedelta | None:
    """Between the two nearest, as PostgreSQL's percentile_cont has it."""
    if not spans:
        return None
    place = share * (len(spans) - 1)
    below = spans[floor(place)]
    return timedelta(seconds=below + (spans[ceil(place)] - below) * (place - floor(place)))


def _step(watches: list[Watch], step: str) -> StepPace:
    ends = ((getattr(watch, step), watch.opened_at) for watch in watches)
    spans = sorted((end - start).total_seconds() for end, start in ends if end and start)
    return StepPace(len(spans), _percentile(spans, 0.5), _percentile(spans, 0.9))


class InMemoryBoard:
    """The board, worked out from the watches."""

    def __init__(self, tables: MemoryTables) -> None:
        self._watches: dict[UUID, Watch] = tables.table("watches")
        self._names: dict[UUID, str] = tables.table("organisations")
        self._parked: dict[str, Parked] = tables.table("parked_events")

    async def list_cases(
        self, wanted: BoardFilter, order: BoardOrder = BY_LANE, *, limit: int, offset: int = 0
    ) -> list[BoardRow]:
        rows = sorted(self._wanted(wanted), key=_by_lane)
        if order.by is not None:
            keys = {row.case_id: self._key(row, order.by) for row in rows}
            empty = [row for row in rows if keys[row.case_id] is None]
            rows = [row for row in rows if keys[row.case_id] is not None]
            rows.sort(key=lambda row: keys[row.case_id], reverse=order.descending)
            rows += empty
        return rows[offset : offset + limit]

    async def list_held(self) -> list[HeldRow]:
        held = [one for one in self._watches.values() if one.phase is Phase.ON_HOLD and one.held_since]
        rows = [HeldRow(one.case_id, one.case_code, one.held_since) for one in held if one.held_since]
        return sorted(rows, key=lambda row: (row.held_since, row.case_id))

    async def count_cases(self, wanted: BoardFilter) -> int:
        return len(list(self._wanted(wanted)))

    async def count_lanes(self, wanted: BoardFilter) -> dict[Lane | None, int]:
        lanes = [row.lane for row in self._wanted(replace(wanted, lane=None))]
        return {lane: lanes.count(lane) for lane in (*LANES, None)}

    async def count_each(self, wanted: Sequence[BoardFilter]) -> list[int]:
        return [len(list(self._wanted(one))) for one in wanted]

    async def read_figures(self, now: datetime) -> BoardFigures:
        watches = [watch for watch in self._watches.values() if watch.is_open]
        return BoardFigures(
            open_cases=len(watches),
            stuck=sum(bool(watch.open_escalations) for watch in watches),
            out_of_sight=sum(watch.out_of_sight_since is not None for watch in watches),
            without_next_step=sum(is_lost(watch, now) for watch in watches),
            parked_events=len(self._parked),
        )

    async def read_pace(self, wanted: BoardFilter) -> PaceFigures:
        of_these = BoardFilter(
            district=wanted.district, category=wanted.category, asked_from=wanted.asked_from,
            asked_before=wanted.asked_before, with_ended=True,
        )  # fmt: skip
        watches = [self._watches[row.case_id] for row in self._wanted(of_these)]
        answer, contact, helped = (_step(watches, f"first_{step}_at") for step in ("answer", "contact", "help"))
        warm, cold = (sum(handovers_of(watch, kind) for watch in watches) for kind in HandoverKind)
        return PaceFigures(answer, contact, helped, warm, cold)

    def _key(self, row: BoardRow, by: SortKey) -> Any:  # noqa: ANN401 - whatever that column holds
        school = self._names.get(row.organisation_id) if row.organisation_id else None
        return {
            SortKey.CODE: row.case_code,
            SortKey.URGENCY: row.urgency_rank,
            SortKey.DISTRICT: row.district,
            SortKey.ASKED_BY: None if school is None else folded(school),
            SortKey.SINCE: row.opened_at,
            SortKey.STATE: list(CaseState).index(row.state),
            SortKey.NEXT_STEP: row.next_action_at,
            SortKey.OWNER: row.owner_ids[0] if row.owner_ids else None,
        }[by]

    def _wanted(self, wanted: BoardFilter) -> Iterator[BoardRow]:
        for watch in self._watches.values():
            row = board_row(watch)
            if (
                watch.phase in wanted_phases(wanted)
                and self._is_found(row, wanted.text)
                and _is_of_points(watch, row, wanted)
                and wanted.lane in {None, row.lane}
                and wanted.district in {None, row.district}
                and (wanted.category is None or wanted.category in row.categories)
                and (wanted.asked_from is None or row.opened_at >= wanted.asked_from)
                and (wanted.asked_before is None or row.opened_at < wanted.asked_before)
                and wanted.state in {None, row.state}
                and (wanted.organisation_id is None or wanted.organisation_id in {row.organisation_id, *row.at_work})
            ):
                yield row

    def _is_found(self, row: BoardRow, text: str | None) -> bool:
        if text is None:
            return True
        letters = letters_of(text)
        named = sorted(one for one, name in self._names.items() if folded(text) in folded(name))[:MOST_ORGANISATIONS]
        in_code = len(letters) >= FEWEST_LETTERS and letters in searched_numbers(self._watches[row.case_id])
        return in_code or not {row.organisation_id, *row.at_work}.isdisjoint(named)


class InMemorySavedViews:
    """Saved views by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._views: dict[UUID, SavedView] = tables.table("saved_views")
        self._defaults: dict[UUID, UUID] = tables.table("default_views")

    async def list_for(self, person_id: UUID) -> list[SavedView]:
        theirs = [one for one in self._views.values() if one.shared or one.person_id == person_id]
        return sorted(theirs, key=lambda one: (one.title, one.view_id))

    async def get(self, view_id: UUID) -> SavedView | None:
        return self._views.get(view_id)

    async def save(self, view: SavedView) -> None:
        self._views[view.view_id] = view

    async def delete(self, view_id: UUID) -> None:
        self._views.pop(view_id, None)
        for person_id in [one for one, chosen in self._defaults.items() if chosen == view_id]:
            del self._defaults[person_id]

    async def forget_searches(self, case_code: str) -> None:
        for view_id in [one.view_id for one in self._views.values() if letters_of(case_code) in letters_of(one.query)]:
            await self.delete(view_id)

    async def default_of(self, person_id: UUID) -> UUID | None:
        return self._defaults.get(person_id)

    async def choose_default(self, person_id: UUID, view_id: UUID | None) -> None:
        if view_id is None:
            self._defaults.pop(person_id, None)
        else:
            self._defaults[person_id] = view_id


def _by_lane(row: BoardRow) -> tuple[int, int, datetime, UUID]:
    """What cannot wait first, then by urgency, then what waits longest."""
    return (lane_rank(row.lane), row.urgency_rank, row.waits_since, row.case_id)


def _is_of_points(watch: Watch, row: BoardRow, wanted: BoardFilter) -> bool:
    """What the list of the desk and the next step of a case say."""
    at = row.next_action_at
    return (
        (bool(row.reasons) or not wanted.stuck_only)
        and (wanted.reason is None or wanted.reason in row.reasons)
        and (not wanted.owner_ids or not wanted.owner_ids.isdisjoint(row.owner_ids))
        and (without_owner(watch) or not wanted.without_owner)
        and (row.out_of_sight_since is not None or not wanted.out_of_sight)
        and (wanted.late_since is None or at is None or at < wanted.late_since)
        and (wanted.before is None or (at is not None and at < wanted.before))
    )
