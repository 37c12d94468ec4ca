"""A question to the social map, and what it finds."""

from dataclasses import dataclass
from uuid import UUID

from services.matching.domain.ranking import Offer


@dataclass(frozen=True, slots=True)
class MapQuery:
    """A question to the social map. `text` is what a person typed; empty fields do not filter."""

    text: str = ""
    category: str = ""
    district: str = ""
    language: str = ""
    age: int | None = None
    free_only: bool = False
    organisation_id: UUID | None = None
    include_inactive: bool = False
    include_hidden: bool = False
    """Also what nobody confirmed for too long: for whoever knows to call first."""
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of services, and how many there are in all."""

    offers: tuple[Offer, ...]
    total: int
