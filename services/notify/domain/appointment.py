"""When people meet, as a reader's calendar keeps it: one entry, which moves and ends under the same id."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

GAP = ";"


class Occasion(StrEnum):
    """What people meet for."""

    FIRST_CONTACT = "first-contact"
    MEETING = "meeting"
    HOME_VISIT = "home-visit"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry in one reader's calendar. `sequence` grows when the day, the time or whether it takes place changes."""

    id: UUID
    occasion: Occasion
    on: date
    starts_at: datetime | None
    sequence: int = 0
    is_cancelled: bool = False

    def moved(self, on: date, starts_at: datetime | None) -> "Appointment":
        """The same entry on this day; one that was cancelled takes place again."""
        if (self.on, self.starts_at, self.is_cancelled) == (on, starts_at, False):
            return self
        return replace(self, on=on, starts_at=starts_at, sequence=self.sequence + 1, is_cancelled=False)

    def cancelled(self) -> "Appointment":
        """It does not take place."""
        return self if self.is_cancelled else replace(self, sequence=self.sequence + 1, is_cancelled=True)

    def to_fact(self) -> str:
        """As one fact of a message."""
        parts = (
            self.id,
            self.occasion.value,
            self.on.isoformat(),
            (self.starts_at and self.starts_at.isoformat()) or "",
        )
        return GAP.join(map(str, (*parts, self.sequence, int(self.is_cancelled))))

    @classmethod
    def from_fact(cls, fact: str) -> "Appointment":
        """What `to_fact` wrote."""
        id_, occasion, on, starts_at, sequence, is_cancelled = fact.split(GAP)
        return cls(
            UUID(id_),
            Occasion(occasion),
            date.fromisoformat(on),
            datetime.fromisoformat(starts_at) if starts_at else None,
            int(sequence),
            bool(int(is_cancelled)),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment in the calendar of one reader, about a referral or a case."""

    appointment: Appointment
    about_id: UUID
    case_id: UUID
    reader_id: UUID
