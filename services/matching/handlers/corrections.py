"""What was written down wrongly of a family: matching seeks by how it is, and no reason tells how it was."""

from services.matching.domain.case import CaseFile, CaseState, NeedState
from services.matching.domain.rules import without_district, without_language
from services.matching.handlers.cases import know
from services.matching.handlers.next_partner import ask_where_possible
from services.matching.ports import MatchingUnit
from shared.events.intake import CaseCorrected


async def follow_correction(event: CaseCorrected, unit: MatchingUnit) -> None:
    """Whoever was asked reads how it is; where nobody was found by what was wrong, somebody is sought again."""
    case = await unit.cases.get(event.subject)
    if case is None or case.is_over:
        return
    is_elsewhere = case.district != event.district
    speaks_otherwise = (case.language, case.interpreter_needed) != (event.family_language, event.interpreter_needed)
    know(case, event)
    for need in case.needs.values():
        # What nobody was found for in a closed case rests.
        if need.state is NeedState.UNMET and case.state is not CaseState.CLOSED:
            need.search_again()
    await unit.cases.save(case)
    await _correct_reasons(case, unit, is_elsewhere=is_elsewhere, speaks_otherwise=speaks_otherwise)
    await ask_where_possible(case, unit)
    await unit.cases.save(case)


async def _correct_reasons(case: CaseFile, unit: MatchingUnit, *, is_elsewhere: bool, speaks_otherwise: bool) -> None:
    """Why somebody was asked, without what was not so."""
    for referral in await unit.referrals.list_of_case(case.id):
        reasons = without_district(referral.reasons) if is_elsewhere else referral.reasons
        reasons = without_language(reasons) if speaks_otherwise else reasons
        if reasons != referral.reasons:
            referral.reasons = reasons
            await unit.referrals.save(referral)
