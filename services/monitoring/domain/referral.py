"""Referrals as monitoring sees them: who was asked, and how far the help is."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.events.base import Urgency
from shared.events.referral_codes import HandoverKind, Outcome


class ReferralState(StrEnum):
    """How far it is."""

    ASKED = "asked"
    QUESTIONED = "questioned"  # the partner asked something first: its time to answer stands still
    WAITLISTED = "waitlisted"
    ACCEPTED = "accepted"
    HANDED_OVER = "handed-over"
    STARTED = "started"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    ENDED = "ended"


class ReferralEnd(StrEnum):
    """How it ended, when nobody was helped to the end."""

    DECLINED = "declined"
    REDIRECTED = "redirected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


UNDER_WAY = frozenset({ReferralState.HANDED_OVER, ReferralState.STARTED})
AT_WORK = frozenset({ReferralState.ACCEPTED, ReferralState.DELIVERED, *UNDER_WAY})
ASKED = frozenset({ReferralState.ASKED, ReferralState.QUESTIONED, ReferralState.WAITLISTED})
# It may take weeks, and somebody asks meanwhile how the child is doing.
MAY_TAKE_WEEKS = frozenset({ReferralState.WAITLISTED, *UNDER_WAY})
HELP_RUNS = frozenset({ReferralState.STARTED, ReferralState.DELIVERED})
OVER = frozenset({ReferralState.CONFIRMED, ReferralState.ENDED})


@dataclass(frozen=True, slots=True)
class Referral:
    """One partner asked for one need. `since` is when it came into its state; `day` is the day that it waits for.

    That is the day of first contact, of meeting together, or from which the partner can help.
    """

    referral_id: UUID
    need_id: UUID
    organisation_id: UUID
    contact_id: UUID
    ambassador_id: UUID
    urgency: Urgency
    state: ReferralState
    since: datetime
    activated_at: datetime
    answer_by: datetime
    deputy_id: UUID | None = None
    day: date | None = None
    meets_together: bool = False
    """The day is one on which ambassador, contact person and family meet."""
    handover: HandoverKind | None = None
    outcome: Outcome | None = None
    end: ReferralEnd | None = None
    end_reason: str | None = None
    """The code that was given with it: of a no, of what was taken back, or of help that stopped."""
    deletes_since: datetime | None = None
    """The family stopped: since then the partner is asked to delete what it wrote down, and did not say that it did."""

    @property
    def is_live(self) -> bool:
        """Whether something is still expected of it."""
        return self.state not in OVER
