"""The board finds, sorts and counts the same in memory and on PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.monitoring.domain.board import BoardFilter, BoardOrder, SavedView, SortKey
from services.monitoring.domain.lane import Lane
from services.monitoring.ports import MonitoringUnit
from shared.events.base import Urgency
from shared.events.directory import OrganisationListed
from shared.events.monitoring import EscalationReason
from shared.unit_of_work import Units
from tests.integration.monitoring.consuming import consumes
from tests.unit.monitoring.builders import (
    CASE,
    COORDINATOR,
    SCHOOL,
    TUESDAY,
    a_need,
    acknowledged,
    an_id,
    closed,
    needs_assessed,
    no_partner_found,
    partner_activated,
    referral,
    request_received,
)

OTHER, TODAY, ENDED = an_id("other case"), an_id("today case"), an_id("ended case")
OTHER_SCHOOL, PARTNER = an_id("other school"), referral()["organisation_id"]


async def a_board(units: Units[MonitoringUnit]) -> None:
    """Four cases: nobody found, a partner asked, needed today, and closed."""
    urgent = (a_need(urgency=Urgency.TODAY),)
    later = TUESDAY + timedelta(hours=1)
    other = {"organisation_id": OTHER_SCHOOL, "district": "zuid", "case_code": "ACDE-FGHJ"}
    await consumes(
        units,
        OrganisationListed(subject=SCHOOL, occurred_at=TUESDAY, name="Basisschool Één", kind="school"),
        OrganisationListed(subject=OTHER_SCHOOL, occurred_at=TUESDAY, name="De 50%-school", kind="school"),
        OrganisationListed(subject=PARTNER, occurred_at=TUESDAY, name="Fietsenbank", kind="fund"),
        request_received().model_copy(update={"case_code": "KR9X-QXGQ"}), acknowledged(), no_partner_found(),
        request_received(later, case=OTHER).model_copy(update=other),
        needs_assessed(later, case=OTHER).model_copy(update=other),
        acknowledged(case=OTHER), partner_activated(case=OTHER),
        request_received(TUESDAY + timedelta(hours=2), case=TODAY, needs=urgent).model_copy(
            update={"organisation_id": an_id("unlisted school"), "district": "oost", "case_code": "CCCC-CCCC"}
        ),
        request_received(case=ENDED), closed(TUESDAY).model_copy(update={"subject": ENDED}),
    )  # fmt: skip


async def take(units: Units[MonitoringUnit], **changes: object) -> None:
    """The open points of the first case, changed."""
    async with units.begin() as unit:
        watch = await unit.watches.get(CASE)
        assert watch is not None
        watch.escalations = [replace(one, **changes) if one.is_open else one for one in watch.escalations]  # type: ignore[arg-type]
        await unit.watches.save(watch)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (BoardFilter(text="kr9xq"), [CASE]),
        (BoardFilter(text="r9-x"), [CASE]),
        (BoardFilter(text="EEN"), [CASE, ENDED]),
        (BoardFilter(text="50%"), [OTHER]),
        (BoardFilter(text="5_%"), []),
        (BoardFilter(text="fietsen"), [OTHER]),
        (BoardFilter(lane=Lane.NOW), [TODAY]),
        (BoardFilter(lane=Lane.OURS), [CASE]),
        (BoardFilter(lane=Lane.OTHERS), [OTHER]),
        (BoardFilter(lane=Lane.RUNNING), []),
        (BoardFilter(owner_ids=frozenset({COORDINATOR, an_id("colleague")})), [CASE]),
        (BoardFilter(without_owner=True), [TODAY]),
        (BoardFilter(reason=EscalationReason.NEW_REQUEST), [TODAY]),
        (BoardFilter(out_of_sight=True), []),
        (BoardFilter(late_since=TUESDAY), []),
        (BoardFilter(late_since=TUESDAY + timedelta(days=400)), [TODAY, CASE, OTHER]),
        (BoardFilter(before=TUESDAY), []),
        (BoardFilter(with_ended=True), [TODAY, CASE, OTHER, ENDED]),
    ],
)
async def test_board_finds_what_is_wanted(
    units: Units[MonitoringUnit], wanted: BoardFilter, found: list[object]
) -> None:
    await a_board(units)
    await take(units, owner_id=COORDINATOR)
    async with units.begin() as unit:
        rows = await unit.board.list_cases(wanted, limit=10)
        assert [row.case_id for row in rows] == found
        assert await unit.board.count_cases(wanted) == len(found)
        assert await unit.board.count_each([wanted, BoardFilter(), wanted]) == [len(found), 3, len(found)]
        lanes = await unit.board.count_lanes(wanted)
        if wanted.lane is None:
            assert sum(lanes.values()) == len(found)


async def test_lanes_are_counted_whatever_lane_is_looked_at(units: Units[MonitoringUnit]) -> None:
    await a_board(units)
    async with units.begin() as unit:
        everything = {Lane.NOW: 1, Lane.OURS: 1, Lane.OTHERS: 1, Lane.RUNNING: 0, None: 0}
        assert await unit.board.count_lanes(BoardFilter()) == everything
        assert await unit.board.count_lanes(BoardFilter(lane=Lane.NOW)) == everything
        assert await unit.board.count_lanes(BoardFilter(with_ended=True)) == {**everything, None: 1}
        assert await unit.board.count_each([]) == []


@pytest.mark.parametrize(
    ("by", "ascending", "descending"),
    [
        (SortKey.CODE, [OTHER, TODAY, CASE], [CASE, TODAY, OTHER]),
        # What is equal stays in the order of lanes.
        (SortKey.URGENCY, [TODAY, CASE, OTHER], [CASE, OTHER, TODAY]),
        (SortKey.DISTRICT, [CASE, TODAY, OTHER], [OTHER, TODAY, CASE]),
        # A school that is not listed yet comes last both ways.
        (SortKey.ASKED_BY, [CASE, OTHER, TODAY], [OTHER, CASE, TODAY]),
        (SortKey.SINCE, [CASE, OTHER, TODAY], [TODAY, OTHER, CASE]),
        # Whoever has one comes first; the other two are nobody's, in the order of the lanes.
        (SortKey.OWNER, [CASE, TODAY, OTHER], [CASE, TODAY, OTHER]),
        (SortKey.STATE, [TODAY, CASE, OTHER], [OTHER, TODAY, CASE]),
    ],
)
async def test_board_sorts_both_ways_and_pages_in_that_order(
    units: Units[MonitoringUnit], by: SortKey, ascending: list[object], descending: list[object]
) -> None:
    await a_board(units)
    await take(units, owner_id=COORDINATOR)
    async with units.begin() as unit:
        for order, expected in ((BoardOrder(by), ascending), (BoardOrder(by, descending=True), descending)):
            rows = await unit.board.list_cases(BoardFilter(), order, limit=10)
            assert [row.case_id for row in rows] == expected
            pages = [await unit.board.list_cases(BoardFilter(), order, limit=1, offset=at) for at in range(3)]
            assert [row.case_id for page in pages for row in page] == expected


async def test_line_holds_who_has_it_whom_to_call_and_until_when_it_waits(units: Units[MonitoringUnit]) -> None:
    await a_board(units)
    await take(units, owner_id=COORDINATOR, waits_until=date(2026, 10, 1))
    async with units.begin() as unit:
        rows = {row.case_id: row for row in await unit.board.list_cases(BoardFilter(with_ended=True), limit=10)}
    mine, ended = rows[CASE], rows[ENDED]
    assert (mine.lane, mine.owner_ids, mine.waits_until) == (Lane.OTHERS, (COORDINATOR,), date(2026, 10, 1))
    assert mine.call_id is not None
    assert (ended.lane, ended.owner_ids, ended.waits_until) == (None, (), None)


async def test_saved_views_are_ones_own_or_the_teams(units: Units[MonitoringUnit]) -> None:
    mine = SavedView(an_id("mine"), COORDINATOR, "Noord", "wijk=noord", shared=False)
    ours = SavedView(an_id("ours"), COORDINATOR, "Alles van nu", "groep=now", shared=True)
    async with units.begin() as unit:
        await unit.saved_views.save(mine)
        await unit.saved_views.save(ours)
        await unit.saved_views.choose_default(COORDINATOR, mine.view_id)
        await unit.saved_views.choose_default(SCHOOL, ours.view_id)
    async with units.begin() as unit:
        assert await unit.saved_views.list_for(COORDINATOR) == [ours, mine]
        assert await unit.saved_views.list_for(SCHOOL) == [ours]
        assert await unit.saved_views.get(mine.view_id) == mine
        await unit.saved_views.save(replace(mine, query="wijk=zuid"))
        await unit.saved_views.choose_default(COORDINATOR, ours.view_id)
        await unit.saved_views.choose_default(SCHOOL, None)
    async with units.begin() as unit:
        assert await unit.saved_views.get(mine.view_id) == replace(mine, query="wijk=zuid")
        assert await unit.saved_views.default_of(COORDINATOR) == ours.view_id
        assert await unit.saved_views.default_of(SCHOOL) is None
        await unit.saved_views.delete(ours.view_id)
    async with units.begin() as unit:
        assert await unit.saved_views.default_of(COORDINATOR) is None
        assert await unit.saved_views.get(ours.view_id) is None
