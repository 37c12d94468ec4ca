"""The outbox as the relay sees it: what waits to be published, and what is kept of what was."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import func, select, update

from shared.storage.database import Database
from shared.storage.statements import Statement
from shared.storage.tables import outbox

# The most rows that one statement changes, well within its time limit.
CHUNK = 10_000


class OutboxRow(NamedTuple):
    """One event as it waits to be published: `data` is its JSON, `position` the order of writing."""

    position: int
    id: UUID
    subject: UUID
    sequence: int
    type: str
    topic: str
    occurred_at: datetime
    correlation_id: UUID
    causation_id: UUID | None
    traceparent: str | None
    data: str


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
_WAITING_FOR_TOPIC = Statement(
    f"""
    SELECT {", ".join(OutboxRow._fields)} FROM outbox
    WHERE published_at IS NULL AND topic = :topic AND position NOT IN (SELECT unnest(CAST(:but_not AS bigint[])))
    ORDER BY position LIMIT :limit
    """  # noqa: S608 - made of our own columns
)
_PUBLISHED = Statement("UPDATE outbox SET published_at = now() WHERE position = ANY(CAST(:positions AS bigint[]))")


class PostgresOutboxRows:
    """The outbox table as the relay sees it; `topic`: what waits for this topic, and for no other."""

    def __init__(self, database: Database, topic: str | None = None) -> None:
        self._database, self._topic = database, topic

    async def waiting(self, limit: int, *, but_not: Collection[int] = ()) -> list[OutboxRow]:
        values = {"limit": limit, "but_not": list(but_not), "topic": self._topic}
        statement = _WAITING if self._topic is None else _WAITING_FOR_TOPIC
        async with self._database.statements() as connection:
            return [OutboxRow._make(row) for row in await statement.rows(connection, values)]

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
