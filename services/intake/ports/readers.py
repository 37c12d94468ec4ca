"""What intake asks its own audit log: who reads much, and who gave a reason to open a family's facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.events.case_codes import UnusualReading
from shared.privacy.audit import AuditEntry


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opened the facts of so many families, and when the first."""

    person_id: UUID
    families: int
    since: datetime


class Readers(Protocol):
    """The lines of the audit log, asked about those who read. What stands in a list of own families counts not."""

    async def list_busy(self, since: datetime, most: int) -> list[Reader]:
        """Whoever opened more families than `most` since this instant."""

    async def list_without_task(self, since: datetime) -> list[Reader]:
        """Whoever opened, in the place of a colleague, a case that was over before it."""

    async def last_told(self, person_id: UUID, kind: UnusualReading) -> datetime | None:
        """When the desk was told last that this person did this. Two workers ask one after the other."""

    async def list_of_case(self, case_id: UUID, limit: int) -> list[AuditEntry]:
        """What was done with the facts of this case, and what became known of it; the newest first."""

    async def last_reason(self, case_id: UUID, person_id: UUID) -> datetime | None:
        """When this person gave a reason last to open the facts of this case."""
