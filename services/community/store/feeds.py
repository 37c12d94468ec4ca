"""The calendars that people subscribed to, on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.feed import Feed
from services.community.domain.seat import Seat
from services.community.store.rows import seat_of
from services.community.store.tables import FEED_SEATS, FEEDS, SEATS


class PostgresFeeds:
    """The tables `feeds` and `feed_seats`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def read(self, feed_id: UUID) -> Feed | None:
        return await self._find(FEEDS.c.id == feed_id)

    async def find_of_person(self, person_id: UUID) -> Feed | None:
        return await self._find(FEEDS.c.person_id == person_id)

    async def find_of_address(self, digest: bytes) -> Feed | None:
        return await self._find(FEEDS.c.address_digest == digest)

    async def add(self, feed: Feed) -> bool:
        added = insert(FEEDS).values(asdict(feed)).on_conflict_do_nothing().returning(FEEDS.c.id)
        return await self._connection.scalar(added) is not None

    async def remove(self, feed_ids: Collection[UUID]) -> None:
        # Which seats were in it goes along.
        await self._connection.execute(delete(FEEDS).where(FEEDS.c.id.in_(feed_ids)))

    async def add_seats(self, feed_id: UUID, seat_ids: Collection[UUID]) -> None:
        if seat_ids:
            rows = [{"seat_id": seat_id, "feed_id": feed_id} for seat_id in seat_ids]
            await self._connection.execute(insert(FEED_SEATS).values(rows).on_conflict_do_nothing())

    async def list_seats(self, feed_id: UUID) -> list[Seat]:
        theirs = select(SEATS).join(FEED_SEATS, FEED_SEATS.c.seat_id == SEATS.c.id)
        found = await self._connection.execute(theirs.where(FEED_SEATS.c.feed_id == feed_id).order_by(SEATS.c.id))
        return [seat_of(dict(row)) for row in found.mappings()]

    async def list_made_before(self, made: datetime) -> list[UUID]:
        return list(await self._connection.scalars(select(FEEDS.c.id).where(FEEDS.c.made_at < made)))

    async def _find(self, which: ColumnElement[bool]) -> Feed | None:
        row = (await self._connection.execute(select(FEEDS).where(which))).mappings().one_or_none()
        return Feed(**row) if row else None
