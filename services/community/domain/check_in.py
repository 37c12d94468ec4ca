"""After something heavy somebody else asks how it goes. Of a family it says nothing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Somebody asks this person how it goes; without `asked_id` anybody of the desk does."""

    person_id: UUID
    asked_id: UUID | None
    asked_at: datetime

    def may_be_done_by(self, person_id: UUID, *, at_the_desk: bool) -> bool:
        """Whoever was asked, or of the desk when that was; never who it is about."""
        theirs = at_the_desk if self.asked_id is None else self.asked_id == person_id
        return theirs and person_id != self.person_id
