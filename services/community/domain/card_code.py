"""The code on a printed card, by which an organisation checks who stands at the door."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

CODE_LASTS: Final = 52 * timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class CardCode:
    """One of them; `person_id` is None once it was withdrawn: the page then says so, and of nobody."""

    id: UUID
    person_id: UUID | None
    made_at: datetime

    @property
    def ends_at(self) -> datetime:
        """Until then its link opens the page."""
        return self.made_at + CODE_LASTS
