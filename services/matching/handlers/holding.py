"""A case that stands still for a child's safety, and one that goes on."""

from services.matching.domain.case import CaseFile
from services.matching.handlers.loading import need_of
from services.matching.handlers.next_partner import ask_where_possible
from services.matching.handlers.terms import answer_by
from services.matching.ports import MatchingUnit
from shared.events.base import Urgency
from shared.events.family_safety import SafetyHoldLifted, SafetyHoldSet


async def stand_still(event: SafetyHoldSet, unit: MatchingUnit) -> None:
    """Nobody is asked, nobody can answer, and no list shows it."""
    case = await unit.cases.get(event.subject)
    if case is not None:
        case.stand_still()
        await unit.cases.save(case)


async def go_on_after_hold(event: SafetyHoldLifted, unit: MatchingUnit) -> None:
    """Who had not answered has a new term, and what became open meanwhile is asked now."""
    case = await unit.cases.get(event.subject)
    if case is None:
        return
    case.go_on()
    await open_again_to_partners(case, unit)


async def open_again_to_partners(case: CaseFile, unit: MatchingUnit) -> None:
    """Who could not answer meanwhile has the whole term again, and what became open is asked now."""
    for referral in await unit.referrals.list_of_case(case.id):
        need = need_of(referral, case)
        urgency = need.urgency if need else Urgency.NORMAL
        if renewed := referral.renew_term(answer_by(urgency, unit), at=unit.now):
            await unit.referrals.save(referral)
            unit.outbox.append(*renewed)
    await ask_where_possible(case, unit)
    await unit.cases.save(case)
