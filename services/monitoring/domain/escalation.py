"""Why a case is on the coordinator's list, and what was done about it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.events.desk_codes import Resolution
from shared.events.monitoring import EscalationReason

# Whom to call first is the partner's contact person; for every other reason it is the ambassador.
CALL_THE_PARTNER = frozenset(
    {
        EscalationReason.PARTNER_SILENT,
        EscalationReason.FIRST_CONTACT_LATE,
        EscalationReason.HANDOVER_LATE,
        EscalationReason.WAITLIST_LATE,
        EscalationReason.HELP_NOT_STARTED,
        EscalationReason.DELETION_UNCONFIRMED,
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
    owner_id: UUID | None = None
    """Who of the desk has it now; without one it is for all of them."""
    owned_since: datetime | None = None
    version: int = 1
    """Counts what people did with it, so that who looks at an older one is told."""
    waits_until: date | None = None
    """Until this day there is nothing to do about it, unless something happens with the case before."""

    @property
    def is_open(self) -> bool:
        """Whether the coordinator still has to act."""
        return self.resolved_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether there is nothing to do about it now: it stays on the list, and its day brings it up."""
        return self.is_open and self.waits_until is not None

    @property
    def loses_sight(self) -> bool:
        """Whether the child is out of sight while this is open."""
        return self.lost or self.reason is EscalationReason.OUT_OF_SIGHT
