"""A question to the social map, and what it finds."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.matching.domain.rules import Offer


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


class How(StrEnum):
    """How well what was found answers the question."""

    ALL_WORDS = "all_words"
    MOST_WORDS = "most_words"
    ANY_WORD = "any_word"
    LOOK_ALIKE = "look_alike"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of services, and how they were found.

    `total` is how many there are in all. `searched` are the words that were looked for, as the person typed them;
    without words everything that passes the filters answers (`ALL_WORDS`). `near` are words to try instead, nearest
    first, when nothing says exactly what was typed. `categories` are the codes that the words mean, best first.
    `missed` are the words, folded, that nothing on the map or in the city says or looks like.
    """

    offers: tuple[Offer, ...]
    total: int
    how: How = How.NOTHING
    searched: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
