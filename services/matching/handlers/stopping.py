"""Referrals are taken back; and the family stops, with one partner or with everything, which all that helped delete."""

from collections.abc import Collection, Iterable
from uuid import UUID

from services.matching.domain.case import CaseState, NeedState
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ACTIVE, ReferralState
from services.matching.handlers.loading import lock_referral, need_of
from services.matching.handlers.next_partner import ask_where_possible
from services.matching.ports import MatchingUnit
from shared.events.consents import PartnerConsentWithdrawn
from shared.events.intake import CaseWithdrawn
from shared.events.referral_codes import WithdrawReason

# Help that was given waits for the family's word only.
NOT_YET_DELIVERED = ACTIVE - {ReferralState.DELIVERED}


async def take_back(
    referrals: Iterable[Referral], states: Collection[ReferralState], reason: WithdrawReason, unit: MatchingUnit
) -> None:
    """Those that are in one of these states."""
    for referral in referrals:
        if referral.state in states:
            unit.outbox.append(*referral.withdraw(reason, at=unit.now))
            await unit.referrals.save(referral)


async def stop_with_partner(event: PartnerConsentWithdrawn, unit: MatchingUnit) -> None:
    """It is never asked for this case again; the next one is asked if the family still wants help."""
    case = await unit.cases.get(event.subject)
    if case is None or case.is_over:
        return
    case.stop_with(event.organisation_id)
    await unit.cases.save(case)
    of_case = await unit.referrals.list_of_case(case.id)
    theirs = [one for one in of_case if one.organisation_id == event.organisation_id]
    for referral in theirs:
        need = need_of(referral, case)
        if referral.state in NOT_YET_DELIVERED and need is not None and need.state is NeedState.WITH_PARTNER:
            need.search_again()
    await _stop(theirs, NOT_YET_DELIVERED, WithdrawReason.FAMILY_STOPPED, unit)
    await ask_where_possible(case, unit)
    await unit.cases.save(case)


async def stop_for_withdrawal(event: CaseWithdrawn, unit: MatchingUnit) -> None:
    """The family stops: every partner stops, and what was written about its questions is not kept."""
    case = await unit.cases.get(event.subject)
    if case is None or case.is_over:
        return
    case.state = CaseState.WITHDRAWN
    await unit.cases.save(case)
    await _stop(await unit.referrals.list_of_case(case.id), ACTIVE, WithdrawReason.CASE_WITHDRAWN, unit)


async def confirm_deletion(referral_id: UUID, by: UUID, unit: MatchingUnit) -> Referral:
    """The partner says that it deleted what it wrote down; a second time changes nothing. Raises StepNotPossible."""
    referral, _ = await lock_referral(referral_id, unit)
    unit.outbox.append(*referral.confirm_deletion(by=by, at=unit.now))
    await unit.referrals.save(referral)
    return referral


async def _stop(
    referrals: Collection[Referral], states: Collection[ReferralState], reason: WithdrawReason, unit: MatchingUnit
) -> None:
    """What was written about their questions is not kept either."""
    for referral in referrals:
        if events := referral.stop(reason, states, at=unit.now):
            unit.outbox.append(*events)
            await unit.referrals.save(referral)
    await unit.referrals.forget_words([one.id for one in referrals])
