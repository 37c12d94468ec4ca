"""Messages on PostgreSQL. Statements, written once, where every mail passes; what is rare goes through the session."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, delete

from services.notify.domain.message import Message
from services.notify.store.rows import changing, to_message, to_row
from services.notify.store.tables import MessageRow, NotifyTable
from shared.messaging.postgres_unit import PostgresUnit
from shared.storage.bulk_insert import types_of
from shared.storage.statements import Statement

# A message that is queued wakes the sender (`adapters.wake`).
NOTIFY_CHANNEL: Final = "messages"
MESSAGES: Final = NotifyTable.metadata.tables[MessageRow.__tablename__]

_TYPES: Final = types_of(MESSAGES)
_CHANGING: Final = (
    "give_up_at", "next_attempt_at", "lease_until", "due_at", "state", "attempt", "waits", "doubts", "reason",
    "reply_code", "recalled", "settled_at", "held_with", "held_until", "part_of",
)  # fmt: skip
_READING: Final = ", ".join("CAST(facts AS text) AS facts" if name == "facts" else name for name in _TYPES)
_READ: Final = f"SELECT {_READING} FROM messages"  # noqa: S608 - our own columns, as in what follows

_ADD: Final = Statement(
    f"""
    WITH added AS (
        INSERT INTO messages ({", ".join(_TYPES)})
        VALUES ({", ".join(f"CAST(:{name} AS {kind})" for name, kind in _TYPES.items())})
        ON CONFLICT ON CONSTRAINT messages_once DO NOTHING RETURNING id
    )
    SELECT count(id), pg_notify('{NOTIFY_CHANNEL}', '') FROM added
    """  # noqa: S608
)
_SAVE: Final = Statement(
    f"""
    UPDATE messages SET {", ".join(f"{name} = new.{name}" for name in _CHANGING)}
    FROM unnest(CAST(:id AS uuid[]), {", ".join(f"CAST(:{name} AS {_TYPES[name]}[])" for name in _CHANGING)})
         AS new (id, {", ".join(_CHANGING)})
    WHERE messages.id = new.id
    """  # noqa: S608
)
_GET: Final = Statement(f"{_READ} WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY id FOR UPDATE")
_OF_CASE: Final = Statement(f"{_READ} WHERE case_id = :case_id ORDER BY id FOR UPDATE")
_ABOUT: Final = Statement(f"{_READ} WHERE about_id = :about_id ORDER BY id FOR UPDATE")
_HELD: Final = Statement(
    f"""
    {_READ} WHERE recipient_id = :recipient_id AND held_with = :held_with AND state = 'held' AND part_of IS NULL
    ORDER BY id FOR UPDATE
    """
)
_LATE: Final = Statement(
    """
    SELECT DISTINCT recipient_id, held_with FROM messages
    WHERE state = 'held' AND part_of IS NULL AND held_until < :before ORDER BY recipient_id, held_with
    """
)
_PARTS: Final = Statement(f"{_READ} WHERE part_of = :digest_id ORDER BY id FOR UPDATE")
_DUE: Final = Statement(
    f"""
    {_READ} WHERE due_at <= :now AND id <> ALL(CAST(:in_hand AS uuid[]))
    ORDER BY priority, due_at, id LIMIT :limit FOR UPDATE SKIP LOCKED
    """
)

_FORGET_FACT = Statement(
    """
    UPDATE messages SET facts = facts - CAST(:fact AS text)
    WHERE case_id = CAST(:case_id AS uuid) AND facts ? CAST(:fact AS text)
    """
)


class PostgresMessages:
    """The table `messages`. What is read is locked, in one order, so that two writers never wait in a ring."""

    def __init__(self, unit: PostgresUnit, connection: AsyncConnection) -> None:
        self._unit, self._connection = unit, connection

    async def add(self, message: Message) -> bool:
        row = to_row(message)
        ((count, _),) = await _ADD.rows(self._connection, {**row, "facts": orjson.dumps(row["facts"]).decode()})
        return bool(count)

    async def get(self, message_id: UUID) -> Message | None:
        return (await self.get_each([message_id])).get(message_id)

    async def get_each(self, message_ids: Iterable[UUID]) -> dict[UUID, Message]:
        wanted = list(message_ids)
        found = await self._read(_GET, {"ids": wanted}) if wanted else []
        return {message.id: message for message in found}

    async def save(self, messages: Sequence[Message]) -> None:
        if not messages:
            return
        rows = [changing(message) for message in messages]
        columns = {name: [row[name] for row in rows] for name in _CHANGING}
        await _SAVE.rows(self._connection, {"id": [message.id for message in messages], **columns})

    async def forget_fact(self, case_id: UUID, fact: str) -> None:
        await _FORGET_FACT.rows(self._connection, {"case_id": case_id, "fact": fact})

    async def get_due(self, limit: int, in_hand: Collection[UUID]) -> list[Message]:
        return await self._read(_DUE, {"now": self._unit.now, "in_hand": list(in_hand), "limit": limit})

    async def get_of_case(self, case_id: UUID) -> list[Message]:
        return await self._read(_OF_CASE, {"case_id": case_id})

    async def get_about(self, about_id: UUID) -> list[Message]:
        return await self._oldest_first(_ABOUT, {"about_id": about_id})

    async def get_held(self, recipient_id: UUID, held_with: str) -> list[Message]:
        return await self._oldest_first(_HELD, {"recipient_id": recipient_id, "held_with": held_with})

    async def list_late(self, before: datetime) -> list[tuple[UUID, str]]:
        rows = await _LATE.rows(self._connection, {"before": before})
        return [(row["recipient_id"], row["held_with"]) for row in rows]

    async def get_parts(self, digest_id: UUID) -> list[Message]:
        return await self._oldest_first(_PARTS, {"digest_id": digest_id})

    async def delete_case(self, case_id: UUID) -> int:
        # A digest of the case's news holds no fact, but it is about the case.
        of_case = or_(col(MessageRow.case_id) == case_id, col(MessageRow.about_id) == case_id)
        gone = await self._unit.session.exec(delete(MessageRow).where(of_case))
        return gone.rowcount

    async def delete(self, message_ids: Collection[UUID]) -> int:
        gone = await self._unit.session.exec(delete(MessageRow).where(col(MessageRow.id).in_(message_ids)))
        return gone.rowcount

    async def delete_settled(self, before: datetime) -> int:
        gone = await self._unit.session.exec(delete(MessageRow).where(col(MessageRow.settled_at) < before))
        return gone.rowcount

    async def _oldest_first(self, statement: Statement, values: Mapping[str, Any]) -> list[Message]:
        return sorted(await self._read(statement, values), key=lambda message: message.queued_at)

    async def _read(self, statement: Statement, values: Mapping[str, Any]) -> list[Message]:
        rows = await statement.rows(self._connection, values)
        return [to_message({**row, "facts": orjson.loads(row["facts"])}) for row in rows]
