"""The twins of examples for the table, and of who says whether their shape is common."""

from collections.abc import Collection
from copy import copy
from datetime import datetime
from uuid import UUID

from services.community.domain.example import Checked, Example
from services.community.domain.example_errors import ShapeNotChecked
from shared.events.alike_families import AlikeFamiliesAnswer, FamilyShape, ShapeFact
from tests.twins.tables import MemoryTables


class InMemoryExamples:
    """Examples by id, and pairs of an example and a gathering."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Example] = tables.table("examples")
        self._ties: dict[tuple[UUID, UUID], None] = tables.table("example_gatherings")

    async def get(self, example_id: UUID) -> Example | None:
        # Units in memory run one at a time, which is the lock.
        return await self.read(example_id)

    async def read(self, example_id: UUID) -> Example | None:
        found = self._rows.get(example_id)
        return copy(found) if found else None

    async def save(self, example: Example) -> None:
        self._rows[example.id] = copy(example)

    async def list_all(self) -> list[Example]:
        return [copy(one) for one in sorted(self._rows.values(), key=lambda one: one.id)]

    async def list_of(self, gathering_id: UUID) -> list[Example]:
        return [one for one in await self.list_all() if (one.id, gathering_id) in self._ties]

    async def list_gatherings(self, example_id: UUID) -> list[UUID]:
        return sorted(gathering_id for tied, gathering_id in self._ties if tied == example_id)

    async def tie(self, example_id: UUID, gathering_id: UUID) -> None:
        self._ties[example_id, gathering_id] = None

    async def untie(self, example_id: UUID, gathering_id: UUID | None = None) -> None:
        for tied in [one for one in self._ties if one[0] == example_id and gathering_id in {None, one[1]}]:
            del self._ties[tied]

    async def list_old(self, kept_from: datetime, limit: int) -> list[UUID]:
        old = sorted((one for one in self._rows.values() if one.kept_from < kept_from), key=lambda one: one.kept_from)
        return [one.id for one in old][:limit]

    async def remove(self, example_ids: Collection[UUID]) -> None:
        for example_id in example_ids:
            await self.untie(example_id)
            self._rows.pop(example_id, None)


class HeldCommonness:
    """Says of every shape that it is common, until it is `rare` or `away`; `asked`: what it was asked, in order."""

    def __init__(self) -> None:
        self.rare: tuple[ShapeFact, ...] | None = None
        self.away = False
        self.asked: list[FamilyShape] = []

    async def check(self, shape: FamilyShape) -> Checked:
        if self.away:
            raise ShapeNotChecked
        self.asked.append(shape)
        return Checked(shape, AlikeFamiliesAnswer(is_common=self.rare is None, at_least=10, widen=self.rare or ()))
