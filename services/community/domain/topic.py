"""A topic that somebody of the network proposes for a gathering, with whom to ask for it: the desk plans it or not.

open → planned | declined, with the reason in words; and withdrawn by whoever proposed it. What is planned for a
gathering that is then called off is open again.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.community.domain.errors import NotInThisState
from shared.events.base import Event
from shared.events.programme import TopicDeclined, TopicPlanned, TopicProposed


class TopicState(StrEnum):
    """Where a topic stands."""

    OPEN = "open"
    PLANNED = "planned"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(slots=True)
class Topic:
    """One of them. `wanted_for`: a gathering or a series; None: whenever it fits.

    `speaker`: whom to ask, for the desk alone. It goes once there is a decision: whoever is then asked has a seat.
    `person_id`: who proposed it; None: they left, and it is on the programme.
    """

    id: UUID
    person_id: UUID | None
    title: str
    speaker: str
    proposed_at: datetime
    wanted_for: UUID | None = None
    state: TopicState = TopicState.OPEN
    gathering_id: UUID | None = None
    reason: str = ""

    def propose(self, at: datetime) -> list[Event]:
        """The desk hears of it."""
        return [TopicProposed(**self._fact(at))]

    def plan(self, gathering_id: UUID, at: datetime) -> list[Event]:
        """On the programme; another gathering can take the place of the first. Raises NotInThisState."""
        if self.state not in {TopicState.OPEN, TopicState.PLANNED}:
            raise NotInThisState("Over dit onderwerp is al besloten.")
        if self.gathering_id == gathering_id:
            return []
        self.state, self.gathering_id, self.speaker = TopicState.PLANNED, gathering_id, ""
        return [TopicPlanned(**self._fact(at), gathering_id=gathering_id)] if self.person_id else []

    def decline(self, reason: str, at: datetime) -> list[Event]:
        """Not planned, or no more. Raises NotInThisState."""
        if self.state not in {TopicState.OPEN, TopicState.PLANNED}:
            raise NotInThisState("Over dit onderwerp is al besloten.")
        self.state, self.gathering_id, self.reason, self.speaker = TopicState.DECLINED, None, reason, ""
        return [TopicDeclined(**self._fact(at))] if self.person_id else []

    def reopen(self) -> None:
        """What it was planned for does not take place: the desk decides once more."""
        self.state, self.gathering_id = TopicState.OPEN, None

    def withdraw(self) -> None:
        """Whoever proposed it changed their mind. Raises NotInThisState."""
        if self.state is not TopicState.OPEN:
            raise NotInThisState("Over dit onderwerp is al besloten.")
        self.state, self.speaker = TopicState.WITHDRAWN, ""

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {"subject": self.id, "occurred_at": at, "person_id": self.person_id}
