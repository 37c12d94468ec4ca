"""Looks by itself whose child grew out of its consent: only here a birth date is known."""

from datetime import date
from typing import Final
from uuid import UUID

from services.intake.domain.growing import outgrow
from services.intake.domain.rules import outgrown
from services.intake.handlers.cases import keep
from services.intake.ports import IntakeUnit

MOST_AT_ONCE: Final = 500


async def look_who_grew(unit: IntakeUnit) -> None:
    """Of whose child somebody else must consent now: nobody new is asked for it, and the ambassador hears that."""
    today, after = unit.city.day_of(unit.now), None
    while some := await unit.cases.list_growing(after, MOST_AT_ONCE):
        after = some[-1]
        for case_id, born in (await unit.vault.read_birth_dates(some)).items():
            await _look(case_id, born, today, unit)


async def _look(case_id: UUID, born: date, today: date, unit: IntakeUnit) -> None:
    case = await unit.cases.read(case_id)
    if case is None or not outgrown(case.opening.consent_given_by, born, today):
        return
    # Locked now, and perhaps renewed meanwhile.
    case = await unit.cases.get(case_id)
    right = outgrown(case.opening.consent_given_by, born, today) if case else None
    if case and right and (events := outgrow(case, right, unit.now)):
        await keep(case, events, unit)
