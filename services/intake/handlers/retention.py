"""Cases are kept no longer than needed: their ambassador reads it weeks ahead, and then they are erased."""

from datetime import timedelta
from uuid import UUID

from services.intake.domain.case_state import ENDED
from services.intake.domain.erasure import Erasure, ErasureReason, kept_until
from services.intake.handlers.cases import keep
from services.intake.handlers.erasing import begin_erasing
from services.intake.ports import IntakeUnit

MOST_AT_ONCE = 200


async def keep_no_longer(unit: IntakeUnit) -> None:
    """Set the day of those whose time is nearly over, and erase those whose day came."""
    for state in sorted(ENDED):
        for case_id in await unit.cases.list_ended(state, MOST_AT_ONCE):
            if not await _plan(case_id, unit):
                # The oldest come first.
                break
    for case_id in await unit.cases.list_due(unit.city.day_of(unit.now), MOST_AT_ONCE):
        await _erase(case_id, unit)


async def _plan(case_id: UUID, unit: IntakeUnit) -> bool:
    """Whether its time is nearly over; the ambassador always has the weeks that the city gives."""
    case = await unit.cases.get(case_id)
    if case is None or case.state not in ENDED:
        # It went on a moment ago.
        return True
    soon = unit.city.day_of(unit.now) + timedelta(weeks=unit.city.retention.warn_weeks)
    ends = kept_until(case.state, unit.city.day_of(case.changed_at), unit.city)
    if ends > soon:
        return False
    await keep(case, case.plan_erasure(soon, unit.now), unit)
    return True


async def _erase(case_id: UUID, unit: IntakeUnit) -> None:
    case = await unit.cases.get(case_id)
    if case is not None and case.erase_on is not None and case.erase_on <= unit.city.day_of(unit.now):
        await begin_erasing(case, Erasure(ErasureReason.TERM_PASSED), unit)
