"""Somebody of the network is asked to come to a gathering: open → yes | no; who does not answer is asked once more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from shared.events.base import Event
from shared.events.community import InvitationMoved, InvitationReminderDue, InvitationRevoked, PersonInvited

ASKED_AGAIN_AFTER: Final = timedelta(weeks=1)


class InvitationState(StrEnum):
    """What somebody said."""

    OPEN = "open"
    YES = "yes"
    NO = "no"


@dataclass(slots=True)
class Invitation:
    """One person, asked for one gathering. `reminded`: a second mail went out, and no third one does."""

    id: UUID
    gathering_id: UUID
    person_id: UUID
    state: InvitationState = InvitationState.OPEN
    reminded: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is still to be asked once more."""
        return self.state is InvitationState.OPEN and not self.reminded

    def send(self, at: datetime) -> list[Event]:
        """The question."""
        return [PersonInvited(**self._fact(at))]

    def remind(self, at: datetime) -> list[Event]:
        """Once more, and only whoever did not answer."""
        if not self.waits:
            return []
        self.reminded = True
        return [InvitationReminderDue(**self._fact(at))]

    def moved(self, at: datetime) -> list[Event]:
        """The gathering is at another time or place; who said yes has a seat, and hears it so."""
        return [InvitationMoved(**self._fact(at))] if self.state is InvitationState.OPEN else []

    def called_off(self, at: datetime) -> list[Event]:
        """There is nothing to come to any more."""
        return [InvitationRevoked(**self._fact(at))] if self.state is InvitationState.OPEN else []

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {
            "subject": self.id, "occurred_at": at, "gathering_id": self.gathering_id, "person_id": self.person_id,
        }  # fmt: skip
