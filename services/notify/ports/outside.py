"""What notify's sender loop needs from outside, as roles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from services.notify.domain.message import Message
from services.notify.domain.outcome import Accepted, Deferred, Refused, Unknown
from shared.events.http import Mentioned
from shared.kernel.errors import Transient

# The language that letters are written in, whatever the city.
MAIL_LANGUAGE: Final = "nl"


class AddressBookAway(Transient):
    """Matching does not say now where to send."""


class FollowUpLinksAway(Transient):
    """Monitoring does not give a link now."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where a message goes, asked at the moment of sending and kept nowhere."""

    address: str
    name: str
    link: str | None = None
    short_code: str | None = None
    code: str | None = None
    mentioned: tuple[Mentioned, ...] = ()


@dataclass(frozen=True, slots=True)
class NoLongerNeeded:
    """The referral, follow-up or sign-in is over: the message must not go out."""


class AddressBook(Protocol):
    """Says where a message goes."""

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded | None:
        """None: the person has no address or is not active. Raises AddressBookAway."""


@dataclass(frozen=True, slots=True)
class FollowUpLink:
    """Where a follow-up is answered."""

    link: str
    short_code: str


class FollowUpLinks(Protocol):
    """Gives the link to answer a follow-up."""

    async def link(self, message: Message) -> FollowUpLink | NoLongerNeeded:
        """A fresh link. Raises FollowUpLinksAway."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """An appointment as calendars read it (iCalendar). `method`: REQUEST enters or moves it, CANCEL takes it out."""

    method: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to go. `message_id` (without angle brackets) is the same for every copy of one message."""

    message_id: str
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str
    written_at: datetime
    calendar: CalendarFile | None = None
    # The parts of a digest that were no longer needed when it was written.
    left_out: frozenset[UUID] = frozenset()


class LetterWriter(Protocol):
    """Turns a message into words."""

    def write(self, message: Message, delivery: Delivery, at: datetime) -> Letter:
        """The letter in Dutch; raises ValueError when the address cannot stand in a mail."""

    def write_digest(
        self, digest: Message, parts: Sequence[tuple[Message, Delivery]], delivery: Delivery, at: datetime
    ) -> Letter:
        """One letter that says what all its parts say, each with its own button."""


class Mailer(Protocol):
    """Hands letters to the mail server. Every await is bounded; several sends may run at once."""

    async def reach(self) -> Deferred | None:
        """Whether the server lets us in now; None: yes, and the next letter goes the same way."""

    async def send(self, letter: Letter) -> Accepted | Deferred | Refused | Unknown:
        """One attempt. Deferred: surely not taken; Unknown: it may have been taken."""

    async def close(self) -> None:
        """Let go of every connection; bounded."""


class Tally(Protocol):
    """Counts how attempts end, for whoever watches."""

    def count(self, messages: Iterable[Message]) -> None:
        """These attempts ended."""
