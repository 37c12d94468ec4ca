"""The votes of whoever is at a gathering."""

from collections import Counter
from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from services.community.domain.voting import Voting


class Votes(Protocol):
    """Whether people vote, and what they chose. Whoever changes it holds the gathering first."""

    async def read(self, gathering_id: UUID) -> Voting | None:
        """None: it was never opened."""

    async def save(self, voting: Voting) -> None:
        """Keep it."""

    async def cast(self, seat_id: UUID, subject_ids: Collection[UUID]) -> None:
        """These, in place of what this seat chose before."""

    async def list_of(self, seat_id: UUID) -> frozenset[UUID]:
        """What this seat chose."""

    async def count(self, gathering_id: UUID) -> Counter[UUID]:
        """How many chose each subject of one gathering."""

    async def remove(self, gathering_id: UUID) -> None:
        """Of nobody it is known any more what they chose."""

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        """The same of these seats, counted or not."""
