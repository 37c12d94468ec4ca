"""What articles are found by: their own words, in all forms that Dutch has, and those of the help they are about."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from shared.kernel.dutch_words import dutch, is_made_with, lemma_of
from shared.kernel.searched_words import carrying, words_in

LONGEST_QUESTION: Final = 200
MOST_WORDS: Final = 8
IN_TITLE, IN_HELP, IN_BODY = 9, 4, 1


@dataclass(frozen=True, slots=True)
class Found:
    """The words of one article, by how much they say of it."""

    title: frozenset[str]
    help: frozenset[str]
    body: frozenset[str]

    def points_for(self, word: str) -> int:
        """How well this word, as a dictionary has it, goes with the article; 0: it does not."""
        places = ((IN_TITLE, self.title), (IN_HELP, self.help), (IN_BODY, self.body))
        return next((points for points, there in places if _holds(there, word)), 0)


def lemmas(text: str) -> frozenset[str]:
    """The words of a text, as a dictionary has them."""
    return frozenset(lemma_of(word) for word in words_in(text))


@lru_cache(maxsize=1_024)
def index_of(title: str, body: str, helps: tuple[str, ...]) -> Found:
    """What an article is found by. `helps`: what people call the help that it is about."""
    return Found(lemmas(title), lemmas(" ".join(helps)), lemmas(body))


def points(question: str, found: Found) -> int:
    """How well an article goes with a question: each word that carries it counts; 0: with none of them."""
    typed = carrying(words_in(question[:LONGEST_QUESTION]), dutch().small)
    asked = list(dict.fromkeys(carrying(typed, dutch().faint)))[:MOST_WORDS]
    each = [found.points_for(lemma_of(word)) for word in asked]
    # Who types more words means them all: an article with each of them goes first.
    return sum(each) * (2 if each and all(each) else 1)


def _holds(there: Collection[str], word: str) -> bool:
    return word in there or any(
        is_made_with(one, word, there.__contains__) or is_made_with(word, one, there.__contains__) for one in there
    )
