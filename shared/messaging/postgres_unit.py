"""The unit of work on PostgreSQL: one transaction with its outbox, inbox, timers and parked events."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from shared.events.base import Cause
from shared.kernel.city import City
from shared.kernel.ids import Ids
from shared.messaging.audit import PostgresAudit
from shared.messaging.erased import PostgresErased
from shared.messaging.inbox import PostgresInbox
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.parked import PostgresParking
from shared.messaging.timers import PostgresTimers
from shared.privacy.audit_chain import AuditChain
from shared.storage.database import NOW, Database, translated
from shared.storage.statements import driver_of
from shared.unit_of_work import Buffer


@dataclass(frozen=True, slots=True)
class UnitContext:
    """What a unit of work is made from."""

    connection: AsyncConnection
    now: datetime
    ids: Ids
    service: str
    city: City
    chain: AuditChain


class PostgresUnit:
    """The plumbing of one transaction; services add their repositories."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection
        self.now = context.now
        self.ids = context.ids
        self.city = context.city
        self.outbox = PostgresOutbox(context.connection, context.ids)
        self.timers = PostgresTimers(context.connection, lambda: self.cause)
        self.inbox = PostgresInbox(context.connection)
        self.parking = PostgresParking(context.connection)
        self.erased = PostgresErased(context.connection, self.outbox, self.timers)
        self.audit = PostgresAudit(
            context.connection, context.chain, context.ids, context.now, lambda: self.cause.traceparent
        )
        # A service adds those of its repositories that collect changes.
        self.buffers: tuple[Buffer, ...] = ()
        self._session: AsyncSession | None = None

    @property
    def session(self) -> AsyncSession:
        """SQLModel's session in this transaction: `await unit.session.exec(select(CaseRow).where(…))`, `add`, `get`.

        Flushed with the unit and at both edges of a savepoint; models are expunged when a savepoint fails: read them
        again. Never commit it: that writes nothing. What repositories collected is not seen before the unit's flush,
        and a model that was read does not change when a `Statement` changes its row.
        """
        if self._session is None:
            self._session = AsyncSession(self._connection, expire_on_commit=False)
        return self._session

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        # What was collected is written at its edges, so that it fails with it.
        await self._write_and_forget()
        pending, changes = list(self.outbox.pending), dict(self.timers.changes)
        lines = len(self.audit.pending)
        try:
            # The driver's own: to SQLAlchemy a failed flush of the session is the end of the whole transaction.
            async with (await driver_of(self._connection)).transaction():
                yield
                await self._write_and_forget()
        except BaseException as error:
            for buffer in self.buffers:
                buffer.forget()
            if self._session is not None:
                await self._session.close()
            self.outbox.pending = pending
            del self.audit.pending[lines:]
            self.timers.changes = changes
            # Whoever catches it here must know too whether it is transient.
            if (passing := translated(error)) is not None:
                raise passing from error
            raise

    async def _write_and_forget(self) -> None:
        await self._flush_session()
        for buffer in self.buffers:
            await buffer.flush()
            buffer.forget()

    async def _flush_session(self) -> None:
        if self._session is not None:
            await self._session.flush()

    @property
    def cause(self) -> Cause:
        return self.outbox.cause

    def caused_by(self, cause: Cause | None) -> None:
        self.outbox.caused_by(cause)

    async def flush(self) -> None:
        """Write what was collected; the transaction commits right after."""
        await self._flush_session()
        for buffer in self.buffers:
            await buffer.flush()
        self.timers.follow(self.outbox.beginning)
        await self.timers.flush()
        await self.outbox.flush()
        await self.audit.flush()


UnitT = TypeVar("UnitT", bound=PostgresUnit)


def _as_itself(unit: PostgresUnit) -> None:
    """The service; whoever comes in at a door is told by the door."""


class PostgresUnits(Generic[UnitT]):
    """Opens units of work on a database."""

    def __init__(
        self,
        database: Database,
        *,
        service: str,
        ids: Ids,
        city: City,
        chain: AuditChain,
        make: Callable[[UnitContext], UnitT],
    ) -> None:
        self.database = database
        self._service = service
        self._ids = ids
        self._city = city
        self._chain = chain
        self._make = make
        self._begin_as: Callable[[UnitT], None] = _as_itself

    def begin_as(self, tell: Callable[[UnitT], None]) -> None:
        """Each unit is told first who works in it: an operator at the command line."""
        self._begin_as = tell

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitT]:
        """Open one; its time is the database's."""
        async with self.database.transaction() as connection:
            ((now,),) = await NOW.rows(connection)
            context = UnitContext(connection, now.astimezone(UTC), self._ids, self._service, self._city, self._chain)
            unit = self._make(context)
            self._begin_as(unit)
            yield unit
            await unit.flush()
