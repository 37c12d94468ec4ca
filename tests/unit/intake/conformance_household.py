"""What every store must do with the cases of one family."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from shared.unit_of_work import Units
from tests.unit.intake.builders import everybody_joins, request, submit_request

Store = Units[Any]
FAMILY = UUID("00000000-0000-7000-8000-0000000000f1")


class HouseholdConformance:
    async def test_cases_of_a_family_are_found_together_by_id_and_no_others(self, units: Store) -> None:
        async with units.begin() as unit:
            await everybody_joins(unit)
            asked = [replace(request(), household_id=one) for one in (FAMILY, None, FAMILY)]
            cases = [await submit_request(one, unit) for one in asked]
        family = sorted((cases[0].id, cases[2].id))
        async with units.begin() as unit:
            assert [case.id for case in await unit.cases.list_household(FAMILY)] == family
            assert [case.id for case in await unit.cases.get_household(FAMILY)] == family
        assert cases[1].opening.household_id not in {FAMILY, None}

    async def test_case_keeps_its_family_when_it_changes(self, units: Store) -> None:
        async with units.begin() as unit:
            await everybody_joins(unit)
            case = await submit_request(replace(request(), household_id=FAMILY), unit)
            case.acknowledge(case.opening.ambassador_id, unit.now)
            await unit.cases.save(case)
        async with units.begin() as unit:
            found = await unit.cases.read(case.id)
        assert found
        assert found.opening.household_id == FAMILY
