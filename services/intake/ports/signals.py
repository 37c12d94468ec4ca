"""What early signals need besides."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.intake.domain.signal import Signal


class Signals(Protocol):
    """Early signals: codes, and at most a short remark that is sealed with a key of its own."""

    async def add(self, signal: Signal, remark: str | None) -> bool:
        """Store a new one; False when its id or its code is taken."""

    async def get(self, signal_id: UUID, ambassador_id: UUID) -> Signal | None:
        """One of this ambassador, to change it."""

    async def read(self, signal_id: UUID, ambassador_id: UUID) -> Signal | None:
        """One of this ambassador, to show it."""

    async def save(self, signal: Signal) -> None:
        """Store what changed; with the end of a signal its remark is destroyed."""

    async def list_passed_on(self, person_id: UUID, limit: int) -> list[Signal]:
        """Those that this trusted person passed on, the newest first."""

    async def list_open(self, ambassador_id: UUID) -> list[Signal]:
        """Those of this ambassador that did not end, the newest first."""

    async def list_due(self, at: datetime, limit: int) -> list[Signal]:
        """Of any ambassador, to change them: whose question or end has come. Leaves out what another worker holds."""

    async def forget_remark(self, signal_id: UUID) -> None:
        """Destroy what the ambassador wrote for herself: it is for nobody else."""

    async def remark_of(self, signal_id: UUID) -> str | None:
        """What the ambassador wrote for herself."""

    async def forget_district(self, case_id: UUID) -> list[UUID]:
        """Of those that became this case; their ids."""

    async def forget_of_case(self, case_id: UUID) -> list[UUID]:
        """Delete those that became this case; returns which."""
