"""The vision that the network shares: a text with versions, to which people sign up.

A version is a draft of the desk until it is published, with what changed; after that it never changes. Whoever signed
an earlier version is asked again: nobody counts as having signed what they did not see.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.community.domain.errors import NotInThisState
from shared.events.base import Event
from shared.events.programme import VisionRenewed


@dataclass(slots=True)
class Vision:
    """One version; `changes`: in what it differs from the one before."""

    id: UUID
    version: int
    body: str
    changes: str
    published_at: datetime | None = None

    def rewrite(self, words: str, changes: str) -> None:
        """Other words, while it is a draft. Raises NotInThisState."""
        self._is_draft()
        self.body, self.changes = words, changes

    def publish(self, at: datetime) -> None:
        """Everybody reads it. Raises NotInThisState, also when it does not say what changed."""
        self._is_draft()
        if self.version > 1 and not self.changes:
            raise NotInThisState("Schrijf eerst wat er anders is dan in de vorige versie.")
        self.published_at = at

    def _is_draft(self) -> None:
        if self.published_at is not None:
            raise NotInThisState("Deze versie is al gepubliceerd. Schrijf een nieuwe.")


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody signs up to one version: for their organisation, or for themselves."""

    person_id: UUID
    organisation_id: UUID
    version: int
    signed_at: datetime
    for_organisation: bool

    def ask_again(self, vision: Vision, at: datetime) -> list[Event]:
        """There is a newer version than this person signed."""
        if self.version >= vision.version:
            return []
        return [VisionRenewed(subject=vision.id, occurred_at=at, person_id=self.person_id)]
