"""Answers to requests with an idempotency key, many at once, in the transaction of the change."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.intake.ports import AskedBefore, Reply
from services.intake.store.bulk import columns_of, insert_many
from shared.tables import idempotency_replies

# A key is held by the transaction that handles it. It is never waited for, so that no two batches stop each other.
_TAKE = text(
    """
    SELECT scope, key FROM unnest(CAST(:scopes AS text[]), CAST(:keys AS text[])) AS asked (scope, key)
    WHERE NOT pg_try_advisory_xact_lock(hashtextextended(scope || ' ' || key, 0))
    """
)
_KNOWN = text(
    """
    SELECT scope, key, fingerprint, status, body FROM idempotency_replies
    JOIN unnest(CAST(:scopes AS text[]), CAST(:keys AS text[])) AS asked (scope, key) USING (scope, key)
    """
)
_KEEP = insert_many(idempotency_replies)


class PostgresReplies:
    """The table `idempotency_replies`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def take(self, asked: Collection[AskedBefore]) -> set[AskedBefore]:
        """Take these keys; returns those that another transaction holds."""
        held = {tuple(row) for row in (await self._connection.execute(_TAKE, _arrays(asked))).all()}
        return {each for each in asked if (each.scope, each.key) in held}

    async def known(self, asked: Collection[AskedBefore]) -> Mapping[tuple[str, str], Reply]:
        """What was answered before."""
        rows = (await self._connection.execute(_KNOWN, _arrays(asked))).all()
        return {(row.scope, row.key): Reply(row.fingerprint, row.status, row.body) for row in rows}

    async def keep(self, replies: Mapping[AskedBefore, Reply]) -> None:
        """Remember these answers."""
        rows = [
            {
                "scope": asked.scope,
                "key": asked.key,
                "fingerprint": reply.fingerprint,
                "status": reply.status,
                "body": reply.body,
                "created_at": self._now,
            }
            for asked, reply in replies.items()
        ]
        if rows:
            await self._connection.execute(_KEEP, columns_of(idempotency_replies, rows))

    async def forget(self, before: datetime) -> int:
        """Remove the old ones."""
        statement = delete(idempotency_replies).where(idempotency_replies.c.created_at < before)
        return (await self._connection.execute(statement)).rowcount


def _arrays(asked: Collection[AskedBefore]) -> dict[str, list[str]]:
    return {"scopes": [each.scope for each in asked], "keys": [each.key for each in asked]}
