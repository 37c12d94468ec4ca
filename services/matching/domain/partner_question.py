"""What a partner wants to know before it answers. The words stay in matching: no event and no mail has them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(slots=True)
class PartnerQuestion:
    """One question about one referral, and its answer; both are read by the partner, the ambassador and the desk."""

    id: UUID
    case_id: UUID
    referral_id: UUID
    asked_by: UUID
    asked_at: datetime
    question: str
    answer: str = ""
    answered_by: UUID | None = None
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the partner still waits for an answer."""
        return self.answered_at is None
