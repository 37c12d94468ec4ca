"""The watches of a school that have follow-ups, page by page: the same on the twin and on PostgreSQL."""

from uuid import UUID, uuid4

from services.monitoring.domain.follow_up import FollowUp, FollowUpKind
from services.monitoring.domain.watch import Watch
from services.monitoring.ports import MonitoringUnit
from shared.unit_of_work import Units
from tests.unit.monitoring.builders import AMBASSADOR, SCHOOL, an_id


async def watched(unit: MonitoringUnit, school: UUID, follow_ups: int) -> UUID:
    watch = Watch(uuid4(), "ACDE-FGHJ", ambassador_id=AMBASSADOR, organisation_id=school, opened_at=unit.now)
    for number in range(1, follow_ups + 1):
        asked = FollowUp(uuid4(), number, FollowUpKind.PLAN, unit.now)
        watch.follow_ups[asked.follow_up_id] = asked
    await unit.watches.save(watch)
    return watch.case_id


async def test_those_of_the_school_with_follow_ups_come_in_order_and_in_pages(units: Units[MonitoringUnit]) -> None:
    async with units.begin() as unit:
        mine = sorted([await watched(unit, SCHOOL, number) for number in (1, 2, 1)])
        await watched(unit, SCHOOL, 0)
        await watched(unit, an_id("another school"), 1)
        first = await unit.watches.list_followed(SCHOOL, None, 2)
        rest = await unit.watches.list_followed(SCHOOL, first[-1].case_id, 2)
    assert [watch.case_id for watch in [*first, *rest]] == mine
    assert [len(first), len(rest)] == [2, 1]
