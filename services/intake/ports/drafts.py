"""What intake's handlers need of forms that are not sent yet."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.intake.domain.draft import Draft


class Drafts(Protocol):
    """Forms that are not sent yet, each sealed with a key of its own. Only whoever fills one in finds it."""

    async def add(self, draft: Draft) -> bool:
        """Store a new one; False when there is one with this id, whoever's."""

    async def get(self, draft_id: UUID, owner_id: UUID) -> Draft | None:
        """One of this person, to change it."""

    async def read(self, draft_id: UUID, owner_id: UUID) -> Draft | None:
        """One of this person, to show it."""

    async def save(self, draft: Draft) -> None:
        """Store what changed."""

    async def list_of(self, owner_id: UUID) -> list[Draft]:
        """All of this person, the newest first."""

    async def forget(self, draft_ids: Collection[UUID]) -> None:
        """Destroy their keys and everything sealed with them."""

    async def forget_of_case(self, case_id: UUID) -> None:
        """The same for every draft of an inventory of this case."""

    async def forget_before(self, instant: datetime) -> None:
        """The same for those that were saved last before this instant."""
