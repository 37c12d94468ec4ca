"""Somebody follows themes of gatherings, and hears by mail when one has such a theme, or its report.

Without an account an address is followed: what it wants counts once it is confirmed, and for a year.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.community.domain.errors import NotInThisState, SignUpClosed
from services.community.domain.seat import CONFIRM_WITHIN, FORGOTTEN_AFTER
from shared.events.base import Event
from shared.events.following import FollowRequested, ThemeAnnounced, ThemeReported
from shared.kernel.translatable import to_translate

# A year.
FOLLOW_LASTS: Final = 13 * FORGOTTEN_AFTER


@dataclass(slots=True)
class Follower:
    """An address, or a person. `wanted`: what an address asks for, until whoever reads its mail says so."""

    id: UUID
    asked_at: datetime
    person_id: UUID | None = None
    themes: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    confirmed_at: datetime | None = None

    def request(self, themes: frozenset[str], at: datetime) -> list[Event]:
        """Somebody typed this address: a mail asks whether it is theirs. What was asked for before goes along."""
        self.wanted, self.asked_at = self.wanted | themes, at
        return [FollowRequested(subject=self.id, occurred_at=at, confirm_by=at + CONFIRM_WITHIN)]

    def confirm(self, at: datetime) -> None:
        """The address is theirs. Raises NotInThisState, or SignUpClosed after its time."""
        if not self.wanted:
            raise NotInThisState(to_translate("Je hebt dit al bevestigd."))
        if at > self.asked_at + CONFIRM_WITHIN:
            raise SignUpClosed
        self.choose(self.themes | self.wanted, at)

    def choose(self, themes: frozenset[str], at: datetime) -> None:
        """These and no others."""
        self.themes, self.wanted, self.confirmed_at = themes, frozenset(), at

    def announced(self, gathering_id: UUID, at: datetime) -> Event:
        """One of these themes is what a gathering is about."""
        return ThemeAnnounced(**self._fact(gathering_id, at))

    def reported(self, gathering_id: UUID, at: datetime) -> Event:
        """There is a report of it."""
        return ThemeReported(**self._fact(gathering_id, at))

    def _fact(self, gathering_id: UUID, at: datetime) -> dict[str, Any]:
        return {"subject": self.id, "occurred_at": at, "gathering_id": gathering_id}
