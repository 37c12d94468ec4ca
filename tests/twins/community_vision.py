"""The twins of the shared vision, who signed it, and what organisations are called."""

from collections.abc import Collection
from copy import copy
from uuid import UUID

from services.community.domain.vision import Signature, Vision
from tests.twins.tables import MemoryTables


class InMemoryVisions:
    """Versions by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Vision] = tables.table("visions")

    async def save(self, vision: Vision) -> None:
        self._rows[vision.id] = copy(vision)

    async def list_all(self) -> list[Vision]:
        return [copy(one) for one in sorted(self._rows.values(), key=lambda one: -one.version)]

    async def get_draft(self) -> Vision | None:
        # Units in memory run one at a time, which is the lock.
        return next((one for one in await self.list_all() if one.published_at is None), None)


class InMemorySignatures:
    """Signatures by person."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Signature] = tables.table("vision_signatures")

    async def get(self, person_id: UUID) -> Signature | None:
        return self._rows.get(person_id)

    async def save(self, signature: Signature) -> None:
        self._rows[signature.person_id] = signature

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)

    async def list_all(self) -> list[Signature]:
        return sorted(self._rows.values(), key=lambda one: one.person_id)


class InMemoryOrganisations:
    """Name, and whether it takes part, by organisation."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, tuple[str, bool]] = tables.table("organisations")

    async def save(self, organisation_id: UUID, name: str, *, active: bool) -> None:
        self._rows[organisation_id] = (name, active)

    async def names_of(self, organisation_ids: Collection[UUID]) -> list[str]:
        known = (self._rows[one] for one in sorted(organisation_ids) if one in self._rows)
        return [name for name, active in known if active]

    async def list_active(self) -> dict[UUID, str]:
        there = ((name, one) for one, (name, active) in self._rows.items() if active)
        return {one: name for name, one in sorted(there)}
