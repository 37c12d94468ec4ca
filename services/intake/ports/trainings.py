"""Until when the trainings of trusted persons count."""

from datetime import date
from typing import Protocol
from uuid import UUID


class Trainings(Protocol):
    """The last day of each."""

    async def save(self, person_id: UUID, valid_until: date) -> None:
        """In place of an earlier one."""

    async def read(self, person_id: UUID) -> date | None:
        """None: nothing was noted."""

    async def remove(self, person_id: UUID) -> None:
        """Nothing is noted any more."""
