"""Referrals as monitoring sees them: who was asked, and how far the help is."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.events.base import Urgency


class ReferralState(StrEnum):
    """How far it is."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    HANDED_OVER = "handed-over"
    STARTED = "started"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    ENDED = "ended"


UNDER_WAY = frozenset({ReferralState.HANDED_OVER, ReferralState.STARTED})
AT_WORK = frozenset({ReferralState.ACCEPTED, ReferralState.DELIVERED, *UNDER_WAY})
HELP_RUNS = frozenset({ReferralState.STARTED, ReferralState.DELIVERED})
OVER = frozenset({ReferralState.CONFIRMED, ReferralState.ENDED})


@dataclass(frozen=True, slots=True)
class Referral:
    """One partner asked for one need. `since` is when it came into its state."""

    referral_id: UUID
    need_id: UUID
    organisation_id: UUID
    contact_id: UUID
    urgency: Urgency
    state: ReferralState
    since: datetime
    first_contact_on: date | None = None

    @property
    def is_live(self) -> bool:
        """Whether something is still expected of it."""
        return self.state not in OVER
