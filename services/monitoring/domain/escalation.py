"""Why a case is on the coordinator's list, and what was done about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.events.monitoring import EscalationReason


class Resolution(StrEnum):
    """What a person did; codes, because free text about people has no place here."""

    CALLED_AMBASSADOR = "called-ambassador"
    CALLED_PARTNER = "called-partner"
    ASKED_OTHER_PARTNER = "asked-other-partner"
    FIXED_ADDRESS = "fixed-address"
    KEEP_WATCHING = "keep-watching"
    NO_LONGER_NEEDED = "no-longer-needed"


# Whom to call first is the partner's contact person; for every other reason it is the ambassador.
CALL_THE_PARTNER = frozenset(
    {
        EscalationReason.PARTNER_SILENT,
        EscalationReason.FIRST_CONTACT_LATE,
        EscalationReason.HANDOVER_LATE,
        EscalationReason.WAITLIST_LATE,
        EscalationReason.HELP_NOT_STARTED,
    }
)
# These never wait for the digest of the next working day, however urgent the need.
AT_ONCE = frozenset({EscalationReason.OUT_OF_SIGHT, EscalationReason.CALL_ASKED})


@dataclass(frozen=True, slots=True)
class About:
    """What an escalation is about, beside the case itself."""

    need_id: UUID | None = None
    referral_id: UUID | None = None
    follow_up_id: UUID | None = None
    message_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """Open until `resolved_at`; `resolved_by` is empty when the cause went away by itself.

    `level` counts how often it was brought up, from 1.
    """

    escalation_id: UUID
    reason: EscalationReason
    about: About
    raised_at: datetime
    resolved_at: datetime | None = None
    resolved_by: UUID | None = None
    resolution: Resolution | None = None
    level: int = 1
    lost: bool = False
    """It was brought up so often that the child counts as out of sight until a person acts."""

    @property
    def is_open(self) -> bool:
        """Whether the coordinator still has to act."""
        return self.resolved_at is None

    @property
    def loses_sight(self) -> bool:
        """Whether the child is out of sight while this is open."""
        return self.lost or self.reason is EscalationReason.OUT_OF_SIGHT
