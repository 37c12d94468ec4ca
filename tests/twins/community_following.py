"""The twin of who follows themes of gatherings."""

from collections.abc import Collection
from copy import copy
from datetime import datetime
from uuid import UUID

from services.community.domain.following import Follower
from tests.twins.tables import MemoryTables


class InMemoryFollowers:
    """Followers by id, with their addresses and the digests of those."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Follower] = tables.table("followers")
        self._emails: dict[UUID, str] = tables.table("follower_addresses")
        self._digests: dict[UUID, bytes] = tables.table("follower_digests")

    async def get(self, follower_id: UUID) -> Follower | None:
        return await self.read(follower_id)

    async def read(self, follower_id: UUID) -> Follower | None:
        found = self._rows.get(follower_id)
        return copy(found) if found else None

    async def find_of_person(self, person_id: UUID) -> Follower | None:
        return next((copy(one) for one in self._rows.values() if one.person_id == person_id), None)

    async def find_of_address(self, digest: bytes) -> Follower | None:
        return next((copy(self._rows[one]) for one, known in self._digests.items() if known == digest), None)

    async def add(self, follower: Follower, email: str = "", digest: bytes | None = None) -> bool:
        if follower.person_id and await self.find_of_person(follower.person_id):
            return False
        if digest is not None:
            if await self.find_of_address(digest):
                return False
            self._digests[follower.id] = digest
        self._rows[follower.id] = copy(follower)
        if email:
            self._emails[follower.id] = email
        return True

    async def save(self, follower: Follower) -> None:
        self._rows[follower.id] = copy(follower)

    async def list_of(self, themes: Collection[str]) -> list[Follower]:
        theirs = (one for one in self._rows.values() if one.themes & set(themes))
        return [copy(one) for one in sorted(theirs, key=lambda one: one.id)]

    async def open_each(self, follower_ids: Collection[UUID]) -> dict[UUID, str]:
        return {one: self._emails[one] for one in follower_ids if one in self._emails}

    async def list_over(self, requested: datetime, confirmed: datetime, limit: int) -> list[UUID]:
        found = [
            one.id
            for one in self._rows.values()
            if one.person_id is None
            if (one.asked_at < requested if one.confirmed_at is None else one.confirmed_at < confirmed)
        ]
        return sorted(found)[:limit]

    async def remove(self, follower_ids: Collection[UUID]) -> None:
        for follower_id in follower_ids:
            for rows in (self._rows, self._emails, self._digests):
                rows.pop(follower_id, None)
