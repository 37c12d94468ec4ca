"""The twin of `services.intake.store.drafts`."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from services.intake.domain.draft import Draft
from tests.twins.tables import MemoryTables


class InMemoryDrafts:
    """Drafts in a dict; nothing is sealed."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Draft] = tables.table("drafts")

    async def add(self, draft: Draft) -> bool:
        return self._rows.setdefault(draft.id, draft) is draft

    async def get(self, draft_id: UUID, owner_id: UUID) -> Draft | None:
        draft = self._rows.get(draft_id)
        return draft if draft and draft.owner_id == owner_id else None

    async def read(self, draft_id: UUID, owner_id: UUID) -> Draft | None:
        return await self.get(draft_id, owner_id)

    async def save(self, draft: Draft) -> None:
        self._rows[draft.id] = draft

    async def list_of(self, owner_id: UUID) -> list[Draft]:
        own = [draft for draft in self._rows.values() if draft.owner_id == owner_id]
        return sorted(own, key=lambda draft: (draft.saved_at, draft.id), reverse=True)

    async def forget(self, draft_ids: Collection[UUID]) -> None:
        for draft_id in draft_ids:
            self._rows.pop(draft_id, None)

    async def forget_of_case(self, case_id: UUID) -> None:
        await self.forget([draft.id for draft in self._rows.values() if draft.case_id == case_id])

    async def forget_before(self, instant: datetime) -> None:
        await self.forget([draft.id for draft in self._rows.values() if draft.saved_at < instant])
