"""The unit of work in memory: the twin of `shared.messaging.postgres_unit`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from shared.events.base import Cause
from shared.kernel.city import City
from shared.kernel.clock import Clock
from shared.kernel.ids import Ids
from shared.messaging.audit import BufferedAudit, chained
from shared.messaging.outbox import BufferedOutbox
from shared.messaging.outbox_rows import CHUNK, OutboxDepth, OutboxRow
from shared.messaging.timers import BufferedTimers
from shared.privacy.audit_chain import AuditLine, Head
from shared.unit_of_work import Timer
from tests.parts.audit import CHAIN
from tests.parts.city import a_city
from tests.twins.erased import InMemoryErased
from tests.twins.tables import InMemoryInbox, InMemoryParking, MemoryTables


class InMemoryOutbox(BufferedOutbox):
    """Gives versions and keeps rows like the table does."""

    def __init__(self, tables: MemoryTables, ids: Ids, now: datetime) -> None:
        super().__init__(ids)
        self._tables, self._now = tables, now

    def flush(self) -> None:
        """Write what was collected."""
        versions, rows = self._tables.table("subject_versions"), self._tables.table("outbox")
        for each in self.pending:
            subject = each.event.subject
            versions[subject] = versions.get(subject, 0) + 1
            # A position is given once, also when its row is gone.
            position = len(self._tables.table("outbox_appended_at")) + 1
            self._tables.table("outbox_appended_at")[position] = self._now
            rows[position] = (
                OutboxRow(
                    position, each.id, subject, versions[subject], each.type, each.topic,
                    each.event.occurred_at, each.correlation_id, each.causation_id, each.traceparent, each.data,
                ),
                False,
            )  # fmt: skip
        self.pending.clear()


class InMemoryTimers(BufferedTimers):
    """Timers in a dict."""

    def __init__(self, tables: MemoryTables, now: datetime, cause: Callable[[], Cause]) -> None:
        super().__init__(cause)
        self._rows, self._now = tables.table("timers"), now

    async def claim(self, limit: int) -> list[Timer]:
        """The overdue ones, oldest first."""
        due = sorted((at, key) for key, (at, _) in self._rows.items() if at <= self._now)
        return [self._rows[key][1] for _, key in due[:limit]]

    def flush(self) -> None:
        """Write what was collected."""
        for key, change in self.changes.items():
            if change is None:
                self._rows.pop(key, None)
            elif isinstance(change, Timer):
                self._rows[key] = (change.due_at, replace(change, attempts=0))
            elif key in self._rows:
                timer = self._rows[key][1]
                self._rows[key] = (change[0], replace(timer, attempts=timer.attempts + 1))
        self.changes.clear()


class InMemoryAudit(BufferedAudit):
    """The audit log in a dict, by position."""

    def __init__(self, tables: MemoryTables, ids: Ids, now: datetime, cause: Callable[[], Cause]) -> None:
        super().__init__(ids, now, lambda: cause().traceparent)
        self._lines: dict[int, AuditLine] = tables.table("audit_lines")

    def flush(self) -> None:
        """Chain and write what was collected."""
        last = self._lines.get(len(self._lines))
        self._lines.update(
            {line.position: line for line in chained(CHAIN, self._complete(), last.head if last else Head())}
        )
        self.pending.clear()


@dataclass(frozen=True, slots=True)
class MemoryContext:
    """What a unit in memory is made from."""

    tables: MemoryTables
    now: datetime
    ids: Ids
    service: str
    city: City


class MemoryUnit:
    """The plumbing of one transaction in memory; services add their repositories."""

    def __init__(self, context: MemoryContext) -> None:
        self._tables = context.tables
        self.now = context.now
        self.ids = context.ids
        self.city = context.city
        self.outbox = InMemoryOutbox(context.tables, context.ids, context.now)
        self.timers = InMemoryTimers(context.tables, context.now, lambda: self.cause)
        self.inbox = InMemoryInbox(context.tables)
        self.parking = InMemoryParking(context.tables)
        self.erased = InMemoryErased(context.tables, self.outbox, self.timers)
        self.audit = InMemoryAudit(context.tables, context.ids, context.now, lambda: self.cause)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that can fail alone. Rows are put back in place, because repositories hold the dicts."""
        pending, changes, before = list(self.outbox.pending), dict(self.timers.changes), self._tables.copy()
        lines = len(self.audit.pending)
        try:
            yield
        except BaseException:
            self.outbox.pending = pending
            del self.audit.pending[lines:]
            self.timers.changes = changes
            for name, rows in self._tables.tables.items():
                rows.clear()
                rows.update(before.tables.get(name, {}))
            raise

    @property
    def cause(self) -> Cause:
        """What is done here follows from this."""
        return self.outbox.cause

    def caused_by(self, cause: Cause | None) -> None:
        """What is appended, set and queued from here on follows from this; None: from nothing before it."""
        self.outbox.caused_by(cause)

    def flush(self) -> None:
        """Write what was collected."""
        self.timers.follow(self.outbox.beginning)
        self.timers.flush()
        self.outbox.flush()
        self.audit.flush()


UnitT = TypeVar("UnitT", bound=MemoryUnit)


class MemoryUnits(Generic[UnitT]):
    """Opens units of work in memory, one at a time; `tables` is what is committed and survives a crash."""

    def __init__(
        self,
        *,
        service: str,
        clock: Clock,
        ids: Ids,
        make: Callable[[MemoryContext], UnitT],
        city: City | None = None,
    ) -> None:
        self.tables = MemoryTables()
        self._city = city or a_city()
        self._service, self._clock, self._ids, self._make = service, clock, ids, make
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitT]:
        """Open one on a draft; leaving normally makes the draft the truth."""
        async with self._lock:
            draft = self.tables.copy()
            unit = self._make(MemoryContext(draft, self._clock.now(), self._ids, self._service, self._city))
            yield unit
            unit.flush()
            self.tables = draft


class InMemoryOutboxRows:
    """The outbox of `MemoryUnits` as the relay sees it."""

    def __init__(self, units: MemoryUnits[Any]) -> None:
        self._units = units

    async def waiting(self, limit: int, *, but_not: Collection[int] = ()) -> list[OutboxRow]:
        """The first that are not published, in order of writing, without those at the positions `but_not`."""
        rows = self._units.tables.table("outbox").values()
        return [row for row, published in rows if not published and row.position not in but_not][:limit]

    async def mark_published(self, positions: Sequence[int]) -> None:
        """The broker has these."""
        rows = self._units.tables.table("outbox")
        for position in rows.keys() & set(positions):
            rows[position] = (rows[position][0], True)

    async def forget(self, older_than: timedelta, limit: int = CHUNK) -> int:  # noqa: ARG002 - the port's arguments
        """Nothing is forgotten in memory."""
        return 0

    async def refill(self, limit: int = CHUNK, *, after: int = 0) -> list[int]:
        """Publish again what was published."""
        rows = self._units.tables.table("outbox")
        again = [position for position, (_, published) in rows.items() if published and position > after][:limit]
        for position in again:
            rows[position] = (rows[position][0], False)
        return again

    async def depth(self) -> OutboxDepth:
        """How far behind the relay is."""
        appended_at = self._units.tables.table("outbox_appended_at")
        waiting = await self.waiting(len(appended_at))
        return OutboxDepth(len(waiting), min((appended_at[row.position] for row in waiting), default=None))
