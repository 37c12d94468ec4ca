"""Children grow while a case runs: partners are looked for with the age of today, and another may have to consent."""

from datetime import date

from services.intake.domain.case import Case
from services.intake.domain.consent_errors import ConsentOutgrown
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer, outgrown
from services.intake.ports import IntakeUnit


async def birth_date_of(case: Case, unit: IntakeUnit, viewer: Viewer, purpose: str) -> date | None:
    """When the child was born, None while it is expected; that this was read for this purpose is written down."""
    dossier = await unit.vault.open(case.id, [Fact.BIRTH_DATE], viewer, purpose, words=False)
    return dossier.born


def check_consent(case: Case, birth_date: date | None, today: date) -> None:
    """Nobody is asked on the consent of somebody who may not give it any more. Raises ConsentOutgrown."""
    if right := outgrown(case.opening.consent_given_by, birth_date, today):
        raise ConsentOutgrown(right)
