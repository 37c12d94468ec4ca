"""A key with which a school's own system asks for help."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of a school's own system; the key itself is known to that school only."""

    id: UUID
    organisation_id: UUID
    ambassador_id: UUID
    label: str
    hash: bytes
    created_at: datetime
    revoked_at: datetime | None = None
