"""Who has as much to do as they can, while nobody keeps that."""

from collections.abc import Collection
from uuid import UUID


class NobodyAtLimit:
    """Everybody can be asked."""

    async def at_limit(self, people: Collection[UUID]) -> frozenset[UUID]:  # noqa: ARG002 - as the port says
        return frozenset()
