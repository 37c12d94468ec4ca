"""Who follows themes of gatherings."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.community.domain.following import Follower


class Followers(Protocol):
    """Those who follow, or asked to. An address is sealed, and only its mark tells a second one."""

    async def get(self, follower_id: UUID) -> Follower | None:
        """One, locked until the transaction ends."""

    async def read(self, follower_id: UUID) -> Follower | None:
        """One, to look at."""

    async def find_of_person(self, person_id: UUID) -> Follower | None:
        """Of somebody with an account, locked."""

    async def find_of_address(self, digest: bytes) -> Follower | None:
        """Of somebody without one, locked."""

    async def add(self, follower: Follower, email: str = "", digest: bytes | None = None) -> bool:
        """A new one; False: they were added at this very moment."""

    async def save(self, follower: Follower) -> None:
        """Keep it as it is now."""

    async def list_of(self, themes: Collection[str]) -> list[Follower]:
        """Those who follow one of these."""

    async def open_each(self, follower_ids: Collection[UUID]) -> dict[UUID, str]:
        """The addresses of those of them who follow with one."""

    async def list_over(self, requested: datetime, confirmed: datetime, limit: int) -> list[UUID]:
        """Addresses that nobody confirmed since then, and those that were confirmed before that."""

    async def remove(self, follower_ids: Collection[UUID]) -> None:
        """For good, with the keys."""
