"""What the family wants when a partner stopped, or can only help later: told by its ambassador."""

from uuid import UUID

from services.matching.domain.case import CaseFile, CaseNeed, NeedState
from services.matching.domain.errors import StepNotPossible
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.loading import lock_referral, need_of
from services.matching.handlers.next_partner import ask_where_possible, go_on_with_next
from services.matching.ports import MatchingUnit
from shared.events.matching import SearchStopped
from shared.events.referral_codes import WithdrawReason


async def search_further(referral_id: UUID, unit: MatchingUnit) -> Referral:
    """Help stopped, and the family wants somebody else: the next partner is asked. Raises StepNotPossible."""
    referral, case = await lock_referral(referral_id, unit)
    need = _undecided(referral, case, "search_further")
    if need is not None:
        await go_on_with_next(referral, case, unit)
    return referral


async def stop_search(referral_id: UUID, stopped_by: UUID, unit: MatchingUnit) -> Referral:
    """Help stopped, and the family wants nobody else for this. Raises StepNotPossible."""
    referral, case = await lock_referral(referral_id, unit)
    need = _undecided(referral, case, "stop_search")
    if need is not None:
        need.state = NeedState.STOPPED
        unit.outbox.append(
            SearchStopped(
                subject=case.id, occurred_at=unit.now, case_code=case.code, need_id=need.id, stopped_by=stopped_by
            )
        )
        await ask_where_possible(case, unit)
        await unit.cases.save(case)
    return referral


async def prefer_another(referral_id: UUID, unit: MatchingUnit) -> Referral:
    """The partner could help later, and the family prefers another one now. Raises StepNotPossible."""
    referral, case = await lock_referral(referral_id, unit)
    if referral.state is not ReferralState.WAITLISTED:
        raise StepNotPossible(referral.state, "prefer_another")
    unit.outbox.append(*referral.withdraw(WithdrawReason.REPLACED, at=unit.now))
    await unit.referrals.save(referral)
    await go_on_with_next(referral, case, unit)
    return referral


def _undecided(referral: Referral, case: CaseFile, step: str) -> CaseNeed | None:
    """The need that waits for the family's word; None when it was told before."""
    need = need_of(referral, case)
    if need is None or referral.state is not ReferralState.FAILED:
        raise StepNotPossible(referral.state, step)
    return need if need.state is NeedState.FAMILY_DECIDES else None
