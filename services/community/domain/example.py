"""An example for the table: an invented child, of a shape that many families have, told in the desk's own words.

waiting → approved by somebody else of the desk, or returned with the reason; and withdrawn. Whatever changes waits for
approval anew. Nothing of it is of a real child: it has a shape of a few codes, and a first name from this list.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.community.domain.errors import NotInThisState
from services.community.domain.example_errors import ExampleChanged, NotCommonEnough, OwnExample
from shared.events.alike_families import AlikeFamiliesAnswer, FamilyShape
from shared.events.base import Event
from shared.events.programme import ExampleReturned, ExampleSubmitted


class FirstName(StrEnum):
    """What the child in an example can be called; nobody types a name."""

    AMIRA = "Amira"
    DAAN = "Daan"
    FENNA = "Fenna"
    ILYAS = "Ilyas"
    JADA = "Jada"
    LINA = "Lina"
    MILAN = "Milan"
    NOA = "Noa"
    OTIS = "Otis"
    SEM = "Sem"
    YUSUF = "Yusuf"
    ZOFIA = "Zofia"


class ExampleState(StrEnum):
    """Where an example stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


JUDGED: Final = "Over dit voorbeeld is al besloten."


@dataclass(frozen=True, slots=True)
class Checked:
    """What intake says now of a shape."""

    shape: FamilyShape
    answer: AlikeFamiliesAnswer

    def let_pass(self, shape: FamilyShape) -> None:
        """Raises NotCommonEnough unless many families have this shape."""
        if shape != self.shape:
            raise ExampleChanged
        if not self.answer.is_common:
            raise NotCommonEnough


@dataclass(frozen=True, slots=True)
class Told:
    """What an example tells."""

    shape: FamilyShape
    called: FirstName
    body: str


@dataclass(slots=True)
class Example:
    """One of them. `version` grows with each change; `written_by`: whose change was the last one, None once they left.

    `kept_from`: its last use; some time after that it is forgotten.
    """

    id: UUID
    told: Told
    written_by: UUID | None
    kept_from: datetime
    version: int = 1
    state: ExampleState = ExampleState.WAITING
    reason: str = ""
    approved_by: UUID | None = None

    def waits(self, by: UUID, at: datetime) -> list[Event]:
        """A colleague is asked to read it."""
        return [ExampleSubmitted(subject=self.id, occurred_at=at, person_id=by)]

    def rewrite(self, told: Told, by: UUID, at: datetime) -> list[Event]:
        """Something else, which waits for approval. Raises NotInThisState."""
        if self.state is ExampleState.WITHDRAWN:
            raise NotInThisState("Dit voorbeeld is ingetrokken. Maak een nieuw voorbeeld.")
        self.told, self.written_by, self.kept_from = told, by, at
        self.version += 1
        self.state, self.reason, self.approved_by = ExampleState.WAITING, "", None
        return self.waits(by, at)

    def approve(self, version: int, checked: Checked, by: UUID, at: datetime) -> None:
        """Somebody else read this version. Raises NotInThisState, ExampleChanged, OwnExample or NotCommonEnough."""
        self._is_judged(version, by)
        checked.let_pass(self.told.shape)
        self.state, self.approved_by, self.kept_from = ExampleState.APPROVED, by, at

    def give_back(self, version: int, reason: str, by: UUID, at: datetime) -> list[Event]:
        """Somebody else read it, and says why not. Raises NotInThisState, ExampleChanged or OwnExample."""
        self._is_judged(version, by)
        self.state, self.reason = ExampleState.RETURNED, reason
        if self.written_by is None:
            return []
        return [ExampleReturned(subject=self.id, occurred_at=at, person_id=self.written_by)]

    def tie(self, checked: Checked, starts_at: datetime) -> None:
        """It lies on the table of a gathering. Raises NotInThisState, ExampleChanged or NotCommonEnough."""
        if self.state is not ExampleState.APPROVED:
            raise NotInThisState("Dit voorbeeld is niet goedgekeurd. Een collega kijkt er eerst naar.")
        checked.let_pass(self.told.shape)
        self.kept_from = max(self.kept_from, starts_at)

    def withdraw(self) -> None:
        """Nobody reads it any more."""
        self.state, self.reason = ExampleState.WITHDRAWN, ""
        self.told = Told(self.told.shape, self.told.called, "")

    def forget(self, person_id: UUID) -> None:
        """This person left."""
        self.written_by = None if self.written_by == person_id else self.written_by
        self.approved_by = None if self.approved_by == person_id else self.approved_by

    def _is_judged(self, version: int, by: UUID) -> None:
        if self.state is not ExampleState.WAITING:
            raise NotInThisState(JUDGED)
        if self.version != version:
            raise ExampleChanged
        if self.written_by == by:
            raise OwnExample
