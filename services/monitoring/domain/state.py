"""The state of a case in one word, as the board shows it: the step that is least far decides."""

from enum import StrEnum
from uuid import UUID

from services.monitoring.domain.invariant import waiting_needs
from services.monitoring.domain.need import NeedState
from services.monitoring.domain.referral import ASKED, AT_WORK, UNDER_WAY, ReferralState
from services.monitoring.domain.watch import Phase, Watch


class CaseState(StrEnum):
    """From request to follow-up, and how a case ends."""

    PAUSED = "paused"
    AWAITING_INVENTORY = "awaiting-inventory"
    NOBODY_FOUND = "nobody-found"
    SEEKING_PARTNER = "seeking-partner"
    AWAITING_WISH = "awaiting-wish"
    SEARCH_LATER = "search-later"
    AWAITING_ANSWER = "awaiting-answer"
    PARTNER_FOUND = "partner-found"
    HELP_UNDER_WAY = "help-under-way"
    AWAITING_OUTCOME = "awaiting-outcome"
    FOLLOWED = "followed"
    ON_HOLD = "on-hold"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


def state_of(watch: Watch) -> CaseState:
    """Where this case is."""
    if watch.phase is not Phase.OPEN:
        return CaseState(watch.phase.value)
    if watch.is_paused:
        return CaseState.PAUSED
    if watch.awaiting_inventory:
        return CaseState.AWAITING_INVENTORY
    needs = {need.stands for need in watch.needs.values()}
    referrals = {referral.state for referral in watch.referrals.values()}
    ladder = (
        (NeedState.NOBODY in needs, CaseState.NOBODY_FOUND),
        (NeedState.AWAITING_WISH in needs, CaseState.AWAITING_WISH),
        # What waits for another need comes later: nobody is sought for it yet.
        (bool(waiting_needs(watch)), CaseState.SEEKING_PARTNER),
        (NeedState.LATER in needs, CaseState.SEARCH_LATER),
        (bool(referrals & ASKED), CaseState.AWAITING_ANSWER),
        (ReferralState.ACCEPTED in referrals, CaseState.PARTNER_FOUND),
        (bool(referrals & UNDER_WAY), CaseState.HELP_UNDER_WAY),
        (ReferralState.DELIVERED in referrals, CaseState.AWAITING_OUTCOME),
    )
    return next((state for holds, state in ladder if holds), CaseState.FOLLOWED)


def at_work(watch: Watch) -> tuple[UUID, ...]:
    """The organisations that help, or are asked to, each once, in order of the first time."""
    live = (one for one in watch.referrals.values() if one.state in AT_WORK | ASKED)
    return tuple(dict.fromkeys(one.organisation_id for one in live))
