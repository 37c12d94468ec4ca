"""How many families wait for whom."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.monitoring.domain.in_hand import InHand


class FamiliesInHand(Protocol):
    """How many families wait for whom, and who is asked how it goes after something heavy."""

    async def list_changed(self, many_needs: int, limit: int) -> list[InHand]:
        """Of whom it is not as it was told; `many_needs` make a family heavy."""

    async def tell(self, told: InHand) -> None:
        """Remember what was told."""

    async def plan_check_in(self, person_id: UUID, due_at: datetime) -> None:
        """From then on, unless one is planned for this person already."""

    async def take_check_ins(self, now: datetime, limit: int) -> list[UUID]:
        """Whose moment came; they are planned no more."""
