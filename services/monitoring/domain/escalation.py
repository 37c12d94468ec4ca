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


@dataclass(frozen=True, slots=True)
class About:
    """What an escalation is about, beside the case itself."""

    need_id: UUID | None = None
    referral_id: UUID | None = None
    follow_up_id: UUID | None = None
    message_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """Open until `resolved_at`; `resolved_by` is empty when the cause went away by itself."""

    escalation_id: UUID
    reason: EscalationReason
    about: About
    raised_at: datetime
    resolved_at: datetime | None = None
    resolved_by: UUID | None = None
    resolution: Resolution | None = None

    @property
    def is_open(self) -> bool:
        """Whether the coordinator still has to act."""
        return self.resolved_at is None
