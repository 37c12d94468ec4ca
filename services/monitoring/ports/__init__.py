"""What the handlers need: repositories, the board, the calendar and links, all inside one transaction."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.monitoring.domain.board import (
    BY_LANE,
    BoardFigures,
    BoardFilter,
    BoardOrder,
    BoardRow,
    HeldRow,
    PaceFigures,
    SavedView,
)
from services.monitoring.domain.lane import Lane
from services.monitoring.domain.notes import Note
from services.monitoring.domain.reading import ReadingPoint
from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.domain.watch import Watch
from services.monitoring.ports.in_hand import FamiliesInHand
from shared.access.links import Links
from shared.access.members import Members
from shared.access.replies import Replies
from shared.events.http import FollowUpWords
from shared.events.monitoring import EscalationReason
from shared.kernel.working_time import Calendar
from shared.privacy.marks import Marks
from shared.unit_of_work import UnitOfWork


class Watches(Protocol):
    """The watch of each case."""

    async def fetch(self, case_ids: Collection[UUID]) -> None:
        """Lock and read these in one go; `get` gives them then."""

    async def get(self, case_id: UUID) -> Watch | None:
        """The watch, locked until the transaction ends, also when it is not there yet."""

    async def read(self, case_id: UUID) -> Watch | None:
        """The watch for looking at only; not locked."""

    async def erase(self, case_id: UUID) -> None:
        """Remove it for good."""

    async def save(self, watch: Watch) -> None:
        """Keep it as it is now."""

    async def case_of_follow_up(self, follow_up_id: UUID) -> UUID | None:
        """The case that this follow-up belongs to."""

    async def list_followed(self, organisation_id: UUID, after: UUID | None, limit: int) -> list[Watch]:
        """Those of this school's cases that have a follow-up, by case, from the one after this one on; not locked."""

    async def list_with_point(self, reason: EscalationReason, organisation_id: UUID, limit: int) -> list[Watch]:
        """This school's open cases that are on the list for this reason, those that wait longest first; not locked."""

    async def list_asked(self, person_id: UUID) -> list[UUID]:
        """Cases of which this person was asked how it goes, and nobody answered yet; oldest first."""

    async def list_without_next_step(self, limit: int) -> list[UUID]:
        """Open cases that have no clock. Always empty, or something is wrong."""

    async def list_without_timer(self, before: datetime, limit: int) -> list[UUID]:
        """Open cases whose next clock should have rung before this, and has no timer; oldest first."""


class Timeline(Protocol):
    """What happened in each case, by time."""

    async def add(self, entries: Sequence[TimelineEntry]) -> None:
        """Write these lines, at least one."""

    async def list_of_case(self, case_id: UUID) -> list[TimelineEntry]:
        """The lines of a case, oldest first."""

    async def erase(self, case_id: UUID) -> None:
        """Delete the lines of a case."""


class Notes(Protocol):
    """What the desk wrote down about each case."""

    async def add(self, note: Note) -> None:
        """Keep it, beside whatever a colleague writes at the same moment."""

    async def list_of_case(self, case_id: UUID) -> list[Note]:
        """Pinned ones first, then the newest."""

    async def pin(self, case_id: UUID, note_id: UUID, *, pinned: bool) -> None:
        """On top, or not any more."""

    async def remove(self, case_id: UUID, note_id: UUID) -> None:
        """Delete this one."""

    async def erase(self, case_id: UUID) -> None:
        """Delete all of the case."""


class Readings(Protocol):
    """What somebody read unusually, until a colleague looked into it."""

    async def add(self, point: ReadingPoint) -> None:
        """Keep it."""

    async def list_open(self) -> list[ReadingPoint]:
        """All, the oldest first."""

    async def get(self, point_id: UUID) -> ReadingPoint | None:
        """None when there is none (any more)."""

    async def remove(self, point_id: UUID) -> None:
        """It was looked into."""


class Reminders(Protocol):
    """Which ambassador was asked about what on which day, in one mail about several cases."""

    async def claim(self, ambassador_id: UUID, reason: EscalationReason, day: date) -> bool:
        """Remember it; False: it was asked already, perhaps at this very moment by a colleague."""

    async def forget_code(self, case_code: str) -> None:
        """This case is named no more among those of which somebody was reminded."""


class Directory(Protocol):
    """A small read model of the network."""

    async def save_organisation(self, organisation_id: UUID, name: str) -> None:
        """Remember the organisation's public name."""

    async def read_names(self, organisation_ids: Sequence[UUID]) -> dict[UUID, str]:
        """The public names of those that are known."""


class Board(Protocol):
    """The read model that coordinators look at."""

    async def list_cases(
        self, wanted: BoardFilter, order: BoardOrder = BY_LANE, *, limit: int, offset: int = 0
    ) -> list[BoardRow]:
        """Those that are wanted, in this order."""

    async def list_held(self) -> list[HeldRow]:
        """Those that stand still for safety, longest first: number and since when, and nothing else."""

    async def count_cases(self, wanted: BoardFilter) -> int:
        """How many cases `list_cases` has in all."""

    async def count_lanes(self, wanted: BoardFilter) -> dict[Lane | None, int]:
        """How many cases are wanted in each lane, whatever lane is wanted; of those that ended under None."""

    async def count_each(self, wanted: Sequence[BoardFilter]) -> list[int]:
        """How many cases each of these wants, all in one question."""

    async def read_figures(self, now: datetime) -> BoardFigures:
        """The figures, over all open cases."""

    async def read_pace(self, wanted: BoardFilter) -> PaceFigures:
        """From the request on, over all cases of this district, category and time; also those that ended."""


class SavedViews(Protocol):
    """Names that people of the desk gave to choices of filters."""

    async def list_for(self, person_id: UUID) -> list[SavedView]:
        """Their own and the team's, by title."""

    async def get(self, view_id: UUID) -> SavedView | None:
        """This one, when it is there."""

    async def save(self, view: SavedView) -> None:
        """Keep it."""

    async def delete(self, view_id: UUID) -> None:
        """Forget it; for whom the board opened with it, that opens with everything."""

    async def forget_searches(self, case_code: str) -> None:
        """The same for each that looks for this case by its number."""

    async def default_of(self, person_id: UUID) -> UUID | None:
        """With which view the board opens for this person."""

    async def choose_default(self, person_id: UUID, view_id: UUID | None) -> None:
        """Open the board with this view from now on; None: with everything."""


class KeptWords(Protocol):
    """The vault of intake, for words about a family: they stay nowhere here."""

    async def keep(self, words: FollowUpWords) -> bool:
        """Hand them over; False: they were not kept, and whoever typed them must know."""


class MonitoringUnit(UnitOfWork, Protocol):
    """One transaction of monitoring."""

    @property
    def watches(self) -> Watches:
        """The aggregate."""

    @property
    def timeline(self) -> Timeline: ...

    @property
    def notes(self) -> Notes: ...

    @property
    def readings(self) -> Readings: ...

    @property
    def in_hand(self) -> FamiliesInHand: ...
    @property
    def reminders(self) -> Reminders: ...

    @property
    def directory(self) -> Directory: ...
    @property
    def board(self) -> Board:
        """What coordinators see."""

    @property
    def saved_views(self) -> SavedViews:
        """Choices of filters by name."""

    @property
    def members(self) -> Members:
        """Who is in the network and may do what."""

    @property
    def links(self) -> Links:
        """Links in mails."""

    @property
    def replies(self) -> Replies:
        """Answers to machines that may ask twice."""

    @property
    def follow_up_words(self) -> KeptWords:
        """Words for intake's vault; no part of the transaction, and asked after it."""

    @property
    def marks(self) -> Marks: ...
    @property
    def calendar(self) -> Calendar: ...
