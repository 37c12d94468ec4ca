"""What a unit holds and collects: seen by every way of looking, and taken back with the part that fails."""

import pytest

from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.ports import MonitoringUnit
from shared.unit_of_work import Units
from tests.integration.monitoring.consuming import consumes
from tests.integration.monitoring.test_store import EVERYTHING, OTHER, helped
from tests.unit.monitoring.builders import CASE, TUESDAY, request_received


async def test_part_that_fails_takes_its_changes_back_and_no_others(units: Units[MonitoringUnit]) -> None:
    await consumes(units, request_received())
    async with units.begin() as unit:
        before = await unit.watches.get(CASE)
        assert before is not None
        before.district = "oost"
        await unit.watches.save(before)
        with pytest.raises(ZeroDivisionError):
            async with unit.savepoint():
                await lost(unit)
        again = await unit.watches.get(CASE)
        assert again is not None
        assert again.district == "oost"
    async with units.begin() as unit:
        after = await unit.watches.get(CASE)
        assert after is not None
        assert after.district == "oost"
        assert [entry.what for entry in await unit.timeline.list_of_case(CASE)] == [
            "request-received",
            "escalation-raised",
        ]


async def lost(unit: MonitoringUnit) -> None:
    watch = await unit.watches.get(CASE)
    assert watch is not None
    watch.district = "west"
    await unit.watches.save(watch)
    await unit.timeline.add([TimelineEntry(CASE, TUESDAY, "lost")])
    raise ZeroDivisionError


async def test_what_was_saved_is_seen_by_every_way_of_looking(units: Units[MonitoringUnit]) -> None:
    await helped(units)
    async with units.begin() as unit:
        await unit.watches.fetch([CASE, OTHER])
        watch = await unit.watches.get(CASE)
        assert watch is not None
        watch.district = "west"
        await unit.watches.save(watch)
        assert await unit.watches.read(CASE) == watch
        assert [row.district for row in await unit.board.list_cases(EVERYTHING, limit=10)] == ["west"]
        assert await unit.watches.get(OTHER) is None
        assert await unit.watches.case_of_follow_up(next(iter(watch.follow_ups))) == CASE
