"""How far the help for one need is, as matching tells it, and what happens next with a case."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Progress(StrEnum):
    """Where one need stands."""

    NOT_ASKED = "not-asked"  # before the inventory; never stored
    SEARCHING = "searching"
    ASKED = "asked"
    ACCEPTED = "accepted"
    HANDED_OVER = "handed-over"
    STARTED = "started"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    NOBODY_FOUND = "nobody-found"
    FAMILY_STOPPED = "family-stopped"


@dataclass(frozen=True, slots=True)
class NeedProgress:
    """Who does what for one need, since when; `on` is the day that goes with it (the first contact)."""

    need_id: UUID
    case_id: UUID
    progress: Progress
    since: datetime
    organisation_id: UUID | None = None
    service_id: UUID | None = None
    on: date | None = None


class NextStep(StrEnum):
    """What happens next with a case."""

    INVENTORY = "inventory"
    FIND_PARTNER = "find-partner"
    AWAIT_ANSWER = "await-answer"
    HAND_OVER = "hand-over"
    AWAIT_HELP = "await-help"
    CONFIRM = "confirm"
    COORDINATOR = "coordinator"
    ASK_FAMILY = "ask-family"
    FOLLOW_UP = "follow-up"
    NOTHING = "nothing"
    ENDED = "ended"


# The most urgent first: the case's next step is that of the first of these that one of its needs is in.
NEXT_STEPS: tuple[tuple[Progress, NextStep], ...] = (
    (Progress.NOBODY_FOUND, NextStep.COORDINATOR),
    (Progress.FAMILY_STOPPED, NextStep.ASK_FAMILY),
    (Progress.ACCEPTED, NextStep.HAND_OVER),
    (Progress.DELIVERED, NextStep.CONFIRM),
    (Progress.ASKED, NextStep.AWAIT_ANSWER),
    (Progress.SEARCHING, NextStep.FIND_PARTNER),
    (Progress.HANDED_OVER, NextStep.AWAIT_HELP),
    (Progress.STARTED, NextStep.AWAIT_HELP),
    (Progress.CONFIRMED, NextStep.FOLLOW_UP),
)


def next_step(state: str, progress: set[Progress]) -> NextStep:
    """What happens next with a case in this state, whose needs stand so."""
    if state in {"received", "in-inventory"}:
        return NextStep.INVENTORY
    if state == "closed":
        return NextStep.NOTHING
    if state != "assessed":
        return NextStep.ENDED
    return next((step for stage, step in NEXT_STEPS if stage in progress), NextStep.FIND_PARTNER)
