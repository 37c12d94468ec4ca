"""A question to the social map, and what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.matching.domain.ranking import Offer

# Longer than any part of an import takes.
SHOWS_LATE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class MapQuery:
    """A question to the social map. `text` is what a person typed; empty fields do not filter.

    An offer that does not say in which district, or for which age, may well fit: it stands after those that say so.
    Whoever asks for what is free, or open, finds only what says that it is.
    """

    text: str = ""
    category: str = ""
    district: str = ""
    language: str = ""
    is_own_language: bool = False
    """It is the city's own: an offer that names no language is in it."""
    age: int | None = None
    free_only: bool = False
    open_at: datetime | None = None
    """It says that it is open then, on the clock of the city."""
    access: tuple[str, ...] = ()
    """All of these codes make the place easy to come to."""
    organisation_id: UUID | None = None
    include_inactive: bool = False
    include_hidden: bool = False
    """Also what nobody confirmed for too long: for whoever knows to call first."""
    categories: frozenset[str] = frozenset()
    """It is for one of these."""
    changed_since: datetime | None = None
    """Its entry, or that of its organisation, changed then or later."""
    has_place: bool = False
    """It says where people come."""
    counts_kinds: bool = False
    """It also wants to know how many there are of each kind of help, on all pages."""
    page: int = 1
    per_page: int = 20

    @property
    def is_narrowed(self) -> bool:
        """Whether something else than its words may be why nothing is found."""
        words_alone = MapQuery(
            text=self.text, include_inactive=self.include_inactive, include_hidden=self.include_hidden,
            counts_kinds=self.counts_kinds, page=self.page, per_page=self.per_page,
        )  # fmt: skip
        return self != words_alone

    @property
    def changed_at_least(self) -> datetime | None:
        """Some minutes before `changed_since`: an entry has the moment at which its change began, and shows later."""
        return self.changed_since - SHOWS_LATE if self.changed_since else None


@dataclass(frozen=True, slots=True)
class OrganisationQuery:
    """A question to the list of organisations, by name; empty fields do not filter."""

    text: str = ""
    """All of its words, or parts of words, stand in its name; accents and small words do not matter."""
    in_description: bool = False
    """Or in what it says of itself."""
    kind: str = ""
    categories: frozenset[str] = frozenset()
    """It offers one of these, as anyone finds it."""
    on_map: bool = True
    """False: those that stand on no map as well, as schools do."""
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
    `missed` are the words, folded, that found nothing. `kinds` says how many there are of each kind of help, if asked.
    `languages`: the words are of one of these, and not of the city's own; the likeliest first.
    """

    offers: tuple[Offer, ...]
    total: int
    how: How = How.NOTHING
    searched: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
