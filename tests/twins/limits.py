"""Who has enough to do, in a dict: the twin of `shared.access.limits.PostgresLimits`."""

from collections.abc import Collection
from uuid import UUID

from tests.twins.tables import MemoryTables


class InMemoryLimits:
    """People at their limit."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, bool] = tables.table("people_at_limit")

    async def reach(self, person_id: UUID) -> None:
        self._rows[person_id] = True

    async def lift(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)

    async def at_limit(self, people: Collection[UUID]) -> frozenset[UUID]:
        return frozenset(person_id for person_id in people if person_id in self._rows)
