"""What notify's handlers and its sender loop need from outside, as roles."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.notify.domain.appointment import Entry, Occasion
from services.notify.domain.letter import Delivery, FollowUpLink, Letter, NoLongerNeeded, Reading
from services.notify.domain.message import Message, MessageState
from services.notify.domain.moments import Preferences
from services.notify.domain.outcome import Accepted, Deferred, Reason, Refused, Unknown
from services.notify.domain.wanted import Wanted
from shared.access.members import Members
from shared.events.http import Mentioned
from shared.kernel.errors import Transient
from shared.kernel.working_time import Calendar
from shared.unit_of_work import UnitOfWork


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

    async def get_held(self, recipient_id: UUID, held_with: str) -> list[Message]:
        """What waits to leave with this, and is part of no digest yet, oldest first."""

    async def get_parts(self, digest_id: UUID) -> list[Message]:
        """The parts of a digest, oldest first."""

    async def delete_case(self, case_id: UUID) -> int:
        """Erase every message of a case; returns how many."""

    async def delete(self, message_ids: Collection[UUID]) -> int:
        """Erase these; returns how many."""

    async def delete_settled(self, before: datetime) -> int:
        """Erase messages that came to rest before this instant; returns how many."""


class Organisations(Protocol):
    """What organisations are called on the social map, where everyone can read it."""

    async def save(self, organisation_id: UUID, name: str) -> None:
        """Remember, or renew."""

    async def get_name(self, organisation_id: UUID) -> str | None:
        """None: it is not on the map (yet)."""


class PreferencesOfPeople(Protocol):
    """How professionals like to get their mail; who never said so gets each mail at once, with links."""

    async def get(self, person_id: UUID) -> Preferences:
        """Those of one person."""

    async def list_codes_only(self, person_ids: Collection[UUID]) -> set[UUID]:
        """Who of these wants no links in mails."""

    async def save(self, preferences: Preferences) -> None:
        """Remember, or renew."""


class Appointments(Protocol):
    """What we wrote in readers' calendars. What is got is locked until the transaction ends."""

    async def get(self, about_id: UUID, reader_id: UUID, occasion: Occasion) -> Entry | None:
        """One entry: a reader has one for each occasion."""

    async def list_about(self, about_id: UUID) -> list[Entry]:
        """All about one referral or case."""

    async def list_of_case(self, case_id: UUID) -> list[Entry]:
        """All of a case."""

    async def save(self, entry: Entry) -> None:
        """Remember, or renew."""

    async def delete_case(self, case_id: UUID) -> int:
        """Erase all of a case; returns how many."""


class EndedCases(Protocol):
    """Cases about which no mail goes out any more, or none that asks; they keep late events from reviving anything."""

    async def hold(self, case_ids: Collection[UUID], *, alone: Collection[UUID] = ()) -> None:
        """Nobody else ends these cases or opens them again while this transaction lasts; those `alone`, this one may.

        What is asked below holds by itself; before several at once, this keeps two transactions out of a ring.
        """

    async def end(self, case_id: UUID, reason: Reason) -> None:
        """No more mail about this case."""

    async def reopen(self, case_id: UUID, reason: Reason) -> None:
        """Mail about this case again, when this was why there was none."""

    async def get_reason(self, case_id: UUID) -> Reason | None:
        """Why it ended; None when it did not. It stays so while this transaction lasts."""


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

    async def list_found(self, wanted: Wanted, limit: int) -> list[Message]:
        """Those about this, or to this person, newest first."""

    async def read(self, message_id: UUID) -> Message | None:
        """One, with its parts when it is a digest."""

    async def list_reasons_to_wait(self) -> set[Reason]:
        """Why messages in the queue wait."""


class NotifyUnit(UnitOfWork, Protocol):
    """One transaction of notify."""

    @property
    def messages(self) -> Messages:
        """All messages."""

    @property
    def members(self) -> Members:
        """Who is in the network and may do what."""

    @property
    def organisations(self) -> Organisations:
        """What organisations are called."""

    @property
    def preferences(self) -> PreferencesOfPeople:
        """How people like to get their mail."""

    @property
    def appointments(self) -> Appointments:
        """What stands in readers' calendars."""

    @property
    def ended_cases(self) -> EndedCases:
        """About which cases no mail goes out any more."""

    @property
    def calendar(self) -> Calendar:
        """On which days people work."""

    @property
    def overview(self) -> Overview:
        """What the page shows."""


class AddressBookAway(Transient):
    """Matching does not say now where to send."""


class FollowUpLinksAway(Transient):
    """Monitoring does not give a link now."""


class AddressBook(Protocol):
    """Says where a message goes."""

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded | None:
        """None: the person has no address or is not active. Raises AddressBookAway."""


class FollowUpLinks(Protocol):
    """Gives the link to answer a follow-up."""

    async def link(self, message: Message) -> FollowUpLink | NoLongerNeeded:
        """A fresh link. Raises FollowUpLinksAway."""


class LetterWriter(Protocol):
    """Turns a message into words."""

    def write(self, message: Message, delivery: Delivery, at: datetime) -> Letter:
        """The letter in Dutch; raises ValueError when the address cannot stand in a mail."""

    def write_digest(
        self, digest: Message, parts: Sequence[tuple[Message, Delivery]], delivery: Delivery, at: datetime
    ) -> Letter:
        """One letter that says what all its parts say, each with its own button."""


class LetterReader(Protocol):
    """Says again what a message says."""

    def tell(self, message: Message, name: str, mentioned: Sequence[Mentioned]) -> Reading:
        """What it says, without its link and code; its parts, too."""


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
