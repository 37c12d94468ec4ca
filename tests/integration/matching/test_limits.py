"""Who has enough to do, on the twin and on PostgreSQL."""

from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units
from tests.unit.matching.city import named

NOOR, SAM = named("noor"), named("sam")


async def test_who_is_at_the_limit_is_kept_until_it_is_lifted(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.limits.reach(NOOR)
        await unit.limits.reach(NOOR)
    async with units.begin() as unit:
        assert await unit.limits.at_limit([NOOR, SAM]) == {NOOR}
        assert await unit.limits.at_limit([]) == frozenset()
        await unit.limits.lift(NOOR)
        await unit.limits.lift(SAM)
        assert await unit.limits.at_limit([NOOR, SAM]) == frozenset()
