"""A child that was expected is born: from then on it has a name and an age, and grows."""

from datetime import date
from uuid import UUID

from services.intake.domain.birth import BornAlready, NotBornThen
from services.intake.domain.case import Case
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import DAYS_AROUND, Viewer
from services.intake.handlers.cases import case_for
from services.intake.handlers.correcting import mark_child
from services.intake.ports import IntakeUnit
from shared.privacy.audit import About, Action

TOLD = (Fact.FIRST_NAME, Fact.BIRTH_DATE, Fact.EXPECTED_MONTH)


async def tell_birth(case_id: UUID, first_name: str, born: date, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The month makes place for the day. Raises BornAlready or NotBornThen."""
    case, today = await case_for(case_id, unit, viewer), unit.city.day_of(unit.now)
    known = await unit.vault.open(case.id, TOLD, viewer, "birth", words=False)
    if known.expected is None:
        raise BornAlready
    _check_day(born, today)
    facts = {Fact.FIRST_NAME: first_name, Fact.BIRTH_DATE: born.isoformat()}
    await unit.vault.tell(case.id, {**facts, Fact.EXPECTED_MONTH: None})
    unit.audit.record(Action.WRITE, About.CASE, case.id, "birth", fields=TOLD)
    # From its birth on it is known by another mark.
    await mark_child(case, unit, viewer, "birth")
    return case


def _check_day(born: date, today: date) -> None:
    if not today - DAYS_AROUND <= born <= today:
        raise NotBornThen(today)
