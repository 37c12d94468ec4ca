"""Follow-ups ("vinger aan de pols"): how the child is doing after the help began to help."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.events.monitoring import FollowUpAnswer


class FollowUpState(StrEnum):
    """The life of one follow-up."""

    SCHEDULED = "scheduled"
    ASKED = "asked"
    RECORDED = "recorded"
    MISSED = "missed"
    RESTING = "resting"  # of the plan of a case that is closed: goes on when the case opens again
    CANCELLED = "cancelled"  # never asked: the case ended, or the real plan took its place
    SUPERSEDED = "superseded"  # asked, and the next one was asked before an answer came


class FollowUpKind(StrEnum):
    """Part of the plan after help, or one that keeps a child in sight until there is a plan."""

    PLAN = "plan"
    INTERIM = "interim"


# How long whoever gave a wrong answer by accident can correct it.
CHANGE_WITHIN = timedelta(minutes=30)
PENDING = frozenset({FollowUpState.SCHEDULED, FollowUpState.ASKED})
# A late answer counts too.
ANSWERABLE = frozenset({FollowUpState.ASKED, FollowUpState.MISSED, FollowUpState.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Number `number` of the case; numbers count what is or was really asked."""

    follow_up_id: UUID
    number: int
    kind: FollowUpKind
    due_at: datetime
    state: FollowUpState = FollowUpState.SCHEDULED
    asked_at: datetime | None = None
    answer: FollowUpAnswer | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = None

    @property
    def is_pending(self) -> bool:
        """Whether it still will be asked, or waits for its answer."""
        return self.state in PENDING

    @property
    def changeable_until(self) -> datetime | None:
        """Until when another answer may take the place of this one. Of a new question the inventory is open already."""
        if self.answered_at is None or self.answer is FollowUpAnswer.NEW_QUESTION:
            return None
        return self.answered_at + CHANGE_WITHIN
