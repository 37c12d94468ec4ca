"""Which services answer a question, by their lexemes: all words first, then most, then any, then guesses."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from services.matching.domain.asking import Asked, AskedWord, Reading
from services.matching.domain.map_query import How, SearchResult
from services.matching.domain.ranking import Offer

MOST_FOUND: Final = 500
"""Of a question with words nobody looks at more; so that a question costs the same on every map."""
ENOUGH_FOR_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """How strict a question is put: at least `at_least` of these words must be met."""

    how: How
    words: tuple[AskedWord, ...]
    at_least: int

    def is_met(self, lexemes: Collection[str]) -> bool:
        """Whether an index with these lexemes answers."""
        return sum(word.points(lexemes) > 0 for word in self.words) >= self.at_least


def stages(asked: Asked) -> Iterator[Stage]:
    """From the strictest on; the first that finds anything is the answer."""
    known = tuple(word for word in asked.words if not word.is_guess)
    guesses = tuple(word for word in asked.words if word.is_guess)
    if guesses:
        yield Stage(How.LOOK_ALIKE, asked.words, len(asked.words))
    if known:
        if not guesses:
            yield Stage(How.ALL_WORDS, known, len(known))
        if len(known) >= ENOUGH_FOR_MOST:
            yield Stage(How.MOST_WORDS, known, len(known) - 1)
        if len(known) > 1 or guesses:
            yield Stage(How.ANY_WORD, known, 1)
    if guesses:
        yield Stage(How.LOOK_ALIKE, guesses, 1)


def result(
    reading: Reading, asked: Asked, offers: tuple[Offer, ...] = (), total: int = 0, how: How = How.NOTHING
) -> SearchResult:
    """What is told of a question and what was found."""
    return SearchResult(
        offers,
        total,
        how,
        searched=reading.typed,
        near=asked.near,
        categories=asked.categories,
        languages=reading.vocabulary.languages_of(reading.words),
        missed=asked.missed if how is not How.NOTHING else tuple(reading.words),
    )
