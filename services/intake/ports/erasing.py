"""What erasing a case needs besides."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.intake.domain.erasure import Unconfirmed


class Ledger(Protocol):
    """Who was erased, outside the database: a backup that is put back does not bring them back."""

    def add(self, case_id: UUID, day: date) -> None:
        """On the disk when this returns. Raises OSError when it cannot be."""

    def read(self) -> dict[UUID, date]:
        """All, with the day. Raises OSError or `shared.privacy.anchors.AnchorsUnreadable`."""


class Unconfirmations(Protocol):
    """Erased cases of which a service did not say yet that it erased what it held."""

    async def await_all(self, case_id: UUID, services: Collection[str], since: datetime) -> None:
        """Wait for these, again if they had confirmed it before."""

    async def confirm(self, case_id: UUID, service: str) -> None:
        """This one did; after the last nothing is kept of it."""

    async def read(self, case_id: UUID) -> Unconfirmed | None:
        """Who still has to; None when everybody confirmed."""

    async def list_since(self, before: datetime, limit: int) -> list[Unconfirmed]:
        """Those that were erased before this instant, oldest first."""
