"""How many families wait for whom, on the twin and on PostgreSQL."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.monitoring.domain.in_hand import InHand
from services.monitoring.domain.watch import Phase, Watch
from shared.events.base import Urgency
from shared.unit_of_work import Units
from tests.unit.monitoring.builders import AMBASSADOR, TUESDAY, an_id

NOOR = an_id("noor")


def waiting(name: str, whose: UUID, urgency: Urgency = Urgency.NORMAL) -> Watch:
    return Watch(
        an_id(name), "ACDE-FGHJ", ambassador_id=whose, first_urgency=urgency, awaiting_inventory=True, opened_at=TUESDAY
    )


async def test_what_changed_since_it_was_told_is_found(units: Units[Any]) -> None:
    async with units.begin() as unit:
        await unit.watches.save(waiting("one", AMBASSADOR))
        await unit.watches.save(waiting("two", AMBASSADOR, Urgency.TODAY))
        await unit.watches.save(waiting("three", NOOR))
        both = [InHand(AMBASSADOR, 2, 1), InHand(NOOR, 1, 0)]
        assert await unit.in_hand.list_changed(4, 9) == sorted(both, key=lambda one: one.person_id)
        for one in both:
            await unit.in_hand.tell(one)
        assert await unit.in_hand.list_changed(4, 9) == []

    async with units.begin() as unit:
        watch = await unit.watches.get(an_id("three"))
        watch.phase = Phase.CLOSED
        await unit.watches.save(watch)
        assert await unit.in_hand.list_changed(4, 9) == [InHand(NOOR)]
        await unit.in_hand.tell(InHand(NOOR))
        assert await unit.in_hand.list_changed(4, 9) == []


async def test_check_in_is_taken_once_and_not_early(units: Units[Any]) -> None:
    later = TUESDAY + timedelta(days=2)
    async with units.begin() as unit:
        await unit.in_hand.plan_check_in(NOOR, later)
        await unit.in_hand.plan_check_in(NOOR, later + timedelta(days=9))
        assert await unit.in_hand.take_check_ins(TUESDAY, 9) == []
        assert await unit.in_hand.take_check_ins(later, 9) == [NOOR]
        assert await unit.in_hand.take_check_ins(later, 9) == []
