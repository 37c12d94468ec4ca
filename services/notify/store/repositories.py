"""Notify's tables in PostgreSQL, and the unit of work over them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.message import Message
from services.notify.domain.outcome import Reason
from services.notify.ports import Person
from services.notify.store.queries import PostgresOverview
from services.notify.store.rows import changing, to_message, to_row
from services.notify.store.tables import EndedCaseRow, MessageRow, NotifyTable, PersonRow
from shared.database import PostgresUnit, UnitContext
from shared.events.base import Role

# Who queues a message wakes the sender (`sender.Waker`).
NOTIFY_CHANNEL: Final = "messages"

MESSAGES = NotifyTable.metadata.tables[MessageRow.__tablename__]
PEOPLE = NotifyTable.metadata.tables[PersonRow.__tablename__]
ENDED_CASES = NotifyTable.metadata.tables[EndedCaseRow.__tablename__]

_ADDED = (
    insert(MESSAGES)
    .on_conflict_do_nothing(constraint="messages_once")
    .values({column.name: bindparam(column.name) for column in MESSAGES.columns})
    .returning(MESSAGES.c.id)
    .cte("added")
)
_ADD = select(func.count(_ADDED.c.id), func.pg_notify(NOTIFY_CHANNEL, ""))
_CHANGING = (
    "give_up_at", "next_attempt_at", "lease_until", "due_at", "state", "attempt", "waits", "doubts", "reason",
    "reply_code", "recalled", "settled_at",
)  # fmt: skip
_SAVE = (
    update(MESSAGES)
    .where(MESSAGES.c.id == bindparam("message_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)


class PostgresMessages:
    """The table `messages`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def add(self, message: Message) -> bool:
        """Queue it once, and wake the sender at commit."""
        result = await self._connection.execute(_ADD, to_row(message))
        return bool(result.scalar_one())

    async def get(self, message_id: UUID) -> Message | None:
        """One message, locked."""
        return (await self.some([message_id])).get(message_id)

    async def some(self, message_ids: Iterable[UUID]) -> dict[UUID, Message]:
        """These messages by id, locked in one order so that two writers never wait for each other in a ring."""
        found = await self._read(MESSAGES.c.id.in_(list(message_ids)))
        return {message.id: message for message in found}

    async def save(self, messages: Sequence[Message]) -> None:
        """Write their new state."""
        if not messages:
            return
        rows = [
            {"message_id": message.id} | {f"new_{name}": value for name, value in changing(message).items()}
            for message in messages
        ]
        await self._connection.execute(_SAVE, rows)

    async def due(self, limit: int, in_hand: Collection[UUID]) -> list[Message]:
        """Messages to attempt now, or whose sender died; another sender's rows are skipped."""
        query = (
            select(MESSAGES)
            .where(MESSAGES.c.due_at <= self._now, MESSAGES.c.id.not_in(list(in_hand)))
            .order_by(MESSAGES.c.turn, MESSAGES.c.due_at, MESSAGES.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [to_message(row) for row in (await self._connection.execute(query)).mappings()]

    async def of_case(self, case_id: UUID) -> list[Message]:
        """Messages of a case that are not at rest, locked."""
        return await self._read((MESSAGES.c.case_id == case_id) & MESSAGES.c.due_at.is_not(None))

    async def about(self, about_id: UUID) -> list[Message]:
        """Every message about one thing, locked."""
        return sorted(await self._read(MESSAGES.c.about_id == about_id), key=lambda message: message.queued_at)

    async def delete_case(self, case_id: UUID) -> int:
        """Erase every message of a case."""
        return (await self._connection.execute(delete(MESSAGES).where(MESSAGES.c.case_id == case_id))).rowcount

    async def delete_settled(self, before: datetime) -> int:
        """Erase messages long at rest."""
        return (await self._connection.execute(delete(MESSAGES).where(MESSAGES.c.settled_at < before))).rowcount

    async def _read(self, condition: object) -> list[Message]:
        query = select(MESSAGES).where(condition).order_by(MESSAGES.c.id).with_for_update()  # type: ignore[arg-type]
        return [to_message(row) for row in (await self._connection.execute(query)).mappings()]


class PostgresPeople:
    """The table `people`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, person: Person) -> None:
        """Remember, or renew."""
        row = {"organisation_id": person.organisation_id, "role": person.role.value, "active": person.active}
        await self._connection.execute(
            insert(PEOPLE).values(id=person.id, **row).on_conflict_do_update(index_elements=["id"], set_=row)
        )

    async def coordinators(self) -> list[UUID]:
        """The active coordinators."""
        query = select(PEOPLE.c.id).where(PEOPLE.c.role == Role.COORDINATOR.value, PEOPLE.c.active)
        return list((await self._connection.execute(query.order_by(PEOPLE.c.id))).scalars())


class PostgresEndedCases:
    """The table `ended_cases`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def end(self, case_id: UUID, reason: Reason) -> None:
        """No more mail about this case."""
        row = {"reason": reason.value}
        await self._connection.execute(
            insert(ENDED_CASES)
            .values(case_id=case_id, **row)
            .on_conflict_do_update(index_elements=["case_id"], set_=row)
        )

    async def reopen(self, case_id: UUID) -> None:
        """Mail about this case again, when it was only closed."""
        only_closed = ENDED_CASES.c.reason == Reason.CASE_CLOSED.value
        await self._connection.execute(delete(ENDED_CASES).where(ENDED_CASES.c.case_id == case_id, only_closed))

    async def has(self, case_id: UUID) -> bool:
        """Whether it ended."""
        query = select(ENDED_CASES.c.case_id).where(ENDED_CASES.c.case_id == case_id)
        return (await self._connection.execute(query)).first() is not None


class PostgresNotifyUnit(PostgresUnit):
    """One transaction of notify."""

    def __init__(self, context: UnitContext) -> None:
        super().__init__(context)
        self.messages = PostgresMessages(context.connection, context.now)
        self.people = PostgresPeople(context.connection)
        self.ended_cases = PostgresEndedCases(context.connection)
        self.overview = PostgresOverview(context.connection)
