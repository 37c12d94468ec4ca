"""What notify's handlers need from the store."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.notify.domain.appointment import Entry, Occasion
from services.notify.domain.message import Message, MessageState
from services.notify.domain.moments import Preferences
from services.notify.domain.outcome import Reason
from services.notify.domain.wanted import Wanted
from services.notify.ports.receiving import Receiving
from shared.access.members import Members
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

    async def forget_fact(self, case_id: UUID, fact: str) -> None:
        """No mail about this case says this, nor what is remembered of those that left."""

    async def get_due(self, limit: int, in_hand: Collection[UUID]) -> list[Message]:
        """To attempt now (sign-in codes first, then the longest waiting), or whose sender died; skips locked ones."""

    async def get_of_case(self, case_id: UUID) -> list[Message]:
        """Every message of a case."""

    async def get_about(self, about_id: UUID) -> list[Message]:
        """Every message about one referral, follow-up or sign-in, oldest first."""

    async def get_held(self, recipient_id: UUID, held_with: str) -> list[Message]:
        """What waits to leave with this, and is part of no digest yet, oldest first."""

    async def list_late(self, before: datetime) -> list[tuple[UUID, str]]:
        """Whose mail waits with what, that was to leave before this and is part of no digest yet."""

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


class Heartbeats(Protocol):
    """When what runs by itself ended well for the last time."""

    async def beat(self, job: str) -> None:
        """It did so now."""

    async def last(self, job: str) -> datetime | None:
        """When it did; None: never."""


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

    async def forget_case(self, case_id: UUID) -> None:
        """Nothing about it is kept, not even that it ended."""

    async def hide_address(self, case_id: UUID) -> None:
        """No mail about this case says where the family lives."""

    async def show_address(self, case_id: UUID) -> None:
        """One may say it again."""

    async def has_secret_address(self, case_id: UUID) -> bool:
        """Whether none may. It stays so while this transaction lasts."""

    async def count(self, reason: Reason) -> int:
        """About how many cases there is no mail for this reason."""

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


class NotifyUnit(Receiving, UnitOfWork, Protocol):
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
    def heartbeats(self) -> Heartbeats:
        """What still runs."""

    @property
    def ended_cases(self) -> EndedCases:
        """About which cases no mail goes out any more."""

    @property
    def calendar(self) -> Calendar:
        """On which days people work."""

    @property
    def overview(self) -> Overview:
        """What the page shows."""
