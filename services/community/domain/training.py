"""The training of a trusted person, with the day until which it counts, that day included.

counts → expiring (sixty days before) → expired. Expired: no new families; those they know already stay theirs.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from shared.events.base import Event
from shared.events.cards import TrainingExpired, TrainingExpiryDue, TrainingRecorded

TOLD_BEFORE: Final = 60 * timedelta(days=1)


class TrainingTold(StrEnum):
    """What was said of its end."""

    NOTHING = "nothing"
    EXPIRING = "expiring"
    EXPIRED = "expired"


@dataclass(slots=True)
class Training:
    """The latest one of a person, as the desk noted it."""

    person_id: UUID
    valid_until: date
    recorded_at: datetime
    recorded_by: UUID
    told: TrainingTold = TrainingTold.NOTHING

    def record(self) -> list[Event]:
        """Everybody who chooses trusted persons hears of it."""
        return [TrainingRecorded(**self._fact(self.recorded_at))]

    def counts_on(self, day: date) -> bool:
        """Whether this person may get to know new families."""
        return day <= self.valid_until

    def look(self, today: date, at: datetime) -> list[Event]:
        """What is to be said of its end, each once."""
        if not self.counts_on(today) and self.told is not TrainingTold.EXPIRED:
            self.told = TrainingTold.EXPIRED
            return [TrainingExpired(**self._fact(at))]
        if self.counts_on(today) and today >= self.valid_until - TOLD_BEFORE and self.told is TrainingTold.NOTHING:
            self.told = TrainingTold.EXPIRING
            return [TrainingExpiryDue(**self._fact(at))]
        return []

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {"subject": self.person_id, "occurred_at": at, "valid_until": self.valid_until}
