"""Which families wait for a next step of their ambassador, and which of them ask more than others.

What waits for a partner, for the desk or for a day weighs nothing.
"""

from dataclasses import dataclass
from uuid import UUID

from services.monitoring.domain.follow_up_questions import open_question
from services.monitoring.domain.need import NeedState
from services.monitoring.domain.referral import ReferralState
from services.monitoring.domain.watch import Watch
from shared.events.base import Urgency


@dataclass(frozen=True, slots=True)
class InHand:
    """How many families wait for this person, and how many of them are heavy."""

    person_id: UUID
    families: int = 0
    heavy: int = 0


def in_hand_of(watch: Watch) -> UUID | None:
    """Whose step it is; None when the family waits for somebody else, or for nobody."""
    return watch.ambassador_id if watch.is_open and not watch.is_paused and _asks_ambassador(watch) else None


def was_for_today(watch: Watch) -> bool:
    """Whether something was needed at once."""
    urgencies = {watch.first_urgency, *(one.urgency for one in watch.needs.values())}
    return Urgency.TODAY in urgencies


def needs_named(watch: Watch) -> int:
    """For how many things the family was or is helped."""
    return sum(not one.dropped for one in watch.needs.values())


def is_heavy(watch: Watch, many_needs: int) -> bool:
    """Something was needed at once, or very much was; nobody's worry or story decides."""
    return was_for_today(watch) or needs_named(watch) >= many_needs


def _asks_ambassador(watch: Watch) -> bool:
    return bool(
        watch.awaiting_inventory
        or watch.family_asks
        or open_question(watch) is not None
        or any(one.stands is NeedState.AWAITING_WISH for one in watch.needs.values())
        or any(one.state is ReferralState.DELIVERED for one in watch.referrals.values())
    )
