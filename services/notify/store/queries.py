"""What the page and the metrics read."""

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.message import Message, MessageState
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
        """Refused, then unknown, then waiting; oldest first."""
        order = case({state.value: place for place, state in enumerate(PRESSING)}, value=MESSAGES.c.state)
        query = (
            select(MESSAGES)
            .where(MESSAGES.c.state.in_([state.value for state in PRESSING]))
            .order_by(order, MESSAGES.c.queued_at, MESSAGES.c.id)
            .limit(limit)
        )
        return [to_message(row) for row in (await self._connection.execute(query)).mappings()]

    async def in_state(self, state: MessageState, limit: int) -> list[Message]:
        """Those in one state, newest first."""
        query = (
            select(MESSAGES)
            .where(MESSAGES.c.state == state.value)
            .order_by(MESSAGES.c.queued_at.desc(), MESSAGES.c.id.desc())
            .limit(limit)
        )
        return [to_message(row) for row in (await self._connection.execute(query)).mappings()]
