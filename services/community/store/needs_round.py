"""The wishes and subjects of rounds on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.needs_round import OutcomeState, Subject, Way, Wish
from services.community.store.rows import Row
from services.community.store.table_rows import TableRows
from services.community.store.tables import GATHERINGS, SUBJECTS, WISHES


class PostgresWishes:
    """The table `wishes`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, wish: Wish) -> None:
        await self._connection.execute(insert(WISHES).values(asdict(wish)))

    async def put_under(self, subject_id: UUID, wish_ids: Collection[UUID]) -> None:
        theirs = WISHES.update().where(WISHES.c.id.in_(wish_ids))
        await self._connection.execute(theirs.values(subject_id=subject_id))

    async def list_of(self, gathering_id: UUID) -> list[Wish]:
        theirs = select(WISHES).where(WISHES.c.gathering_id == gathering_id).order_by(WISHES.c.told_at, WISHES.c.id)
        found = await self._connection.execute(theirs)
        return [Wish(**{**row, "way": Way(row["way"])}) for row in found.mappings()]

    async def list_loose(self, ended: datetime, limit: int) -> list[UUID]:
        known = select(WISHES.c.id).join(GATHERINGS, GATHERINGS.c.id == WISHES.c.gathering_id)
        loose = known.where(WISHES.c.subject_id.is_(None), GATHERINGS.c.ends_at < ended)
        return list(await self._connection.scalars(loose.order_by(WISHES.c.id).limit(limit)))

    async def remove(self, wish_ids: Collection[UUID]) -> None:
        await self._connection.execute(delete(WISHES).where(WISHES.c.id.in_(wish_ids)))


class PostgresSubjects:
    """The table `subjects`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._rows = TableRows(connection, SUBJECTS)

    async def get(self, subject_id: UUID) -> Subject | None:
        row = await self._rows.find(subject_id, locked=True)
        return _subject_of(row) if row else None

    async def read(self, subject_id: UUID) -> Subject | None:
        row = await self._rows.find(subject_id)
        return _subject_of(row) if row else None

    async def save(self, subject: Subject) -> None:
        await self._rows.write(asdict(subject))

    async def remove(self, subject_id: UUID) -> None:
        await self._rows.remove(subject_id)

    async def list_of(self, gathering_id: UUID) -> list[Subject]:
        theirs = select(SUBJECTS).where(SUBJECTS.c.gathering_id == gathering_id).order_by(SUBJECTS.c.id)
        return [_subject_of(row) for row in await self._rows.list_rows(theirs)]


def _subject_of(row: Row) -> Subject:
    return Subject(**{**row, "state": OutcomeState(row["state"])})
