"""Topics on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.topic import Topic, TopicState
from services.community.store.programme_tables import TOPICS
from services.community.store.rows import Row
from services.community.store.table_rows import TableRows

IN_ORDER = (TOPICS.c.proposed_at, TOPICS.c.id)


class PostgresTopics:
    """The table `topics`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, TOPICS)

    async def get(self, topic_id: UUID) -> Topic | None:
        row = await self._rows.find(topic_id, locked=True)
        return _topic_of(row) if row else None

    async def read(self, topic_id: UUID) -> Topic | None:
        row = await self._rows.find(topic_id)
        return _topic_of(row) if row else None

    async def save(self, topic: Topic) -> None:
        await self._rows.write(asdict(topic))

    async def list_of(self, gathering_id: UUID) -> list[Topic]:
        theirs = select(TOPICS).where(TOPICS.c.gathering_id == gathering_id)
        return [_topic_of(row) for row in await self._rows.list_rows(theirs.order_by(*IN_ORDER))]

    async def list_of_person(self, person_id: UUID) -> list[Topic]:
        theirs = select(TOPICS).where(TOPICS.c.person_id == person_id)
        return [_topic_of(row) for row in await self._rows.list_rows(theirs.order_by(*IN_ORDER))]

    async def list_in(self, states: Collection[TopicState]) -> list[Topic]:
        found = select(TOPICS).where(TOPICS.c.state.in_(states))
        return [_topic_of(row) for row in await self._rows.list_rows(found.order_by(*IN_ORDER))]

    async def list_old(self, proposed: datetime, limit: int) -> list[UUID]:
        old = select(TOPICS.c.id).where(TOPICS.c.proposed_at < proposed, TOPICS.c.state != TopicState.PLANNED)
        return list(await self._connection.scalars(old.order_by(*IN_ORDER).limit(limit)))

    async def remove(self, topic_ids: Collection[UUID]) -> None:
        await self._connection.execute(delete(TOPICS).where(TOPICS.c.id.in_(topic_ids)))


def _topic_of(row: Row) -> Topic:
    return Topic(**{**row, "state": TopicState(row["state"])})
