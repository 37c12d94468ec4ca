"""Who has as much to do as they can."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID


class Limits(Protocol):
    """How much each person can bear."""

    async def at_limit(self, people: Collection[UUID]) -> frozenset[UUID]:
        """Those of them who are asked for nothing more now."""
