"""What notify's handlers and its sender loop need from outside, as roles."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Accepted, Deferred, Reason, Refused, Unknown
from shared.events.base import Role
from shared.kernel.errors import Transient
from shared.unit_of_work import UnitOfWork

# The language that letters are written in, whatever the city.
MAIL_LANGUAGE: Final = "nl"


class Messages(Protocol):
    """All messages. What is got is locked until the transaction ends."""

    async def add(self, message: Message) -> bool:
        """Keep it; False when this occasion, mail and recipient has a message already."""

    async def get(self, message_id: UUID) -> Message | None:
        """One message."""

    async def get_each(self, message_ids: Iterable[UUID]) -> dict[UUID, Message]:
        """These messages by id; those that are gone are absent."""

    async def save(self, messages: Sequence[Message]) -> None:
        """Write their new state."""

    async def get_due(self, limit: int, in_hand: Collection[UUID]) -> list[Message]:
        """To attempt now (sign-in codes first, then the longest waiting), or whose sender died; skips locked ones."""

    async def get_of_case(self, case_id: UUID) -> list[Message]:
        """Every message of a case."""

    async def get_about(self, about_id: UUID) -> list[Message]:
        """Every message about one referral, follow-up or sign-in, oldest first."""

    async def delete_case(self, case_id: UUID) -> int:
        """Erase every message of a case; returns how many."""

    async def delete_settled(self, before: datetime) -> int:
        """Erase messages that came to rest before this instant; returns how many."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who can be written to: identities only, as `PersonJoined` has them."""

    id: UUID
    organisation_id: UUID
    role: Role
    active: bool


class People(Protocol):
    """A small read model of people."""

    async def save(self, person: Person) -> None:
        """Remember, or renew."""

    async def list_coordinators(self) -> list[UUID]:
        """The active coordinators."""


class EndedCases(Protocol):
    """Cases about which no mail goes out any more; they keep late events from reviving anything."""

    async def end(self, case_id: UUID, reason: Reason) -> None:
        """No more mail about this case."""

    async def reopen(self, case_id: UUID) -> None:
        """Mail about this case again, when it was only closed."""

    async def get_reason(self, case_id: UUID) -> Reason | None:
        """Why it ended; None when it did not. One that ended does not open again while this transaction lasts."""


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many messages are in a state, and since when the oldest of them waits (queued messages only)."""

    state: MessageState
    count: int
    oldest: datetime | None


class Overview(Protocol):
    """What the page and the metrics read."""

    async def count_by_state(self) -> list[StateCount]:
        """By state; a state without messages is absent."""

    async def list_in_need(self, limit: int) -> list[Message]:
        """Failed, unknown and long waiting ones, the most pressing first; at most `limit` in each state."""

    async def list_in_state(self, state: MessageState, limit: int) -> list[Message]:
        """Those in one state, newest first."""

    async def list_reasons_to_wait(self) -> set[Reason]:
        """Why messages in the queue wait."""


class NotifyUnit(UnitOfWork, Protocol):
    """One transaction of notify."""

    @property
    def messages(self) -> Messages:
        """All messages."""

    @property
    def people(self) -> People:
        """Who is a coordinator."""

    @property
    def ended_cases(self) -> EndedCases:
        """About which cases no mail goes out any more."""

    @property
    def overview(self) -> Overview:
        """What the page shows."""


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
class Letter:
    """A mail ready to go. `message_id` (without angle brackets) is the same for every copy of one message."""

    message_id: str
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str
    written_at: datetime


class LetterWriter(Protocol):
    """Turns a message into words."""

    def write(self, message: Message, delivery: Delivery, at: datetime) -> Letter:
        """The letter in Dutch; raises ValueError when the address cannot stand in a mail."""


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
