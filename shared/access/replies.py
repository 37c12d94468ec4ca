"""Answers to requests with an idempotency key, many at once, in the transaction of the change."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.storage.bulk_insert import columns_of, insert_many
from shared.storage.database import TryAgain
from shared.storage.statements import Statement
from shared.storage.tables import idempotency_replies


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A machine's mark on one request: `key` is its own, `scope` says whose, `fingerprint` is of what it asked."""

    scope: str
    key: str
    fingerprint: str

    @property
    def stored_key(self) -> str:
        """What is stored of the key: systems make them of names and birth dates, and this tells none of it."""
        return hashlib.sha256(f"{self.scope} {self.key}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered to such a request."""

    fingerprint: str
    status: int
    body: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What is known of keys at the moment they are taken: which another transaction holds, and the earlier replies."""

    held: frozenset[AskedBefore]
    known: Mapping[tuple[str, str], Reply]


class Replies(Protocol):
    """Answers to requests with an idempotency key, many at once, kept for seven days."""

    async def take(self, asked: Collection[AskedBefore]) -> Taken:
        """Take these keys until the transaction ends. Replies are found by scope and key."""

    async def keep(self, replies: Mapping[AskedBefore, Reply]) -> None:
        """Remember these answers. Raises TryAgain when another transaction answered one of them just now."""

    async def forget(self, before: datetime) -> int:
        """Remove what was answered before this instant; returns how many."""


# A key is held by the transaction that handles it. It is never waited for, so that no two batches stop each other.
# A reply that is committed between this statement's snapshot and its lock is not seen here; `keep` finds it.
_TAKE = Statement(
    """
    SELECT scope, key, pg_try_advisory_xact_lock(hashtextextended(scope || ' ' || key, 0)) AS taken,
           fingerprint, status, body
    FROM unnest(CAST(:scopes AS text[]), CAST(:keys AS text[])) AS asked (scope, key)
    LEFT JOIN idempotency_replies USING (scope, key)
    """
)
_KEEP = insert_many(idempotency_replies, "ON CONFLICT DO NOTHING RETURNING key")


class PostgresReplies:
    """The table `idempotency_replies`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def take(self, asked: Collection[AskedBefore]) -> Taken:
        by_key = {each.stored_key: each for each in asked}
        arrays = {"scopes": [each.scope for each in by_key.values()], "keys": list(by_key)}
        rows = await _TAKE.rows(self._connection, arrays)
        held = {row["key"] for row in rows if not row["taken"]}
        return Taken(
            held=frozenset(each for each in asked if each.stored_key in held),
            known={
                (row["scope"], by_key[row["key"]].key): Reply(row["fingerprint"], row["status"], row["body"])
                for row in rows
                if row["status"]
            },
        )

    async def keep(self, replies: Mapping[AskedBefore, Reply]) -> None:
        rows = [
            {
                "scope": asked.scope,
                "key": asked.stored_key,
                "fingerprint": reply.fingerprint,
                "status": reply.status,
                "body": reply.body,
                "created_at": self._now,
            }
            for asked, reply in replies.items()
        ]
        if not rows:
            return
        kept = await _KEEP.rows(self._connection, columns_of(idempotency_replies, rows))
        if len(kept) < len(rows):
            raise TryAgain("answered just now")

    async def forget(self, before: datetime) -> int:
        statement = delete(idempotency_replies).where(idempotency_replies.c.created_at < before)
        return (await self._connection.execute(statement)).rowcount
