"""Thanks: who thanked whom for what, and how. Nobody gets points, and nobody else reads how often."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.events.base import Event
from shared.events.care import PersonThanked


class HelpKind(StrEnum):
    """What somebody is thanked for."""

    FAMILY = "family"
    HOSTING = "hosting"
    EXPERIENCE = "experience"
    ADVICE = "advice"
    LISTENING = "listening"
    OTHER = "something-else"


class ThanksForm(StrEnum):
    """How somebody is thanked."""

    WORD = "word"
    FEE = "fee"
    HELP_BACK = "help-back"


@dataclass(frozen=True, slots=True)
class Thanks:
    """One word of thanks. `from_id`: nobody any more, once they left."""

    id: UUID
    person_id: UUID
    from_id: UUID | None
    helped_with: HelpKind
    form: ThanksForm
    thanked_at: datetime

    def told(self) -> list[Event]:
        """Whoever is thanked hears it."""
        return [PersonThanked(subject=self.person_id, occurred_at=self.thanked_at)]
