"""How far the help for one need is, as matching tells it, and what happens next with a case."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Progress(StrEnum):
    """Where one need stands."""

    NOT_ASKED = "not-asked"  # before the inventory; never stored
    WAITING = "waiting"  # for another need; never stored
    ENDED = "ended"  # the case is over; never stored
    SEARCHING = "searching"
    ASKED = "asked"
    QUESTION = "question"
    WAITLISTED = "waitlisted"
    ACCEPTED = "accepted"
    HANDOVER_PLANNED = "handover-planned"
    HANDOVER_HALF_CONFIRMED = "handover-half-confirmed"
    HANDED_OVER = "handed-over"
    HANDED_OVER_COLD = "handed-over-cold"
    STARTED = "started"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    NOT_HELPED = "not-helped"
    NOBODY_FOUND = "nobody-found"
    STOPPED = "stopped"
    SEARCH_STOPPED = "search-stopped"
    POSTPONED = "postponed"
    UNAVAILABLE = "unavailable"

    @property
    def is_early(self) -> bool:
        """Whether nobody said yes yet."""
        return self in {
            Progress.NOT_ASKED,
            Progress.SEARCHING,
            Progress.ASKED,
            Progress.QUESTION,
            Progress.NOBODY_FOUND,
            Progress.POSTPONED,
        }


# Nobody helps with a need that stands so.
WITHOUT_PARTNER = frozenset(
    {
        Progress.SEARCHING, Progress.NOBODY_FOUND, Progress.STOPPED, Progress.SEARCH_STOPPED, Progress.NOT_HELPED,
        Progress.POSTPONED, Progress.UNAVAILABLE,
    }
)  # fmt: skip


# A partner said yes, and what came after that.
HELPING = (
    frozenset(Progress)
    - WITHOUT_PARTNER
    - {Progress.NOT_ASKED, Progress.WAITING, Progress.ENDED, Progress.ASKED, Progress.QUESTION}
)


@dataclass(frozen=True, slots=True)
class NeedProgress:
    """Who does what for one need, since when.

    `on` is the day that goes with it (the first contact); `detail` is a code that says more, such as why it was cold.
    """

    need_id: UUID
    case_id: UUID
    progress: Progress
    since: datetime
    organisation_id: UUID | None = None
    service_id: UUID | None = None
    on: date | None = None
    detail: str | None = None


class NextStep(StrEnum):
    """What happens next with a case."""

    INVENTORY = "inventory"
    FIND_PARTNER = "find-partner"
    FIND_LATER = "find-later"
    AWAIT_ANSWER = "await-answer"
    ANSWER_PARTNER = "answer-partner"
    AWAIT_PLACE = "await-place"
    HAND_OVER = "hand-over"
    MEET = "meet"
    CONFIRM_MEETING = "confirm-meeting"
    AWAIT_HELP = "await-help"
    CONFIRM = "confirm"
    COORDINATOR = "coordinator"
    ASK_FAMILY = "ask-family"
    REST = "rest"
    FOLLOW_UP = "follow-up"
    NOTHING = "nothing"
    ENDED = "ended"


# The most urgent first: the case's next step is that of the first of these that one of its needs is in.
NEXT_STEPS: tuple[tuple[Progress, NextStep], ...] = (
    (Progress.NOBODY_FOUND, NextStep.COORDINATOR),
    (Progress.STOPPED, NextStep.ASK_FAMILY),
    (Progress.QUESTION, NextStep.ANSWER_PARTNER),
    (Progress.ACCEPTED, NextStep.HAND_OVER),
    (Progress.HANDOVER_HALF_CONFIRMED, NextStep.CONFIRM_MEETING),
    (Progress.HANDOVER_PLANNED, NextStep.MEET),
    (Progress.DELIVERED, NextStep.CONFIRM),
    (Progress.ASKED, NextStep.AWAIT_ANSWER),
    (Progress.SEARCHING, NextStep.FIND_PARTNER),
    (Progress.NOT_HELPED, NextStep.FIND_PARTNER),
    (Progress.WAITLISTED, NextStep.AWAIT_PLACE),
    (Progress.HANDED_OVER, NextStep.AWAIT_HELP),
    (Progress.HANDED_OVER_COLD, NextStep.AWAIT_HELP),
    (Progress.STARTED, NextStep.AWAIT_HELP),
    (Progress.POSTPONED, NextStep.FIND_LATER),
    (Progress.CONFIRMED, NextStep.FOLLOW_UP),
    (Progress.UNAVAILABLE, NextStep.FOLLOW_UP),
    (Progress.SEARCH_STOPPED, NextStep.FOLLOW_UP),
)


def is_done(progress: NeedProgress | None) -> bool:
    """Whether what waits for this need can begin."""
    return progress is not None and progress.progress in {Progress.DELIVERED, Progress.CONFIRMED}


def stage_of(progress: NeedProgress | None, *, is_open: bool, is_sought: bool, waits: bool) -> Progress:
    """Where a need stands: `is_open` is the case, `is_sought` tells whether somebody looks for a partner."""
    stage = progress.progress if progress else Progress.SEARCHING if is_sought else Progress.NOT_ASKED
    if not is_open:
        return stage if stage is Progress.CONFIRMED else Progress.ENDED
    return Progress.WAITING if waits and stage in {Progress.SEARCHING, Progress.NOT_ASKED} else stage


def next_step(state: str, progress: set[Progress], *, rests: bool = False) -> NextStep:
    """What happens next with a case in this state, whose needs stand so; `rests`: the family wants rest for a while."""
    if state == "closed":
        return NextStep.NOTHING
    if state not in {"received", "in-inventory", "assessed"}:
        return NextStep.ENDED
    if rests:
        return NextStep.REST
    if state != "assessed":
        return NextStep.INVENTORY
    return next((step for stage, step in NEXT_STEPS if stage in progress), NextStep.FIND_PARTNER)
