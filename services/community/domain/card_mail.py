"""What somebody writes to another one in the network through the site; neither sees the address of the other."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from shared.events.base import Event
from shared.events.cards import CardMailed

# The mail has left long since; until then it can be sent once more.
KEPT_FOR: Final = 2 * timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class CardMail:
    """One of them, with what it says."""

    id: UUID
    person_id: UUID
    from_person_id: UUID
    sent_at: datetime
    words: str = field(repr=False)

    def send(self) -> list[Event]:
        """Notify asks what it says when it leaves."""
        return [
            CardMailed(
                subject=self.id, occurred_at=self.sent_at, person_id=self.person_id, from_person_id=self.from_person_id
            )
        ]
