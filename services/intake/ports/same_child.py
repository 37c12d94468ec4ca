"""What is needed to see that two requests may be for one child."""

from typing import Protocol
from uuid import UUID

from services.intake.domain.same_child import SameChild


class ChildMarks(Protocol):
    """Makes marks of children: by a keyed hash, which only intake can make."""

    def of(self, told: str) -> bytes:
        """That of the child that this tells of (`domain.child_mark`); the same child has the same mark."""


class SameChildren(Protocol):
    """The marks of children, which stand beside the keys of their cases, and the pairs that were found by them."""

    async def mark(self, case_id: UUID, mark: bytes | None) -> None:
        """Of this case's child from now on; None: it is compared with no other."""

    async def find_new(self, limit: int) -> list[tuple[UUID, UUID]]:
        """Open cases with the same mark, of different families, that are no pair yet; the older request first."""

    async def add(self, pair: SameChild) -> bool:
        """A new pair; False: it was there already."""

    async def get(self, pair_id: UUID) -> SameChild | None:
        """One pair, to change it."""

    async def save(self, pair: SameChild) -> None:
        """Store what changed."""

    async def list_of_case(self, case_id: UUID) -> list[SameChild]:
        """All pairs of this case, in the order in which they were found."""

    async def list_joined(self) -> list[SameChild]:
        """Those that have one plan."""

    async def list_alone(self) -> list[UUID]:
        """Open cases that leave needs to another case, have no plan with any, and do not stand still."""

    async def list_asked(self) -> list[SameChild]:
        """Those of which the families' answer is awaited."""
