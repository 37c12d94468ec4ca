"""The votes of whoever is at a gathering, on PostgreSQL."""

from collections import Counter
from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.voting import Voting
from services.community.store.table_rows import TableRows
from services.community.store.tables import SUBJECTS, VOTES, VOTINGS


class PostgresVotes:
    """The tables `votings` and `votes`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._votings = connection, TableRows(connection, VOTINGS)

    async def read(self, gathering_id: UUID) -> Voting | None:
        row = await self._votings.find(gathering_id)
        return Voting(**row) if row else None

    async def save(self, voting: Voting) -> None:
        await self._votings.write(asdict(voting))

    async def cast(self, seat_id: UUID, subject_ids: Collection[UUID]) -> None:
        await self._connection.execute(delete(VOTES).where(VOTES.c.seat_id == seat_id))
        if subject_ids:
            rows = [{"seat_id": seat_id, "subject_id": subject_id} for subject_id in subject_ids]
            await self._connection.execute(insert(VOTES).values(rows))

    async def list_of(self, seat_id: UUID) -> frozenset[UUID]:
        return frozenset(await self._connection.scalars(select(VOTES.c.subject_id).where(VOTES.c.seat_id == seat_id)))

    async def count(self, gathering_id: UUID) -> Counter[UUID]:
        known = select(VOTES.c.subject_id, func.count()).join(SUBJECTS, SUBJECTS.c.id == VOTES.c.subject_id)
        counted = known.where(SUBJECTS.c.gathering_id == gathering_id).group_by(VOTES.c.subject_id)
        return Counter({row[0]: row[1] for row in await self._connection.execute(counted)})

    async def remove(self, gathering_id: UUID) -> None:
        theirs = select(SUBJECTS.c.id).where(SUBJECTS.c.gathering_id == gathering_id)
        await self._connection.execute(delete(VOTES).where(VOTES.c.subject_id.in_(theirs)))

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        await self._connection.execute(delete(VOTES).where(VOTES.c.seat_id.in_(seat_ids)))
