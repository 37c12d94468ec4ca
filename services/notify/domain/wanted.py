"""Looking messages up."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages are looked up: of a case, about this number (a case's or a referral's), or to this person.

    One of the three.
    """

    case_id: UUID | None = None
    number: str | None = None
    recipient_id: UUID | None = None
