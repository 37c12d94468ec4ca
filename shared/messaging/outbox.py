"""The outbox: events are written in the transaction of the change, and the relay publishes them afterwards."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.events.base import Cause, Event
from shared.events.catalogue import wire_name
from shared.kernel.ids import Ids
from shared.kernel.trace import child_of, current_traceparent
from shared.storage.database import Database
from shared.storage.statements import Statement
from shared.storage.tables import outbox

# Far above any real event and far below what a broker takes (1 MiB): refused at the door, never in the relay.
LARGEST_EVENT_BYTES = 256 * 1024
# The most rows that one statement changes, well within its time limit.
CHUNK = 10_000
NOTIFY_CHANNEL = "outbox"

# The version row is locked first and until commit, so that ids and versions of one subject commit in one order.
_APPEND = Statement(
    """
    WITH versions AS (
        INSERT INTO subject_versions AS v (subject, version)
        SELECT subject, n FROM unnest(CAST(:subjects AS uuid[]), CAST(:counts AS int[])) AS s (subject, n)
        ORDER BY subject
        ON CONFLICT (subject) DO UPDATE SET version = v.version + excluded.version
        RETURNING subject, version
    )
    INSERT INTO outbox (id, subject, sequence, type, occurred_at, correlation_id, causation_id, traceparent, data)
    SELECT r.id, r.subject, versions.version - r.later, r.type, r.occurred_at, r.correlation_id, r.causation_id,
           r.traceparent, r.data
    FROM unnest(CAST(:ids AS uuid[]), CAST(:row_subjects AS uuid[]), CAST(:later AS int[]), CAST(:types AS text[]),
                CAST(:occurred AS timestamptz[]), CAST(:correlations AS uuid[]), CAST(:causes AS uuid[]),
                CAST(:traces AS text[]), CAST(:data AS text[]))
         WITH ORDINALITY
         AS r (id, subject, later, type, occurred_at, correlation_id, causation_id, traceparent, data, place)
    JOIN versions ON versions.subject = r.subject
    ORDER BY r.place
    """
)


class EventTooLarge(Exception):
    """No broker would take this event; nothing of the transaction is written."""


class OutboxRow(NamedTuple):
    """One event as it waits to be published: `data` is its JSON, `position` the order of writing."""

    position: int
    id: UUID
    subject: UUID
    sequence: int
    type: str
    occurred_at: datetime
    correlation_id: UUID
    causation_id: UUID | None
    traceparent: str | None
    data: str


@dataclass(frozen=True, slots=True)
class PendingEvent:
    """An event before it has a version."""

    id: UUID
    event: Event
    type: str
    data: str
    correlation_id: UUID
    causation_id: UUID | None
    traceparent: str


class BufferedOutbox:
    """Collects the events of one unit of work; `pending` is written at commit. The in-memory twin collects likewise."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._cause: Cause | None = None
        self._begins = True
        self.pending: list[PendingEvent] = []

    @property
    def cause(self) -> Cause:
        if self._cause is None:
            self._cause = Cause(None, None, current_traceparent() or child_of(None))
        return self._cause

    def caused_by(self, cause: Cause | None) -> None:
        self._cause, self._begins = cause, False

    @property
    def beginning(self) -> Cause | None:
        """Where no event led to this unit of work: its first event, from which the rest of the unit follows."""
        first = self.pending[0] if self.pending and self._begins else None
        return Cause(first.correlation_id, first.id, first.traceparent) if first else None

    def append(self, *events: Event) -> None:
        """Publish these after the commit, in this order. Raises EventTooLarge."""
        for event in events:
            data = event.model_dump_json(by_alias=True)
            if (size := len(data.encode())) > LARGEST_EVENT_BYTES:
                msg = f"{type(event).__name__} has {size} bytes; at most {LARGEST_EVENT_BYTES} are allowed"
                raise EventTooLarge(msg)
            self.pending.append(self._pending(event, data))

    def drop(self, naming: str) -> None:
        """Take back those that name this id: it is erased."""
        self.pending = [each for each in self.pending if naming not in each.data]

    def _pending(self, event: Event, data: str) -> PendingEvent:
        new, cause = self._ids.new(), self.cause
        return PendingEvent(
            id=new,
            event=event,
            type=wire_name(type(event)),
            data=data,
            correlation_id=cause.correlation_id or new,
            causation_id=cause.causation_id,
            traceparent=cause.traceparent,
        )


class PostgresOutbox(BufferedOutbox):
    """Writes the collected events in one statement."""

    def __init__(self, connection: AsyncConnection, ids: Ids) -> None:
        super().__init__(ids)
        self._connection = connection

    async def flush(self) -> None:
        """Give versions and write; the transaction's commit wakes the relay (trigger on the table)."""
        if not self.pending:
            return
        counts = Counter(each.event.subject for each in self.pending)
        left = dict(counts)
        later: list[int] = []
        for each in self.pending:
            left[each.event.subject] -= 1
            later.append(left[each.event.subject])
        await _APPEND.rows(
            self._connection,
            {
                "subjects": list(counts),
                "counts": list(counts.values()),
                "ids": [each.id for each in self.pending],
                "row_subjects": [each.event.subject for each in self.pending],
                "later": later,
                "types": [each.type for each in self.pending],
                "occurred": [each.event.occurred_at for each in self.pending],
                "correlations": [each.correlation_id for each in self.pending],
                "causes": [each.causation_id for each in self.pending],
                "traces": [each.traceparent for each in self.pending],
                "data": [each.data for each in self.pending],
            },
        )
        self.pending.clear()


@dataclass(frozen=True, slots=True)
class OutboxDepth:
    """How many events wait to be published, and since when the oldest does."""

    waiting: int
    oldest: datetime | None


class OutboxRows(Protocol):
    """What the relay needs of the outbox; every call is its own transaction."""

    async def waiting(self, limit: int, *, but_not: Collection[int] = ()) -> list[OutboxRow]:
        """The first that are not published, in order of writing, without those at the positions `but_not`."""

    async def mark_published(self, positions: Sequence[int]) -> None:
        """The broker has these."""

    async def forget(self, older_than: timedelta, limit: int = CHUNK) -> int:
        """Delete what was published longer ago than this, at most `limit` rows; returns how many."""

    async def refill(self, limit: int = CHUNK, *, after: int = 0) -> list[int]:
        """Mark what is kept behind position `after` as not published, `limit` rows at most; returns their positions."""

    async def depth(self) -> OutboxDepth:
        """How far behind the relay is."""


_WAITING = Statement(
    f"""
    SELECT {", ".join(OutboxRow._fields)} FROM outbox
    WHERE published_at IS NULL AND position NOT IN (SELECT unnest(CAST(:but_not AS bigint[])))
    ORDER BY position LIMIT :limit
    """  # noqa: S608 - made of our own columns
)
_PUBLISHED = Statement("UPDATE outbox SET published_at = now() WHERE position = ANY(CAST(:positions AS bigint[]))")


class PostgresOutboxRows:
    """The outbox table as the relay sees it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, limit: int, *, but_not: Collection[int] = ()) -> list[OutboxRow]:
        values = {"limit": limit, "but_not": list(but_not)}
        async with self._database.statements() as connection:
            return [OutboxRow._make(row) for row in await _WAITING.rows(connection, values)]

    async def mark_published(self, positions: Sequence[int]) -> None:
        async with self._database.statements() as connection:
            await _PUBLISHED.rows(connection, {"positions": list(positions)})

    async def forget(self, older_than: timedelta, limit: int = CHUNK) -> int:
        old = select(outbox.c.position).where(outbox.c.published_at < func.now() - older_than)
        oldest = old.order_by(outbox.c.position).limit(limit)
        async with self._database.statements() as connection:
            return (await connection.execute(outbox.delete().where(outbox.c.position.in_(oldest)))).rowcount

    async def refill(self, limit: int = CHUNK, *, after: int = 0) -> list[int]:
        kept = select(outbox.c.position).where(outbox.c.published_at.is_not(None), outbox.c.position > after)
        oldest = kept.order_by(outbox.c.position).limit(limit)
        statement = update(outbox).where(outbox.c.position.in_(oldest)).values(published_at=None)
        async with self._database.statements() as connection:
            return list((await connection.execute(statement.returning(outbox.c.position))).scalars())

    async def depth(self) -> OutboxDepth:
        query = select(func.count(), func.min(outbox.c.appended_at)).where(outbox.c.published_at.is_(None))
        async with self._database.statements() as connection:
            waiting, oldest = (await connection.execute(query)).one()
        return OutboxDepth(waiting, oldest)


async def refill_all(rows: OutboxRows) -> int:
    """Publish again everything that is still kept, after the broker was wiped; returns how many.

    Row by row in order of writing: what the relay published in the meantime is not taken a second time.
    """
    count = last = 0
    while positions := await rows.refill(after=last):
        count, last = count + len(positions), max(positions)
    return count
