"""Everyday words on the social map. Dutch stemming alone misses many of them: kind, fiets, winterjas.

`folded` makes words comparable (small letters, no accents). A `Vocabulary` knows the words of one city: synonyms, what
its categories are searched by, and what its codes are called. It is asked when somebody searches, by store and twin
alike; the index holds what services say of themselves, so that a changed city needs no new index.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.matching.domain.network import Service
from shared.kernel.city import City, CodeList

_WORD = re.compile(r"[a-z0-9]+")
LONGEST_QUESTION = 200
MOST_WORDS = 8
SHORTEST_WORD = 2

_SMALL_WORDS = "de het een en of van voor in op met mijn ik wij we is aan bij te om naar hulp"
STOP_WORDS = frozenset(_SMALL_WORDS.split())


def folded(text: str) -> str:
    """Small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in plain if not unicodedata.combining(character))


def words_of(question: str) -> list[str]:
    """The words that carry the question; when all of them are small words, all of them."""
    words = [word for word in _WORD.findall(folded(question[:LONGEST_QUESTION])) if len(word) >= SHORTEST_WORD]
    return ([word for word in words if word not in STOP_WORDS] or words)[:MOST_WORDS]


def is_unreadable(question: str) -> bool:
    """Whether something was typed of which we know no word: another script, or signs only."""
    return bool(question.strip()) and not words_of(question)


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of the lists that a service on the map has."""

    categories: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def __or__(self, other: "Codes") -> "Codes":
        return Codes(
            self.categories | other.categories, self.districts | other.districts, self.languages | other.languages
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A code of the city as a member of `Codes`, with its words, folded."""

    member: str
    code: str
    text: str

    @property
    def codes(self) -> Codes:
        """This code alone."""
        return Codes(**{self.member: frozenset({self.code})})


class Vocabulary:
    """What people in one city mean by a word. Codes that it gave up are in it: services on the map still have them."""

    def __init__(self, city: City) -> None:
        self._same: dict[str, set[str]] = defaultdict(set)
        self._also: dict[str, set[str]] = defaultdict(set)
        self._categories: dict[str, set[str]] = defaultdict(set)
        for row in city.search.same:
            words = {folded(word) for word in row}
            for word in words:
                self._same[word] |= words
        for word, others in city.search.also.items():
            self._also[folded(word)].update(map(folded, others))
        self._words: dict[str, set[str]] = {}
        for code, category in city.categories.items():
            self._words[code] = {folded(word) for word in category.search}
            for word in self._words[code]:
                self._categories[word].add(code)
        self.labels: Final = tuple(
            Label(member, code, folded(codes.words(code))) for member, codes in _lists(city).items() for code in codes
        )

    def knows(self, word: str) -> bool:
        """Whether the city says what this word means."""
        return word in self._same or word in self._also or word in self._categories

    def meanings(self, word: str) -> list[str]:
        """The word and what else people call it, in a stable order."""
        of_its_categories = (self._words[code] for code in self._categories.get(word, ()))
        return [word, *sorted(self._named(word).union(*of_its_categories) - {word})]

    def categories(self, word: str) -> Codes:
        """The categories that people search for by this word."""
        found = (self._categories.get(name, set()) for name in self._named(word))
        return Codes(categories=frozenset().union(*found))

    def _named(self, word: str) -> set[str]:
        return {word} | self._same.get(word, set()) | self._also.get(word, set())


_BUILT: Final[dict[int, tuple[City, Vocabulary]]] = {}


def vocabulary_of(city: City) -> Vocabulary:
    """Built once for each city: a process has one. The city is kept with it, so that no other one gets its id."""
    built = _BUILT.get(id(city)) or _BUILT.setdefault(id(city), (city, Vocabulary(city)))
    return built[1]


def _lists(city: City) -> Mapping[str, CodeList[Any]]:
    return {"categories": city.categories, "districts": city.districts, "languages": city.languages}


def text_of(service: Service, organisation_name: str) -> str:
    """What a service says of itself, ready to be indexed. The words of its codes are looked up when somebody asks."""
    parts = [
        service.name,
        organisation_name,
        service.description,
        service.does,
        "gratis" if service.is_free else "",
    ]
    return folded(" ".join(part for part in parts if part))
