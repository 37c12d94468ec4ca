"""The board as its readers know it: which cases, in which order, what each line says, and the figures."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.lane import Lane
from services.monitoring.domain.state import CaseState
from shared.events.base import Beneficiary, Urgency
from shared.events.monitoring import EscalationReason


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """Which cases to show; empty fields do not narrow.

    `text` is part of a case code, or of the name of the school or a partner: those that ended are found as well.
    """

    text: str | None = None
    lane: Lane | None = None
    reason: EscalationReason | None = None
    owner_ids: frozenset[UUID] = frozenset()
    """With a point of one of these."""
    without_owner: bool = False
    district: str | None = None
    state: CaseState | None = None
    organisation_id: UUID | None = None
    category: str | None = None
    asked_from: datetime | None = None
    asked_before: datetime | None = None
    stuck_only: bool = False
    out_of_sight: bool = False
    late_since: datetime | None = None
    """Without a next step: no clock, or one that should have rung before this."""
    before: datetime | None = None
    """With a next step before this."""
    with_ended: bool = False


class SortKey(StrEnum):
    """By what the board can be sorted."""

    CODE = "code"
    URGENCY = "urgency"
    DISTRICT = "district"
    ASKED_BY = "asked-by"
    SINCE = "since"
    STATE = "state"
    NEXT_STEP = "next-step"
    OWNER = "owner"  # the cases of one together


@dataclass(frozen=True, slots=True)
class BoardOrder:
    """Without a key: by lane, then urgency, then what waits longest; so too where the key is the same."""

    by: SortKey | None = None
    descending: bool = False


BY_LANE: Final = BoardOrder()
# A clock that rings is handled within seconds; later than this it does not count as a next step any more.
RINGING: Final = timedelta(seconds=60)
# So many letters are worth a search; fewer are in everything.
FEWEST_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One case on the board."""

    case_id: UUID
    case_code: str
    state: CaseState
    lane: Lane | None
    urgency: Urgency | None
    district: str | None
    categories: tuple[str, ...]
    beneficiaries: tuple[Beneficiary, ...]
    organisation_id: UUID | None
    at_work: tuple[UUID, ...]
    next_action_at: datetime | None
    next_action: ClockKind | None
    reasons: tuple[EscalationReason, ...]
    level: int
    owner_ids: tuple[UUID, ...]
    waits_until: date | None
    call_id: UUID | None
    urgency_rank: int
    waits_since: datetime
    out_of_sight_since: datetime | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A case that stands still for safety, as the desk may see it."""

    case_id: UUID
    case_code: str
    held_since: datetime


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """The figures on top of the board."""

    open_cases: int
    stuck: int
    out_of_sight: int
    without_next_step: int
    # What stands aside may be about a case that is in none of the other figures.
    parked_events: int


@dataclass(frozen=True, slots=True)
class StepPace:
    """How long one step took from the request on, over `cases` that came so far; None: no case did."""

    cases: int
    median: timedelta | None
    ninetieth: timedelta | None


@dataclass(frozen=True, slots=True)
class PaceFigures:
    """How fast help comes, and how families were handed over."""

    answer: StepPace
    contact: StepPace
    help: StepPace
    warm: int
    cold: int

    @property
    def warm_share(self) -> int | None:
        """Of all handovers, how many in a hundred were warm; None: there was none yet."""
        return round(100 * self.warm / (self.warm + self.cold)) if self.warm + self.cold else None


@dataclass(frozen=True, slots=True)
class SavedView:
    """A name for a choice of filters. `query` is what stands behind `/bord?`; a shared one is the whole team's."""

    view_id: UUID
    person_id: UUID
    title: str
    query: str
    shared: bool
