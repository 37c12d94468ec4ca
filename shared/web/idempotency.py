"""`Idempotency-Key`: a machine may ask twice and is served once. The reply is stored in the change's transaction."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.tables import idempotency_replies as table
from shared.web.problem import FieldProblem, Problem

KEPT = timedelta(days=7)
MAX_KEY_LENGTH = 128


@dataclass(frozen=True, slots=True)
class StoredReply:
    """What was answered the first time."""

    status: int
    body: str


class KeyReused(Problem):
    """The same key with another body."""

    def __init__(self) -> None:
        super().__init__(
            422,
            "Sleutel al gebruikt",
            "Deze Idempotency-Key hoort al bij een ander bericht. Kies voor elk nieuw bericht een nieuwe sleutel.",
            code="idempotency-key-reused",
        )


class KeyInFlight(Problem):
    """The same key is being handled at this moment."""

    def __init__(self) -> None:
        super().__init__(
            409,
            "Nog bezig",
            "Een bericht met deze Idempotency-Key wordt nu verwerkt. Vraag het over een paar tellen nog eens.",
            code="idempotency-key-in-flight",
            headers={"Retry-After": "2"},
        )


def checked_key(header: str | None) -> str:
    """The header's value; a 400 Problem when it is absent or not 1 to 128 printable ASCII characters."""
    key = (header or "").strip().strip('"')
    if not key or len(key) > MAX_KEY_LENGTH or not (key.isascii() and key.isprintable()):
        error = FieldProblem(
            f"Stuur een eigen sleutel mee: 1 tot {MAX_KEY_LENGTH} tekens, voor elk nieuw bericht een andere.",
            parameter="Idempotency-Key",
            example="7f2c1e9a-3b60-4a53-9d0e-5b1c2f3a4d5e",
        )
        raise Problem(
            400,
            "Sleutel ontbreekt",
            "De header Idempotency-Key ontbreekt of klopt niet.",
            [error],
            code="idempotency-key-missing",
        )
    return key


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same: method, path and body."""
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


class Replies(Protocol):
    """Stored replies, inside one transaction: `unit.replies`. `scope` is who asks (the API key's id)."""

    async def begin(self, key: str, scope: str, fingerprint: str) -> StoredReply | None:
        """The stored reply, or None: go ahead. Raises KeyReused (422) or KeyInFlight (409)."""

    async def finish(self, key: str, scope: str, fingerprint: str, status: int, body: str) -> None:
        """Store the reply; visible when the transaction commits. Raises KeyInFlight when another was first."""


class PostgresReplies:
    """The table `idempotency_replies`, inside the transaction of `connection`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def begin(self, key: str, scope: str, fingerprint: str) -> StoredReply | None:
        """See `Replies.begin`. Holds the key until this transaction ends: a second asker hears that it is in flight."""
        lock = func.pg_try_advisory_xact_lock(func.hashtextextended(f"{scope}\n{key}", 0))
        if not await self._connection.scalar(select(lock)):
            raise KeyInFlight
        # Only now: a reply that was committed while we tried for the lock must be seen.
        query = select(table.c.fingerprint, table.c.status, table.c.body).where(
            table.c.scope == scope, table.c.key == key, table.c.created_at > self._now - KEPT
        )
        row = (await self._connection.execute(query)).one_or_none()
        return _same(row.fingerprint, fingerprint, StoredReply(row.status, row.body)) if row is not None else None

    async def finish(self, key: str, scope: str, fingerprint: str, status: int, body: str) -> None:
        """See `Replies.finish`. A reply older than seven days gives way."""
        values = {"fingerprint": fingerprint, "status": status, "body": body, "created_at": self._now}
        statement = (
            upsert(table)
            .values(scope=scope, key=key, **values)
            .on_conflict_do_update(
                index_elements=["scope", "key"], set_=values, where=table.c.created_at <= self._now - KEPT
            )
            .returning(table.c.key)
        )
        if (await self._connection.execute(statement)).one_or_none() is None:
            raise KeyInFlight


class TablesOfMemory(Protocol):
    """What the twin keeps its replies in (`shared.twins.MemoryTables`)."""

    def table(self, name: str) -> dict[Any, Any]:
        """The rows of this transaction."""


class InMemoryReplies:
    """The twin. Its transactions come one after the other, so nothing is ever in flight."""

    def __init__(self, tables: TablesOfMemory, now: datetime) -> None:
        self._rows = tables.table("idempotency_replies")
        self._now = now

    async def begin(self, key: str, scope: str, fingerprint: str) -> StoredReply | None:
        """See `Replies.begin`."""
        known = self._rows.get((scope, key))
        if known is None or known[2] <= self._now - KEPT:
            return None
        return _same(known[0], fingerprint, known[1])

    async def finish(self, key: str, scope: str, fingerprint: str, status: int, body: str) -> None:
        """See `Replies.finish`."""
        known = self._rows.get((scope, key))
        if known is not None and known[2] > self._now - KEPT:
            raise KeyInFlight
        self._rows[(scope, key)] = (fingerprint, StoredReply(status, body), self._now)


def _same(stored: str, asked: str, reply: StoredReply) -> StoredReply:
    if stored != asked:
        raise KeyReused
    return reply
