"""One transaction of one service: the ports that every handler, consumer and timer works through.

`begin` opens it, leaving it normally commits, an exception rolls everything back. State and events go together:
what a handler appends to `outbox` and sets in `timers` is written in the same transaction as the change itself.
Real: `shared.messaging.postgres_unit.PostgresUnits`; twin: `tests.twins.unit_of_work.MemoryUnits`.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from shared.events.base import Cause, Event
from shared.kernel.city import City
from shared.kernel.ids import Ids
from shared.privacy.audit import Audit

# A service and a subject of its events: each has its own count of versions.
SubjectKey = tuple[str, UUID]
# A service and the key of a record of its topic, which may be anything: what a parked event blocks.
RecordKey = tuple[str, str]


class Outbox(Protocol):
    """What this service will publish when the transaction commits."""

    def append(self, *events: Event, in_bulk: bool = False) -> None:
        """Publish these, in this order. Ids and versions are given at commit, under the subject's lock.

        `in_bulk`: a file brought them, they end nothing, and nobody waits for them.
        """


@dataclass(frozen=True, slots=True)
class Timer:
    """Something to look at again at `due_at`.

    `key` is unique, `kind` selects the handler, `data` is small and holds codes and ids only. `cause` is given when it
    is set: what it was set by.
    """

    key: str
    kind: str
    subject: UUID
    due_at: datetime
    data: Mapping[str, str] = field(default_factory=dict)
    attempts: int = 0
    cause: Cause | None = field(default=None, compare=False)


class Timers(Protocol):
    """Rows with a due time. Written at commit; claimed and fired by the timer loop (`shared.messaging.timers`)."""

    def set(self, timer: Timer) -> None:
        """Set it, or move the one with the same key."""

    def clear(self, *keys: str) -> None:
        """Forget these; unknown keys are fine."""

    async def claim(self, limit: int) -> list[Timer]:
        """The overdue ones by the database's clock, oldest first. Locks the rows; skips those locked by others."""

    def changed(self, key: str) -> bool:
        """Whether this unit has set, cleared or postponed it."""

    def postpone(self, key: str, retry_at: datetime, error: str) -> None:
        """Its firing failed: try again at `retry_at`. The due time itself stays."""


@dataclass(frozen=True, slots=True)
class Positions:
    """How far the subjects of events are.

    `applied`: the last applied sequence (absent: none yet); `blocked`: the lowest parked one (absent: flows freely).
    """

    applied: dict[SubjectKey, int]
    blocked: dict[RecordKey, int]


class Inbox(Protocol):
    """Which events this service has applied."""

    async def claim(self, ids: Iterable[UUID]) -> set[UUID]:
        """Mark these events as applied in this transaction; returns the ids that were not marked before."""

    async def release(self, ids: Iterable[UUID]) -> None:
        """Take the mark away again (the event was parked instead)."""

    async def positions(self, subjects: Iterable[SubjectKey], keys: Iterable[RecordKey] = ()) -> Positions:
        """How far these subjects are, and which of these keys are blocked. Locks the positions."""

    async def advance(self, positions: Mapping[SubjectKey, int]) -> None:
        """Remember the last applied sequence of each."""


class ParkedState(StrEnum):
    """Why an event is parked."""

    FAILED = "failed"  # its handler refused it, or it cannot be read
    BEHIND = "behind"  # an earlier event of its subject failed
    GAP = "gap"  # an earlier event of its subject has not arrived
    RETRY = "retry"  # an operator asked to try again
    SKIP = "skip"  # an operator asked to skip it


@dataclass(frozen=True, slots=True)
class Parked:
    """A dead letter: an event that was put aside, whole as it came (`value`, `headers`), so that it can be retried."""

    event_id: str
    service: str
    subject: str
    sequence: int
    type: str
    state: ParkedState
    reason: str
    value: bytes
    headers: Mapping[str, str]
    parked_at: datetime
    attempts: int = 1


class Parking(Protocol):
    """The parked events (dead letters), each with its reason, in the order of their subject."""

    async def park(self, parked: Parked) -> None:
        """Put it aside; an event that is already there keeps its row, with new state, reason and attempts."""

    async def of_subject(self, service: str, subject: str) -> list[Parked]:
        """Everything of one subject, by sequence. Locks the rows."""

    async def wanted(self, limit: int) -> list[Parked]:
        """What can leave, with nothing of its subject parked before it: what an operator wants retried or skipped,
        then what waited until its turn came. Oldest first; leaves out rows locked by another worker.
        """

    async def all(self, limit: int) -> list[Parked]:
        """Oldest first."""

    async def get(self, event_id: str) -> Parked | None:
        """None when there is no such parked event."""

    async def mark(self, event_id: str, state: ParkedState) -> bool:
        """Ask for `retry` or `skip`; False when there is no such event."""

    async def remove(self, event_id: str) -> None:
        """It was applied or skipped."""


class Erased(Protocol):
    """The tombstones: of these everything was deleted, and what comes of them late is dropped."""

    async def hold(self, *, alone: bool = False) -> None:
        """Until this transaction ends nobody is erased but by itself; `alone`: and nothing is applied meanwhile.

        Before anything else is locked.
        """

    async def find(self, subjects: Collection[UUID]) -> dict[UUID, date]:
        """Which of these are erased, and since which day."""

    async def bury(self, subject: UUID, day: date, *, parts: Collection[UUID] = ()) -> None:
        """Leave the tombstone, and delete what outbox, parked events, timers, links and replies hold of it.

        `parts`: ids of things that are of this subject only. What is appended after this is published.
        """

    async def blank(self, subjects: Collection[UUID], field: str) -> None:
        """What outbox, parked events and replies hold of these says nothing in this field any more."""


class Buffer(Protocol):
    """Changes that a repository collects, to write them together; it writes them before it reads its table."""

    async def flush(self) -> None:
        """Write what was collected."""

    def forget(self) -> None:
        """Drop what was collected and what is known: a part of the transaction begins or was taken back."""


class UnitOfWork(Protocol):
    """One open transaction. Services extend it with their own repositories."""

    @property
    def now(self) -> datetime:
        """The database's time at the start of this transaction, UTC."""

    @property
    def ids(self) -> Ids:
        """New identities."""

    @property
    def city(self) -> City:
        """The city's words, lists of codes and terms."""

    @property
    def outbox(self) -> Outbox:
        """What will be published after the commit."""

    @property
    def timers(self) -> Timers:
        """What will be looked at later."""

    @property
    def inbox(self) -> Inbox:
        """What was received and applied."""

    @property
    def erased(self) -> Erased:
        """Of whom everything was deleted."""

    @property
    def parking(self) -> Parking:
        """What is parked."""

    @property
    def audit(self) -> Audit:
        """Who did what, about whom and why."""

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """A part that can fail alone: an exception inside takes back only what was done inside, and is raised on."""

    @property
    def cause(self) -> Cause:
        """What is done here follows from this; at first from the request that is being answered, or from nothing."""

    def caused_by(self, cause: Cause | None) -> None:
        """What is appended, set and queued from here on follows from this; None: from nothing before it."""


UnitT_co = TypeVar("UnitT_co", bound=UnitOfWork, covariant=True)


class Units(Protocol[UnitT_co]):
    """Opens units of work of one service."""

    def begin(self) -> AbstractAsyncContextManager[UnitT_co]:
        """Open one; commits on leaving, rolls back on an exception. Raises `DatabaseAway` when it cannot."""
