"""Who follows themes, on PostgreSQL; an address is sealed with a key of its own."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.following import Follower
from services.community.store.following_tables import FOLLOWER_ADDRESSES, FOLLOWER_KEYS, FOLLOWERS
from services.community.store.rows import Row
from services.community.store.seats import SignUpsClosed
from shared.privacy.sealed import Sealing, WrappedKey

EMAIL: Final = FOLLOWER_ADDRESSES.c.email.name


class PostgresFollowers:
    """The tables `followers`, `follower_keys` and `follower_addresses`."""

    def __init__(self, connection: AsyncConnection, sealing: Sealing | None) -> None:
        self._connection, self._given = connection, sealing

    async def get(self, follower_id: UUID) -> Follower | None:
        return await self._find(select(FOLLOWERS).where(FOLLOWERS.c.id == follower_id).with_for_update())

    async def read(self, follower_id: UUID) -> Follower | None:
        return await self._find(select(FOLLOWERS).where(FOLLOWERS.c.id == follower_id))

    async def find_of_person(self, person_id: UUID) -> Follower | None:
        return await self._find(select(FOLLOWERS).where(FOLLOWERS.c.person_id == person_id).with_for_update())

    async def find_of_address(self, digest: bytes) -> Follower | None:
        return await self._find(select(FOLLOWERS).where(FOLLOWERS.c.address_digest == digest).with_for_update())

    async def add(self, follower: Follower, email: str = "", digest: bytes | None = None) -> bool:
        new = insert(FOLLOWERS).values(_row_of(follower) | {"address_digest": digest}).on_conflict_do_nothing()
        if await self._connection.scalar(new.returning(FOLLOWERS.c.id)) is None:
            return False
        if email:
            await self._seal(follower.id, email)
        return True

    async def save(self, follower: Follower) -> None:
        known = FOLLOWERS.update().where(FOLLOWERS.c.id == follower.id)
        await self._connection.execute(known.values(_row_of(follower)))

    async def list_of(self, themes: Collection[str]) -> list[Follower]:
        theirs = select(FOLLOWERS).where(FOLLOWERS.c.themes.overlap(sorted(themes))).order_by(FOLLOWERS.c.id)
        return [_follower_of(dict(row)) for row in (await self._connection.execute(theirs)).mappings()]

    async def open_each(self, follower_ids: Collection[UUID]) -> dict[UUID, str]:
        known = select(FOLLOWER_ADDRESSES, FOLLOWER_KEYS.c.wrapped).join(FOLLOWER_KEYS)
        found = await self._connection.execute(known.where(FOLLOWER_ADDRESSES.c.follower_id.in_(follower_ids)))
        return {row["follower_id"]: self._opened(row["follower_id"], dict(row)) for row in found.mappings()}

    async def list_over(self, requested: datetime, confirmed: datetime, limit: int) -> list[UUID]:
        asked = and_(FOLLOWERS.c.confirmed_at.is_(None), FOLLOWERS.c.asked_at < requested)
        old = FOLLOWERS.c.confirmed_at < confirmed
        found = select(FOLLOWERS.c.id).where(FOLLOWERS.c.person_id.is_(None), or_(asked, old))
        return list(await self._connection.scalars(found.order_by(FOLLOWERS.c.id).limit(limit)))

    async def remove(self, follower_ids: Collection[UUID]) -> None:
        await self._connection.execute(delete(FOLLOWERS).where(FOLLOWERS.c.id.in_(follower_ids)))

    async def _find(self, query: Select[Any]) -> Follower | None:
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return _follower_of(dict(row)) if row else None

    async def _seal(self, follower_id: UUID, email: str) -> None:
        key = self._sealing.new_key(FOLLOWER_KEYS.name, follower_id)
        sealed = self._sealing.seal(key, FOLLOWER_ADDRESSES.name, EMAIL, follower_id, email)
        await self._connection.execute(insert(FOLLOWER_KEYS).values(follower_id=follower_id, wrapped=key.wrapped))
        await self._connection.execute(insert(FOLLOWER_ADDRESSES).values(follower_id=follower_id, email=sealed))

    def _opened(self, follower_id: UUID, row: Row) -> str:
        key = WrappedKey(FOLLOWER_KEYS.name, follower_id, row["wrapped"])
        return self._sealing.open(key, FOLLOWER_ADDRESSES.name, EMAIL, follower_id, row["email"])

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise SignUpsClosed
        return self._given


def _row_of(follower: Follower) -> dict[str, Any]:
    return asdict(follower) | {"themes": sorted(follower.themes), "wanted": sorted(follower.wanted)}


def _follower_of(row: Row) -> Follower:
    known = {name: value for name, value in row.items() if name != "address_digest"}
    return Follower(**known | {"themes": frozenset(row["themes"]), "wanted": frozenset(row["wanted"])})
