"""What the page and the metrics read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Reason
from services.notify.ports import StateCount
from services.notify.store.rows import to_message
from services.notify.store.tables import MessageRow, NotifyTable

MESSAGES = NotifyTable.metadata.tables[MessageRow.__tablename__]
PRESSING = (MessageState.REFUSED, MessageState.UNKNOWN, MessageState.QUEUED, MessageState.SENDING)


class PostgresOverview:
    """Reads only; locks nothing."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def counts(self) -> list[StateCount]:
        """By state."""
        query = (
            select(MESSAGES.c.state, func.count().label("number"), func.min(MESSAGES.c.queued_at).label("oldest"))
            .group_by(MESSAGES.c.state)
            .order_by(MESSAGES.c.state)
        )
        rows = (await self._connection.execute(query)).all()
        return [StateCount(MessageState(row.state), row.number, row.oldest) for row in rows]

    async def in_need(self, limit: int) -> list[Message]:
        """Refused, then unknown, then waiting; of each the oldest first."""
        oldest = MESSAGES.c.queued_at, MESSAGES.c.id
        return [message for state in PRESSING for message in await self._read(state, oldest, limit)]

    async def in_state(self, state: MessageState, limit: int) -> list[Message]:
        """Those in one state, newest first."""
        return await self._read(state, (MESSAGES.c.queued_at.desc(), MESSAGES.c.id.desc()), limit)

    async def reasons_to_wait(self) -> set[Reason]:
        """Why messages in the queue wait."""
        waits = MESSAGES.c.state == MessageState.QUEUED.value, MESSAGES.c.reason.is_not(None)
        query = select(MESSAGES.c.reason).where(*waits).distinct()
        return {Reason(reason) for reason in await self._connection.scalars(query)}

    async def _read(self, state: MessageState, order: Sequence[ColumnElement[Any]], limit: int) -> list[Message]:
        query = select(MESSAGES).where(MESSAGES.c.state == state.value).order_by(*order).limit(limit)
        return [to_message(row) for row in (await self._connection.execute(query)).mappings()]
