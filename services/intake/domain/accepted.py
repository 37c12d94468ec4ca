"""Which organisation said yes to which referral: it may read of the family what the family allows."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.intake.domain.progress import Progress

# As long as the help for a need stands here, who gives it may read; not before the yes, and not when it is over.
READS: Final = frozenset(
    {
        Progress.ACCEPTED, Progress.HANDOVER_PLANNED, Progress.HANDOVER_HALF_CONFIRMED, Progress.HANDED_OVER,
        Progress.HANDED_OVER_COLD, Progress.STARTED,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AcceptedReferral:
    """This organisation helps with this need; a column of `accepted_referrals` bears each field's name."""

    referral_id: UUID
    case_id: UUID
    need_id: UUID
    organisation_id: UUID
    contact_id: UUID | None = None
    """Who speaks for it."""
