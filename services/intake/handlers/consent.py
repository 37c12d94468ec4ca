"""The family consents anew: what the desk missed of it, or what was written down wrongly."""

from dataclasses import replace
from uuid import UUID

from services.intake.commands import ConsentTold
from services.intake.domain.audited import Act
from services.intake.domain.case import Case
from services.intake.domain.consents import replaced
from services.intake.domain.dossier import Fact
from services.intake.domain.growing import renewed
from services.intake.domain.rules import Viewer
from services.intake.domain.submission_rules import text_not_asked_yet, wrong_with_consent
from services.intake.handlers.cases import case_for, keep
from services.intake.ports import IntakeUnit
from shared.events.case_codes import MissingPart
from shared.kernel.errors import raise_all


async def renew_consent(case_id: UUID, told: ConsentTold, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The same rules as for a request. Raises an Invalid with all that is wrong."""
    case = await case_for(case_id, unit, viewer)
    dossier = await unit.vault.open(case.id, [Fact.BIRTH_DATE], viewer, "consent", words=False)
    today = unit.city.day_of(unit.now)
    wrong = wrong_with_consent(dossier.born, told.given_by, told.given_on, today)
    wrong += text_not_asked_yet(unit.city.consent, told.text_version, told.given_on, wrong)
    raise_all(wrong)
    opening = replace(
        case.opening,
        consent_given_by=told.given_by,
        consent_given_on=told.given_on,
        consent_text_version=told.text_version,
        consent_language=told.consented.language,
        consent_how=told.consented.how,
        consent_interpreter=told.consented.interpreter,
    )
    if opening != case.opening:
        await unit.consents.add([replaced(case, unit.ids.new(), viewer.person_id, unit.now)])
    events = [*case.supply(MissingPart.CONSENT, opening), *renewed(case, unit.now)]
    await unit.vault.tell(case.id, {Fact.CONSENT_NAME: told.name})
    await unit.vault.record([case.id], Act.CONSENT_RENEWED, viewer.person_id)
    return await keep(case, events, unit)
