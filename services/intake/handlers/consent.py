"""The family consents anew: what the desk missed of it, or what was written down wrongly."""

from dataclasses import replace
from datetime import date

from services.intake.commands import RenewConsent
from services.intake.domain.audited import Act
from services.intake.domain.case import Case
from services.intake.domain.dossier import Fact
from services.intake.domain.growing import renewed
from services.intake.domain.rules import Viewer, is_child
from services.intake.domain.submission_rules import text_not_asked_yet, what_is_wrong
from services.intake.handlers.cases import case_for, keep
from services.intake.ports import IntakeUnit
from shared.events.case_codes import MissingPart
from shared.kernel.errors import SeveralInvalid


async def renew_consent(command: RenewConsent, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The same rules as for a request. Raises an Invalid with all that is wrong."""
    case = await case_for(command.case_id, unit, viewer)
    dossier = await unit.vault.open(case.id, [Fact.BIRTH_DATE], viewer, "consent", words=False)
    today, born = unit.city.day_of(unit.now), date.fromisoformat(dossier.facts[Fact.BIRTH_DATE])
    # Whoever turned 18 while the case runs consents for themselves.
    wrong = what_is_wrong(born if is_child(born, today) else None, command.given_by, command.given_on, today)
    wrong += text_not_asked_yet(unit.city.consent, command.text_version, command.given_on, wrong)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else SeveralInvalid(wrong)
    opening = replace(
        case.opening,
        consent_given_by=command.given_by,
        consent_given_on=command.given_on,
        consent_text_version=command.text_version,
    )
    events = [*case.supply(MissingPart.CONSENT, opening), *renewed(case, unit.now)]
    await unit.vault.tell(case.id, {Fact.CONSENT_NAME: command.consent_name})
    await unit.vault.record([case.id], Act.CONSENT_RENEWED, viewer.person_id)
    return await keep(case, events, unit)
