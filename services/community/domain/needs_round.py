"""A round at a gathering: "waar heb jij behoefte aan?". Wishes are gathered, put together under one subject, voted on,
and become an outcome: who takes it up, by when, and how it stands.

A wish is read by who organises until it stands under a subject; subjects and outcomes are for everybody.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.community.domain.errors import NotInThisState
from shared.events.base import Event
from shared.events.community import OutcomeAgreed, OutcomeClosed, OutcomeDue


class Way(StrEnum):
    """How a wish came in."""

    PAGE = "page"
    PAPER = "paper"
    PHONE = "phone"


class OutcomeState(StrEnum):
    """How an outcome stands; NONE: there is no outcome yet."""

    NONE = "none"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like, of whom nobody keeps the name."""

    id: UUID
    gathering_id: UUID
    asks_for: str
    way: Way
    told_at: datetime
    subject_id: UUID | None = None


@dataclass(slots=True)
class Subject:
    """Wishes that belong together. `votes` are counted in the room: hands or stickers; `given` behind the links."""

    id: UUID
    gathering_id: UUID
    title: str
    votes: int = 0
    state: OutcomeState = OutcomeState.NONE
    outcome: str = ""
    owner: str = ""
    due_on: date | None = None
    given: int = 0

    @property
    def all_votes(self) -> int:
        """However they were given."""
        return self.votes + self.given

    def agree(self, outcome: str, owner: str, due_on: date, at: datetime) -> list[Event]:
        """Somebody takes it up; who and by when can be put right while it is open. Raises NotInThisState."""
        if self.state not in {OutcomeState.NONE, OutcomeState.OPEN}:
            raise NotInThisState("Dit is al afgerond.")
        self.state, self.outcome, self.owner, self.due_on = OutcomeState.OPEN, outcome, owner, due_on
        return [OutcomeAgreed(**self._fact(at))]

    def close(self, at: datetime, *, done: bool) -> list[Event]:
        """It is done, or nobody will do it. Raises NotInThisState."""
        if self.state is not OutcomeState.OPEN:
            raise NotInThisState("Hier loopt nu niets.")
        self.state = OutcomeState.DONE if done else OutcomeState.DROPPED
        return [OutcomeClosed(**self._fact(at), done=done)]

    def come_due(self, today: date, at: datetime) -> list[Event]:
        """Its day is there and it is still open; else nothing."""
        if self.state is not OutcomeState.OPEN or self.due_on is None or today < self.due_on:
            return []
        return [OutcomeDue(**self._fact(at))]

    def is_late(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.state is OutcomeState.OPEN and self.due_on is not None and today > self.due_on

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {"subject": self.id, "occurred_at": at, "gathering_id": self.gathering_id}
