"""Loading a referral together with its case, so that whoever works on one case works alone."""

from uuid import UUID

from services.matching.domain.case import CaseFile, CaseNeed, CaseState
from services.matching.domain.errors import ReferralUnknown
from services.matching.domain.referral import Referral
from services.matching.ports import MatchingUnit
from shared.kernel.errors import RequestPaused


async def lock_referral(referral_id: UUID, unit: MatchingUnit) -> tuple[Referral, CaseFile]:
    """The referral and its case, locked. Raises ReferralUnknown, or RequestPaused when the case stands still."""
    found = await unit.referrals.read(referral_id)
    case = await unit.cases.get(found.case_id) if found else None
    # Read again after the lock: somebody may have answered in between.
    referral = await unit.referrals.read(referral_id) if case else None
    if case is None or referral is None:
        raise ReferralUnknown
    if case.state is CaseState.ON_HOLD:
        raise RequestPaused
    return referral, case


def need_of(referral: Referral, case: CaseFile) -> CaseNeed | None:
    """The need that the referral is for; None when a later inventory never named it."""
    return case.needs.get(referral.need_id)
