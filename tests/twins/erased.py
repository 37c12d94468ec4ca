"""The twin of `shared.messaging.erased`."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from shared.events.base import Event
from shared.messaging.erased import blank_pending, blanked
from shared.messaging.outbox import BufferedOutbox
from shared.messaging.timers import BufferedTimers
from shared.unit_of_work import UnitOfWork
from tests.twins.tables import MemoryTables


async def comes_late(event: Event, unit: UnitOfWork) -> bool:
    """Whether a consumer would drop it, as `shared.messaging.batch` does."""
    return not event.is_tombstone and bool(await unit.erased.find([event.about]))


class InMemoryErased:
    """Tombstones in a dict. One transaction runs at a time, so nothing is held."""

    def __init__(self, tables: MemoryTables, outbox: BufferedOutbox, timers: BufferedTimers) -> None:
        self._tables, self._outbox, self._timers = tables, outbox, timers
        self._days: dict[UUID, date] = tables.table("erased")

    async def hold(self, *, alone: bool = False) -> None:
        """Nobody else is at work."""

    async def find(self, subjects: Collection[UUID]) -> dict[UUID, date]:
        """Which are erased, and since when."""
        return {one: self._days[one] for one in subjects if one in self._days}

    async def bury(self, subject: UUID, day: date, *, parts: Collection[UUID] = ()) -> None:
        """Leave the tombstone, and delete what the plumbing holds."""
        self._days.setdefault(subject, day)
        named, subjects = str(subject), {subject, *parts}
        self._outbox.drop(named)
        self._timers.drop(named)
        self._delete("outbox", lambda _, row: row[0].subject in subjects or named in row[0].data)
        self._delete("parked_events", lambda _, row: row.subject == named or named.encode() in row.value)
        self._delete("inbox_positions", lambda key, _: key[1] == subject)
        self._delete("timers", lambda key, row: row[1].subject in subjects or named in key)
        self._delete("link_tokens", lambda _, row: row.subject_id in subjects)
        self._delete("idempotency_replies", lambda _, row: named in row[1].body)

    async def blank(self, subjects: Collection[UUID], field: str) -> None:
        """Nothing in this field any more."""
        blank_pending(self._outbox, subjects, field)
        value, nothing = blanked(field)
        outbox, parked = self._tables.table("outbox"), self._tables.table("parked_events")
        for key, row in outbox.items():
            if row[0].subject in subjects:
                outbox[key] = (row[0]._replace(data=re.sub(value, nothing, row[0].data)), *row[1:])
        named = [str(one) for one in subjects]
        for key, row in parked.items():
            if row.subject in named:
                parked[key] = replace(row, value=re.sub(value.encode(), nothing.encode(), row.value))
        replies = self._tables.table("idempotency_replies")
        for key, (kept_at, reply) in replies.items():
            if any(one in reply.body for one in named):
                replies[key] = (kept_at, replace(reply, body=re.sub(value, nothing, reply.body)))

    def _delete(self, table: str, is_of_it: Callable[[Any, Any], bool]) -> None:
        rows = self._tables.table(table)
        for key in [key for key, row in rows.items() if is_of_it(key, row)]:
            del rows[key]
