"""What the map is searched by: the words of a text, and the index of a service.

Index and question make words by the same functions. The index holds what services say of themselves and the codes that
they have, so that nothing is indexed again when the city says something else by a word (`vocabulary`).
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from services.matching.domain.network import Service
from shared.kernel.dutch_words import dutch
from shared.kernel.searched_words import LONGEST_WORD, WORD, carrying, folded, words_in

LONGEST_QUESTION: Final = 200
LONGEST_NAME: Final = 300
MOST_WORDS_ASKED: Final = 8
# How a lexeme of the index begins: a word of the service's name, one of its organisation's, a whole name, a code.
# A word of any text begins with itself.
IN_NAME, OF_OWNER, WHOLE_NAME, CODE = "^", "~", "=", "@"
_SIGNED: Final = IN_NAME + OF_OWNER + WHOLE_NAME + CODE


def searched_as(text: str) -> str:
    """A text in which words, or parts of words, are looked for: folded, without the signs between its words."""
    return " ".join(words_in(text))


def words_of(question: str, small: frozenset[str]) -> list[str]:
    """The words that carry a question, each once."""
    typed = carrying(words_in(question[:LONGEST_QUESTION]), small)
    return list(dict.fromkeys(carrying(typed, dutch().faint)))[:MOST_WORDS_ASKED]


def words_of_name(asked: str) -> list[str]:
    """The words that somebody looks for in a name; small ones count only when there is no other."""
    return carrying(words_in(asked[:LONGEST_QUESTION]), dutch().small)


def as_typed(question: str, word: str) -> str:
    """A folded word of a question as the person wrote it."""
    typed = WORD.findall(unicodedata.normalize("NFC", question[:LONGEST_QUESTION]))
    return next((each for each in typed if folded(each)[:LONGEST_WORD] == word), word)


def is_unreadable(question: str) -> bool:
    """Whether something was typed of which we know no word: signs only."""
    return bool(question.strip()) and not words_in(question[:LONGEST_QUESTION])


def whole_name(text: str) -> str:
    """The lexeme of a name that is asked as a whole: without small words, so that none of them matters."""
    return _whole(words_in(text))


def _whole(words: list[str]) -> str:
    return WHOLE_NAME + " ".join(carrying(words, dutch().small))[:LONGEST_NAME]


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

    def lexemes(self) -> frozenset[str]:
        """As they stand in the index."""
        lists = {"c": self.categories, "d": self.districts, "l": self.languages}
        return frozenset(f"{CODE}{of}{code}" for of, codes in lists.items() for code in codes)


def name_of(name: str, sign: str) -> frozenset[str]:
    """The lexemes of a name, its words among them; `sign`: whose it is."""
    words = words_in(name)
    return frozenset({_whole(words), *words, *(sign + word for word in words)}) if words else frozenset()


@lru_cache(maxsize=1_024)
def owner_of(name: str) -> frozenset[str]:
    """Those of an organisation's name, which stands at each of its offers."""
    return name_of(name, OF_OWNER)


def index_of(service: Service, organisation_name: str) -> frozenset[str]:
    """The lexemes that a service is found by."""
    codes = Codes(frozenset(service.categories), frozenset(service.districts), frozenset(service.languages))
    free = "gratis" if service.is_free else ""
    said = words_in(f"{service.description} {service.does} {service.address} {service.cost} {free}")
    opens = map(slot_lexeme, service.hours.slots())
    return name_of(service.name, IN_NAME).union(owner_of(organisation_name), said, codes.lexemes(), opens)


def slot_lexeme(slot: str) -> str:
    """An hour of the week (`OpeningHours.slots`) as it stands in the index."""
    return f"{CODE}o{slot}"


def words_of_index(lexemes: frozenset[str]) -> frozenset[str]:
    """The words among them."""
    return frozenset(lexeme for lexeme in lexemes if lexeme[0] not in _SIGNED)
