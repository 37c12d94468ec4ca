"""The card of somebody in the network: for each field they choose who reads it. Until they choose, nobody does.

Name, organisation and role are no part of it: matching knows those, and the network reads them. `card_for` is the only
reader of what somebody wrote.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final
from uuid import UUID

from shared.events.base import Event
from shared.events.cards import CardCheckDue

# What somebody agreed to when they chose who reads a field; another text is another version.
CONSENT_TEXT: Final = "2026-12"
ASKED_AGAIN_AFTER: Final = 52 * timedelta(weeks=1)


class Audience(IntEnum):
    """Who reads a field, each with all that come after it. `PUBLIC`: whoever holds the code of the card."""

    NOBODY = 0
    COORDINATOR = 1
    NETWORK = 2
    PUBLIC = 3


class Viewer(IntEnum):
    """Who looks, by the least that a field must be shared with."""

    OWNER = Audience.NOBODY
    COORDINATOR = Audience.COORDINATOR
    NETWORK = Audience.NETWORK
    PUBLIC = Audience.PUBLIC


class CardField(StrEnum):
    """What can stand on it. `MESSAGES` has no value: it says who may send a mail through the site."""

    PHOTO = "photo"
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    DAYS = "days"
    DISTRICT = "district"
    LANGUAGES = "languages"
    EXPERTISE = "expertise"
    ASK_ME = "ask-me"
    LIVED = "lived"
    MESSAGES = "messages"


@dataclass(frozen=True, slots=True)
class Consent:
    """Who may read one field, said at this moment by the person themselves, who read this version of the text."""

    field: CardField
    audience: Audience
    text_version: str
    given_at: datetime
    given_by: UUID


@dataclass(frozen=True, slots=True)
class ShownCard:
    """What one viewer reads of it. Codes of the city have several values, words have one."""

    person_id: UUID
    values: Mapping[CardField, tuple[str, ...]] = field(default_factory=dict, repr=False)
    can_be_mailed: bool = False

    def one(self, name: CardField) -> str:
        """The words of a field; empty: not for this viewer."""
        return " ".join(self.values.get(name, ()))


@dataclass(slots=True)
class Card:
    """One of them. `wrote`: all that its owner wrote; the photo is the name of its file."""

    person_id: UUID
    checked_at: datetime
    wrote: dict[CardField, tuple[str, ...]] = field(default_factory=dict, repr=False)
    consents: dict[CardField, Consent] = field(default_factory=dict)
    asked_at: datetime | None = None

    def write(
        self, wrote: Mapping[CardField, tuple[str, ...]], seen_by: Mapping[CardField, Audience], at: datetime
    ) -> list[Consent]:
        """All of it anew, but the photo; returns what the owner now says otherwise about who reads it."""
        photo = self.wrote.get(CardField.PHOTO)
        self.wrote = {name: told for name, told in wrote.items() if told and name is not CardField.PHOTO}
        if photo:
            self.wrote[CardField.PHOTO] = photo
        self.confirm(at)
        return [one for name, audience in seen_by.items() if (one := self._consent(name, audience, at))]

    def carry(self, photo: str, seen_by: Audience, at: datetime) -> list[Consent]:
        """Another photo, or none; returns what the owner now says otherwise about who sees it."""
        self.wrote.pop(CardField.PHOTO, None)
        if photo:
            self.wrote[CardField.PHOTO] = (photo,)
        said = self._consent(CardField.PHOTO, seen_by, at)
        return [said] if said else []

    def confirm(self, at: datetime) -> None:
        """Its owner says that it is right."""
        self.checked_at, self.asked_at = at, None

    def ask_again(self, at: datetime) -> list[Event]:
        """After a year, once: whether it is still right, and may still be read."""
        if self.asked_at is not None or at < self.checked_at + ASKED_AGAIN_AFTER:
            return []
        self.asked_at = at
        return [CardCheckDue(subject=self.person_id, occurred_at=at)]

    def audience_of(self, name: CardField) -> Audience:
        """Who reads this field, or sends a mail."""
        consent = self.consents.get(name)
        return consent.audience if consent else Audience.NOBODY

    def _consent(self, name: CardField, audience: Audience, at: datetime) -> Consent | None:
        if audience is self.audience_of(name):
            return None
        self.consents[name] = Consent(name, audience, CONSENT_TEXT, at, self.person_id)
        return self.consents[name]


def card_for(viewer: Viewer, person_id: UUID, card: Card | None) -> ShownCard:
    """What this viewer reads of this person's card: every page, search, file and mail shows this and nothing else."""
    if card is None:
        return ShownCard(person_id)
    values: dict[CardField, tuple[str, ...]] = {
        name: card.wrote[name] for name in CardField if name in card.wrote and card.audience_of(name) >= viewer
    }
    may_mail = Viewer.NETWORK >= viewer > Viewer.OWNER and card.audience_of(CardField.MESSAGES) >= viewer
    return ShownCard(person_id, values, may_mail)
