"""What the other steps of a case need to know of the cases that have one plan with it."""

from collections.abc import Iterable
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import KEPT
from services.intake.domain.same_child import PairState, SameChild
from services.intake.ports import IntakeUnit


async def joined_with(case_id: UUID, unit: IntakeUnit) -> list[Case]:
    """The cases that have one plan with this one; without those that are being erased."""
    found = [await unit.cases.read(pair.other(case_id)) for pair in await _joined_pairs(case_id, unit)]
    return [case for case in found if case is not None and case.state in KEPT]


async def left_out_elsewhere(case_id: UUID, unit: IntakeUnit) -> set[UUID]:
    """Whom the families of those would rather not have; this one is not told who that is."""
    return {one for pair in await _joined_pairs(case_id, unit) for one in pair.left_out(case_id)}


async def may_be_named(case: Case, unit: IntakeUnit) -> bool:
    """Whether who has one plan with this case reads whose it is: no child of its family is held or lives in secret."""
    family = await unit.cases.list_household(case.opening.household_id)
    return all(one.hold is None and not one.opening.address_is_secret for one in family)


async def list_plan(case: Case, unit: IntakeUnit) -> list[Case]:
    """All cases of its family, first; and of each family that has one plan with a child of it."""
    family = await unit.cases.list_household(case.opening.household_id)
    others = [other for one in family for other in await joined_with(one.id, unit)]
    households = {other.opening.household_id for other in others} - {case.opening.household_id}
    return family + [one for each in sorted(households) for one in await unit.cases.list_household(each)]


async def hold_in_order(case_ids: Iterable[UUID], unit: IntakeUnit) -> dict[UUID, Case]:
    """Those of these cases that are there, locked in the order of a family's, so that no two wait for each other."""
    held = {case_id: await unit.cases.get(case_id) for case_id in sorted(set(case_ids))}
    return {case_id: case for case_id, case in held.items() if case is not None}


async def _joined_pairs(case_id: UUID, unit: IntakeUnit) -> list[SameChild]:
    return [pair for pair in await unit.same_children.list_of_case(case_id) if pair.state is PairState.JOINED]
