"""By itself: a consent whose day passed, or that the child outgrew, counts no more, and the family is asked anew."""

from datetime import date
from typing import Final
from uuid import UUID

from services.intake.handlers.consents import consents_of, keep_consents
from services.intake.ports import IntakeUnit

MOST_AT_ONCE: Final = 500


async def end_passed_consents(unit: IntakeUnit) -> None:
    """The last day of a consent passed."""
    while some := await unit.consents.list_passed(unit.city.day_of(unit.now), MOST_AT_ONCE):
        # In the order in which a family's cases are locked.
        cases = sorted({each.case_id for each in some})
        born = await unit.vault.read_birth_dates(cases)
        for case_id in cases:
            await _end(case_id, born.get(case_id), unit)


async def end_outgrown_consents(unit: IntakeUnit) -> None:
    """The child turned 12 or 16: others must say now what partners may read."""
    after = None
    while some := await unit.consents.list_growing(after, MOST_AT_ONCE):
        after = some[-1]
        born = await unit.vault.read_birth_dates(some)
        for case_id in some:  # of which some are not born
            await _end(case_id, born.get(case_id), unit)


async def _end(case_id: UUID, born: date | None, unit: IntakeUnit) -> None:
    today = unit.city.day_of(unit.now)
    if not any(each.has_ended_by(today, born) for each in await unit.consents.list_of_case(case_id)):
        return
    case = await unit.cases.get(case_id)
    if case is None:
        await unit.consents.forget(case_id)
        return
    consents = await consents_of(case, unit)
    events = consents.expire(today, born, unit.now)
    await keep_consents(consents, events if case.is_open else [], unit)
