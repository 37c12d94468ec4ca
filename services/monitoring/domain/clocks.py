"""The clocks of a case: each has a kind, is about one thing, and has a key that says both."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ClockKind(StrEnum):
    """What is looked at again when the clock rings."""

    INVENTORY_REMIND = "inventory-remind"
    INVENTORY_LATE = "inventory-late"
    HOME_VISIT_LATE = "home-visit-late"
    MATCHING_LATE = "matching-late"
    ANSWER_REMIND = "answer-remind"
    ANSWER_ESCALATE = "answer-escalate"
    ANSWER_EXPIRE = "answer-expire"
    QUESTION_LATE = "question-late"
    DELETION_LATE = "deletion-late"
    WAITLIST_DUE = "waitlist-due"
    WAITLIST_LATE = "waitlist-late"
    HANDOVER_REMIND = "handover-remind"
    HANDOVER_LATE = "handover-late"
    FIRST_CONTACT_LATE = "first-contact-late"
    START_LATE = "start-late"
    CONFIRMATION_REMIND = "confirmation-remind"
    CONFIRMATION_LATE = "confirmation-late"
    FAMILY_WISH_LATE = "family-wish-late"
    FAMILY_ASK_LATE = "family-ask-late"
    FOLLOW_UP_DUE = "follow-up-due"
    FOLLOW_UP_REMIND = "follow-up-remind"
    FOLLOW_UP_MISSED = "follow-up-missed"
    OUT_OF_SIGHT_AGAIN = "out-of-sight-again"
    NOBODY_AGAIN = "nobody-again"
    POINT_AGAIN = "point-again"
    POINT_WAKES = "point-wakes"
    OWNER_IDLE = "owner-idle"
    SEARCH_GOES_ON = "search-goes-on"
    PAUSE_OVER = "pause-over"
    LOOK_AGAIN = "look-again"


@dataclass(frozen=True, slots=True)
class Clock:
    """`about` is the case, the need, the referral, the follow-up or the point that is looked at."""

    kind: ClockKind
    about: UUID
    due_at: datetime

    @property
    def key(self) -> str:
        """Unique and always the same for the same thing: `answer-expire:{referral_id}`."""
        return key_of(self.kind, self.about)


def key_of(kind: ClockKind, about: UUID) -> str:
    """The key of the clock of this kind about this thing."""
    return f"{kind}:{about}"
