"""What organisations ask and offer each other, without any case: a room, a speaker, a pair of hands, materials.

open → done | over | withdrawn; what is over can be renewed. A reply: open → yes | no, and names are shared after a yes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.community.domain.errors import NotInThisState
from shared.events.base import Event
from shared.events.swap import NoticeEnded, NoticeReplied, ReplyAccepted, ReplyDeclined


class Side(StrEnum):
    """Whether something is asked or offered."""

    ASK = "ask"
    OFFER = "offer"


class Good(StrEnum):
    """What it is."""

    ROOM = "room"
    SPEAKER = "speaker"
    HANDS = "hands"
    MATERIALS = "materials"


class NoticeState(StrEnum):
    """Where it stands."""

    OPEN = "open"
    DONE = "done"
    OVER = "over"
    WITHDRAWN = "withdrawn"


class ReplyState(StrEnum):
    """What was said to a reply."""

    OPEN = "open"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked or offered. `area`: None is the whole city; `until`: the last day."""

    side: Side
    good: Good
    about: str
    area: str | None
    until: date


@dataclass(slots=True)
class Notice:
    """One of them. `helped`: whether it did, when it is done."""

    id: UUID
    organisation_id: UUID
    placed_by: UUID
    placed_at: datetime
    wanted: Wanted
    state: NoticeState = NoticeState.OPEN
    helped: bool | None = None

    def is_open(self, today: date) -> bool:
        """Whether somebody can reply."""
        return self.state is NoticeState.OPEN and today <= self.wanted.until

    def renew(self, until: date) -> None:
        """Up to another day. Raises NotInThisState."""
        if self.state not in {NoticeState.OPEN, NoticeState.OVER}:
            raise NotInThisState("Dit is al klaar. Plaats het opnieuw.")
        held = self.wanted
        self.wanted = Wanted(held.side, held.good, held.about, held.area, until)
        self.state = NoticeState.OPEN

    def finish(self, *, helped: bool) -> None:
        """It is done, and whether it helped. Raises NotInThisState."""
        if self.state not in {NoticeState.OPEN, NoticeState.OVER}:
            raise NotInThisState("Dit is al klaar.")
        self.state, self.helped = NoticeState.DONE, helped

    def withdraw(self) -> None:
        """Nobody sees it any more. Raises NotInThisState."""
        if self.state not in {NoticeState.OPEN, NoticeState.OVER}:
            raise NotInThisState("Dit is al klaar.")
        self.state = NoticeState.WITHDRAWN

    def end(self, today: date, at: datetime) -> list[Event]:
        """Its last day has passed."""
        if self.state is not NoticeState.OPEN or today <= self.wanted.until:
            return []
        self.state = NoticeState.OVER
        return [
            NoticeEnded(subject=self.id, occurred_at=at, person_id=self.placed_by, organisation_id=self.organisation_id)
        ]


@dataclass(slots=True)
class Reply:
    """One organisation that wants it. `answered_by`, of the organisation that placed it, is there after a yes only."""

    id: UUID
    notice_id: UUID
    organisation_id: UUID
    replied_by: UUID
    replied_at: datetime
    state: ReplyState = ReplyState.OPEN
    answered_by: UUID | None = None

    def send(self, notice: Notice) -> list[Event]:
        """Whoever placed it hears which organisation."""
        return [
            NoticeReplied(
                subject=self.id, occurred_at=self.replied_at, person_id=notice.placed_by,
                organisation_id=self.organisation_id,
            )
        ]  # fmt: skip

    def accept(self, person_id: UUID, notice: Notice, at: datetime) -> list[Event]:
        """Both hear with whom. Raises NotInThisState."""
        self._answer(ReplyState.YES)
        self.answered_by = person_id
        return [
            ReplyAccepted(
                subject=self.id, occurred_at=at, person_id=one, organisation_id=organisation_id, with_person_id=other
            )
            for one, organisation_id, other in (
                (self.replied_by, notice.organisation_id, person_id),
                (person_id, self.organisation_id, self.replied_by),
            )
        ]

    def decline(self, notice: Notice, at: datetime) -> list[Event]:
        """Nobody hears why. Raises NotInThisState."""
        self._answer(ReplyState.NO)
        return [
            ReplyDeclined(
                subject=self.id, occurred_at=at, person_id=self.replied_by, organisation_id=notice.organisation_id
            )
        ]

    def _answer(self, state: ReplyState) -> None:
        if self.state is not ReplyState.OPEN:
            raise NotInThisState("Hier is al op geantwoord.")
        self.state = state
