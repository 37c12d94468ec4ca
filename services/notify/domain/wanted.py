"""Looking messages up."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages are looked up: of a case, with this number, or to this person. One of the three."""

    case_id: UUID | None = None
    case_code: str | None = None
    recipient_id: UUID | None = None
