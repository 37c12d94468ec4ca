"""Whom the desk asked to come."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.community.domain.invitation import Invitation


class Invitations(Protocol):
    """The invitations."""

    async def get(self, invitation_id: UUID) -> Invitation | None:
        """One, locked until the transaction ends."""

    async def read(self, invitation_id: UUID) -> Invitation | None:
        """One, to look at."""

    async def save(self, invitation: Invitation) -> None:
        """Keep it."""

    async def list_of(self, gathering_id: UUID) -> list[Invitation]:
        """Those of one gathering."""

    async def list_over(self, ended: datetime, limit: int) -> list[UUID]:
        """Those of gatherings that ended before this."""

    async def list_of_person(self, person_id: UUID) -> list[UUID]:
        """Those of one person."""

    async def remove(self, invitation_ids: Collection[UUID]) -> None:
        """For good."""
