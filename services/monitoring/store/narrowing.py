"""Which cases a filter of the board means, and in which order they come, in SQL."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, any_, case, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.monitoring.domain.board import FEWEST_LETTERS, BoardFilter, BoardOrder, SortKey
from services.monitoring.domain.state import CaseState
from services.monitoring.domain.watch import Phase
from services.monitoring.store.rows import (
    MOST_ORGANISATIONS,
    folded,
    lane_rank,
    letters_of,
    wanted_phases,
)
from services.monitoring.store.tables import ORGANISATIONS, WATCHES

# In the order of its index: what cannot wait first, then by urgency, then what waits longest.
BY_LANE = (WATCHES.c.lane_rank, WATCHES.c.urgency_rank, WATCHES.c.waits_since, WATCHES.c.case_id)
# Byte by byte: the same order on every machine.
PLAIN = "C"
STATE_RANK = case({state.value: rank for rank, state in enumerate(CaseState)}, value=WATCHES.c.state)
SORTED_BY: dict[SortKey, ColumnElement[Any]] = {
    SortKey.CODE: WATCHES.c.case_code.collate(PLAIN),
    SortKey.URGENCY: WATCHES.c.urgency_rank,
    SortKey.DISTRICT: WATCHES.c.district.collate(PLAIN),
    SortKey.ASKED_BY: ORGANISATIONS.c.searched_as.collate(PLAIN),
    SortKey.SINCE: WATCHES.c.opened_at,
    SortKey.STATE: STATE_RANK,
    SortKey.NEXT_STEP: WATCHES.c.next_action_at,
    SortKey.OWNER: WATCHES.c.owner_ids[1],
}


def condition(wanted: BoardFilter) -> ColumnElement[bool]:
    """What holds of the cases that are wanted."""
    return and_(*_conditions(wanted))


def one_page(wanted: BoardFilter, order: BoardOrder, *, limit: int, offset: int) -> Select[tuple[UUID]]:
    """The cases of one page: only their ids are sorted, since the rows are long."""
    cases = select(WATCHES.c.case_id).where(condition(wanted))
    if order.by is SortKey.ASKED_BY:
        schools = WATCHES.c.organisation_id == ORGANISATIONS.c.organisation_id
        cases = cases.select_from(WATCHES.outerjoin(ORGANISATIONS, schools))
    return cases.order_by(*_ordering(order)).limit(limit).offset(offset)


def held_cases() -> Select[Any]:
    """Those that stand still for safety, longest first; few, so that none of the others is looked at."""
    stands_still = (WATCHES.c.held_since.is_not(None), WATCHES.c.phase == Phase.ON_HOLD.value)
    held = select(WATCHES.c.case_id, WATCHES.c.case_code, WATCHES.c.held_since).where(*stands_still)
    return held.order_by(WATCHES.c.held_since, WATCHES.c.case_id)


def _ordering(order: BoardOrder) -> tuple[ColumnElement[Any], ...]:
    """What has nothing to sort by comes last, both ways."""
    if order.by is None:
        return BY_LANE
    key = SORTED_BY[order.by]
    return ((key.desc() if order.descending else key.asc()).nulls_last(), *BY_LANE)


def _conditions(wanted: BoardFilter) -> Iterator[ColumnElement[bool]]:
    yield _in_phase(wanted)
    yield from _points(wanted)
    if wanted.text is not None:
        yield _searched(wanted.text)
    if wanted.lane is not None:
        yield WATCHES.c.lane_rank == lane_rank(wanted.lane)
    if wanted.district is not None:
        yield WATCHES.c.district == wanted.district
    if wanted.category is not None:
        yield WATCHES.c.categories.contains([wanted.category])
    if wanted.asked_from is not None:
        yield WATCHES.c.opened_at >= wanted.asked_from
    if wanted.asked_before is not None:
        yield WATCHES.c.opened_at < wanted.asked_before
    if wanted.state is not None:
        yield WATCHES.c.state == wanted.state.value
    if wanted.organisation_id is not None:
        yield _of_organisations([wanted.organisation_id])


def _in_phase(wanted: BoardFilter) -> ColumnElement[bool]:
    phases = sorted(phase.value for phase in wanted_phases(wanted))
    # The indexes of the board are of open cases only, and are found by this very condition.
    return WATCHES.c.phase == phases[0] if len(phases) == 1 else WATCHES.c.phase.in_(phases)


def _points(wanted: BoardFilter) -> Iterator[ColumnElement[bool]]:
    """What the list of the desk and the next step of a case say."""
    next_action_at = WATCHES.c.next_action_at
    if wanted.stuck_only:
        yield WATCHES.c.open_escalations > 0
    if wanted.reason is not None:
        yield WATCHES.c.reasons.contains([wanted.reason.value])
    if wanted.owner_ids:
        yield WATCHES.c.owner_ids.op("&&")(cast(sorted(wanted.owner_ids), ARRAY(Uuid)))
    if wanted.without_owner:
        yield WATCHES.c.without_owner
    if wanted.out_of_sight:
        yield WATCHES.c.out_of_sight_since.is_not(None)
    if wanted.late_since is not None:
        yield or_(next_action_at.is_(None), next_action_at < wanted.late_since)
    if wanted.before is not None:
        yield next_action_at < wanted.before


def _searched(text: str) -> ColumnElement[bool]:
    named = ORGANISATIONS.c.searched_as.contains(folded(text), autoescape=True)
    known = select(ORGANISATIONS.c.organisation_id).where(named)
    first = known.order_by(ORGANISATIONS.c.organisation_id).limit(MOST_ORGANISATIONS)
    found = _of_organisations(_array_of(first))
    letters = letters_of(text)
    return or_(WATCHES.c.case_search.contains(letters), found) if len(letters) >= FEWEST_LETTERS else found


def _array_of(found: Select[tuple[UUID]]) -> ColumnElement[Any]:
    """As one array, so that it is looked up once and the indexes serve."""
    return func.array(found.scalar_subquery())


def _of_organisations(ids: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a list, or an array of the database
    array = cast(ids, ARRAY(Uuid))
    return or_(WATCHES.c.organisation_id == any_(array), WATCHES.c.at_work.op("&&")(array))
