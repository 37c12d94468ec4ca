"""The twin of the answers that are kept under idempotency keys."""

from collections.abc import Collection, Mapping
from datetime import datetime

from shared.access.replies import AskedBefore, Reply, Taken
from tests.twins.tables import MemoryTables


class InMemoryReplies:
    """Replies in a dict. Units in memory run one at a time, so that no key is ever held by another."""

    def __init__(self, tables: MemoryTables, now: datetime) -> None:
        self._rows: dict[tuple[str, str], tuple[datetime, Reply]] = tables.table("idempotency_replies")
        self._now = now

    async def take(self, asked: Collection[AskedBefore]) -> Taken:
        keys = {(each.scope, each.key) for each in asked}
        return Taken(frozenset(), {key: reply for key, (_, reply) in self._rows.items() if key in keys})

    async def keep(self, replies: Mapping[AskedBefore, Reply]) -> None:
        self._rows.update({(asked.scope, asked.key): (self._now, reply) for asked, reply in replies.items()})

    async def forget(self, before: datetime) -> int:
        old = [key for key, (at, _) in self._rows.items() if at < before]
        for key in old:
            del self._rows[key]
        return len(old)
