"""Examples for the table, and who says whether their shape is common."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.community.domain.example import Checked, Example
from shared.events.alike_families import FamilyShape


class Examples(Protocol):
    """The examples, and on which gatherings' tables they lie; lists are in the order of their ids."""

    async def get(self, example_id: UUID) -> Example | None:
        """One, locked until the transaction ends."""

    async def read(self, example_id: UUID) -> Example | None:
        """One, to look at."""

    async def save(self, example: Example) -> None:
        """Keep it."""

    async def list_all(self) -> list[Example]:
        """Those that are not forgotten."""

    async def list_of(self, gathering_id: UUID) -> list[Example]:
        """Those on the table of one gathering, whatever became of them since."""

    async def list_gatherings(self, example_id: UUID) -> list[UUID]:
        """On whose tables it lies."""

    async def tie(self, example_id: UUID, gathering_id: UUID) -> None:
        """It lies there; twice is once."""

    async def untie(self, example_id: UUID, gathering_id: UUID | None = None) -> None:
        """Not there any more; None: nowhere."""

    async def list_old(self, kept_from: datetime, limit: int) -> list[UUID]:
        """Those that were last used before this."""

    async def remove(self, example_ids: Collection[UUID]) -> None:
        """For good, from every table."""


class ExamplesUnit(Protocol):
    """They are inside one transaction."""

    @property
    def examples(self) -> Examples: ...


class Commonness(Protocol):
    """Who says whether many families have a shape. Never ask it while a unit of work is open: it is another service."""

    async def check(self, shape: FamilyShape) -> Checked:
        """What it says now. Raises ShapeNotChecked."""
