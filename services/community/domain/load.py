"""How much one person has in hand: the one rule by which nobody who has enough is asked anything new.

free → near (80 % of their limit: a kind word) → full (nothing new), and back. Who rests counts as full until that day.
What waits for somebody else weighs nothing, and neither does what others have in hand: nobody is compared.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from shared.events.base import Event
from shared.events.care import LoadLimitLifted, LoadLimitNeared, LoadLimitReached

NEAR_FROM: Final = 0.8
# Beside the one of every family.
HEAVY: Final = 1.0
TURN: Final = 1.0
QUESTION: Final = 0.25


class Busy(StrEnum):
    """How busy somebody is."""

    FREE = "free"
    NEAR = "near"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Load:
    """What waits for one person; `told`: what was last said of it. `limit`: the one that they set themselves.

    `turns`: to host; `questions`: of colleagues, without an answer yet.
    """

    person_id: UUID
    families: int = 0
    heavy: int = 0
    limit: int | None = None
    paused_until: date | None = None
    told: Busy = Busy.FREE
    turns: int = 0
    questions: int = 0

    @property
    def weight(self) -> float:
        """In families."""
        return self.families + self.heavy * HEAVY + self.turns * TURN + self.questions * QUESTION

    def rests(self, today: date) -> bool:
        """Whether it is their rest."""
        return self.paused_until is not None and today <= self.paused_until

    def busy(self, limit: int, today: date) -> Busy:
        """How busy they are, by their own limit or else this one."""
        most = self.limit or limit
        if self.rests(today) or self.weight >= most:
            return Busy.FULL
        return Busy.NEAR if self.weight >= most * NEAR_FROM else Busy.FREE

    def tell(self, limit: int, at: datetime, today: date) -> tuple["Load", list[Event]]:
        """What has to be said of it now; nothing when it is as it was."""
        now, told = self.busy(limit, today), self.told
        fact: dict[str, Any] = {"subject": self.person_id, "occurred_at": at}
        events: list[Event] = []
        if now is Busy.FULL and told is not Busy.FULL:
            events.append(LoadLimitReached(**fact))
        if told is Busy.FULL and now is not Busy.FULL:
            events.append(LoadLimitLifted(**fact))
        if now is Busy.NEAR and told is Busy.FREE:
            events.append(LoadLimitNeared(**fact))
        return replace(self, told=now), events
