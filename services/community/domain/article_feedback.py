"""Whether an edition was of use to whoever read it, in their own words if they want; who that was is not known."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ArticleFeedback:
    """What one reader said."""

    id: UUID
    edition_id: UUID
    is_helpful: bool
    missed: str
    given_on: date
