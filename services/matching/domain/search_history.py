"""How a partner was sought for a need: every ranking with its reasons, and every choice that the desk made."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.events.desk_codes import ChoiceReason, PostponeReason, UnavailableReason
from shared.events.matching import PartnerActivated


@dataclass(frozen=True, slots=True)
class Considered:
    """One line of a ranking. `position` 0: not asked, for the reason given."""

    position: int
    service_id: UUID
    organisation_id: UUID
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptRanking:
    """A ranking as it was made: who could be asked in order, then who could not. Numbers count per need, from 1."""

    number: int
    made_at: datetime
    lines: tuple[Considered, ...]
    more_candidates: int = 0
    """How many more could be asked, and have no line."""
    more_passed: int = 0


DeskReason = ChoiceReason | PostponeReason | UnavailableReason


class ChoiceKind(StrEnum):
    """What the desk chose."""

    ASK = "ask"
    ASK_OUTSIDE = "ask-outside"
    SKIP = "skip"
    WAIT = "wait"
    NO_HELP = "no-help"
    LOOK_AGAIN = "look-again"


@dataclass(frozen=True, slots=True)
class DeskChoice:
    """What somebody of the desk chose for a need, and why."""

    id: UUID
    case_id: UUID
    need_id: UUID
    kind: ChoiceKind
    chosen_by: UUID
    chosen_at: datetime
    reason: DeskReason | None = None
    service_id: UUID | None = None
    """The offer that was asked, or passed over."""
    until: date | None = None
    against: tuple[str, ...] = ()
    """What spoke against this partner, in words, when it was asked all the same."""

    def repeats(self, other: "DeskChoice") -> bool:
        """Whether it is the same choice once more, as of a form that was sent twice."""
        mine = (self.need_id, self.kind, self.chosen_by, self.reason, self.until)
        theirs = (other.need_id, other.kind, other.chosen_by, other.reason, other.until)
        return mine == theirs and self.service_id in {None, other.service_id}

    def told_in(self, fact: PartnerActivated) -> PartnerActivated:
        """The fact that a partner is asked, with who chose it and why."""
        choice = self.reason if isinstance(self.reason, ChoiceReason) else None
        return fact.model_copy(update={"chosen_by": self.chosen_by, "choice": choice})
