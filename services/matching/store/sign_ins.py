"""Attempts to sign in, on PostgreSQL."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain.sign_in import SignIn
from services.matching.store.rows import sign_in_of, values_of
from services.matching.store.statements import SIGN_INS, upsert


class PostgresSignIns:
    """The table `sign_ins`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, sign_in_id: UUID) -> SignIn | None:
        query = select(SIGN_INS).where(SIGN_INS.c.id == sign_in_id).with_for_update()
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return sign_in_of(row) if row else None

    async def save(self, sign_in: SignIn) -> None:
        await self._connection.execute(upsert(SIGN_INS, values_of(sign_in)))

    async def close_all_of(self, person_id: UUID) -> None:
        mine = (SIGN_INS.c.person_id == person_id, SIGN_INS.c.used.is_(False))
        await self._connection.execute(update(SIGN_INS).where(*mine).values(used=True))

    async def forget(self, before: datetime) -> int:
        result = await self._connection.execute(delete(SIGN_INS).where(SIGN_INS.c.expires_at < before))
        return result.rowcount
