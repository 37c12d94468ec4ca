"""The cards of people in the network, and what belongs to them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from services.community.domain.card import Card, Consent
from services.community.domain.card_code import CardCode
from services.community.domain.card_mail import CardMail
from services.community.domain.contact import OrganisationContact
from services.community.domain.training import Training


class Photo(NamedTuple):
    """A photo in both sizes, as JPEG; `digest`: of the large one, and its name on the site."""

    digest: str
    large: bytes
    small: bytes


class Photos(Protocol):
    """Makes a photo out of what somebody sent: nothing of the file stays but the picture."""

    def make(self, content: bytes) -> Photo:
        """Raises PhotoUnreadable or PhotoTooLarge."""


class Cards(Protocol):
    """What people wrote, sealed with a key of each, and who may read it."""

    async def get(self, person_id: UUID) -> Card | None:
        """One, locked until the transaction ends."""

    async def read(self, person_id: UUID) -> Card | None:
        """One, to look at."""

    async def read_each(self, person_ids: Collection[UUID]) -> dict[UUID, Card]:
        """Those of these people, to look at."""

    async def save(self, card: Card, consents: Sequence[Consent] = ()) -> None:
        """Keep it, with what its owner now says otherwise."""

    async def list_consents(self, person_id: UUID) -> list[Consent]:
        """All that this person ever said, the oldest first."""

    async def keep_photo(self, person_id: UUID, photo: Photo | None) -> None:
        """In place of the one before; None: no photo any more."""

    async def find_photo(self, digest: str) -> tuple[UUID, Photo] | None:
        """Whose it is, and the photo."""

    async def list_unasked(self, checked: datetime, limit: int) -> list[UUID]:
        """Whose owner said before this that it is right, and was not asked since."""

    async def remove(self, person_id: UUID) -> None:
        """For good: card, photo, consents and key."""


class CardMails(Protocol):
    """What people write each other, sealed, until it has left."""

    async def add(self, mail: CardMail) -> None:
        """Keep it."""

    async def open(self, mail_id: UUID) -> CardMail | None:
        """None: it is forgotten."""

    async def list_of_person(self, person_id: UUID) -> list[CardMail]:
        """What this person wrote and was written, in its order."""

    async def forget_of_person(self, person_id: UUID) -> None:
        """What this person wrote and was written."""

    async def forget_before(self, sent: datetime) -> None:
        """All that was sent before this."""


class CardCodes(Protocol):
    """The codes on printed cards."""

    async def add(self, code: CardCode) -> None:
        """A new one."""

    async def read(self, code_id: UUID) -> CardCode | None:
        """One."""

    async def find_of_person(self, person_id: UUID) -> CardCode | None:
        """The one that counts."""

    async def withdraw(self, person_id: UUID) -> None:
        """Those of this person count no more, and nobody reads whose they were."""

    async def forget_before(self, made: datetime) -> None:
        """Those whose links ended."""


class Trainings(Protocol):
    """Until when the training of trusted persons counts."""

    async def get(self, person_id: UUID) -> Training | None:
        """One, locked until the transaction ends."""

    async def read_each(self, person_ids: Collection[UUID]) -> dict[UUID, Training]:
        """Those of these people."""

    async def save(self, training: Training) -> None:
        """In place of an earlier one."""

    async def list_untold(self, ending: date, ended: date) -> list[UUID]:
        """Whose counts until this day at most and nothing was said of it, or ended before that day unsaid."""

    async def remove(self, person_id: UUID) -> None:
        """For good."""


class OrganisationContacts(Protocol):
    """When two organisations were last in touch."""

    async def note(self, contact: OrganisationContact) -> None:
        """Keep the latest of both."""

    async def read(self, one_id: UUID, other_id: UUID) -> OrganisationContact | None:
        """In whatever order."""

    async def forget_before(self, day: date) -> None:
        """Those of longer ago."""


class CardsUnit(Protocol):
    """All of these, inside one transaction."""

    @property
    def cards(self) -> Cards: ...
    @property
    def card_mails(self) -> CardMails: ...
    @property
    def card_codes(self) -> CardCodes: ...
    @property
    def trainings(self) -> Trainings: ...
    @property
    def organisation_contacts(self) -> OrganisationContacts: ...
