"""Whom a family would rather not have: facts name them by marks, which are compared with the organisations here."""

from collections.abc import Collection, Iterable
from uuid import UUID

from services.matching.domain.case import CaseFile, NeedState
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import BEFORE_HELP
from services.matching.handlers.loading import need_of
from services.matching.handlers.next_partner import ask_next, ask_where_possible
from services.matching.handlers.stopping import take_back
from services.matching.ports import MatchingUnit
from shared.events.family_voice import OrganisationsExcluded
from shared.events.referral_codes import WithdrawReason


async def leave_out(event: OrganisationsExcluded, unit: MatchingUnit) -> None:
    """Whoever was asked and did not begin makes way, and the next one is asked; so is who is wanted after all."""
    case = await unit.cases.get(event.subject)
    if case is None or case.is_over:
        return
    before = case.excluded
    case.unwanted(await organisations_of(event.left_out, case.id, unit))
    await unit.cases.save(case)
    await withdraw_from_unwanted_partners(case, await unit.referrals.list_of_case(case.id), unit)
    await _ask_after_all(case, before - case.excluded, unit)
    await ask_where_possible(case, unit)
    await unit.cases.save(case)


async def _ask_after_all(case: CaseFile, wanted: Collection[UUID], unit: MatchingUnit) -> None:
    """For what nobody is left to ask, they may be asked now."""
    for need in [one for one in case.needs.values() if wanted and one.state is NeedState.UNMET]:
        await ask_next(case, need, unit, wanted=wanted)


async def organisations_of(marks: Collection[str], case_id: UUID, unit: MatchingUnit) -> set[UUID]:
    """Those of this directory that these marks of this case are of."""
    if not marks:
        return set()
    known = set(marks)
    return {one for one in await unit.organisations.list_ids() if unit.marks.of(case_id, one) in known}


async def withdraw_from_unwanted_partners(case: CaseFile, referrals: Iterable[Referral], unit: MatchingUnit) -> None:
    """The family does not want this partner: the next one is asked instead.

    Help that runs goes on; monitoring puts it on the list when the family does not want the partner that gives it.
    """
    for referral in referrals:
        need = need_of(referral, case)
        if need is None or referral.state not in BEFORE_HELP or referral.organisation_id not in case.excluded:
            continue
        # What is settled stays so.
        if need.state is NeedState.WITH_PARTNER:
            need.search_again()
        await take_back([referral], BEFORE_HELP, WithdrawReason.REPLACED, unit)
