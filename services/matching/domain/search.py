"""What the map is searched by: the words of a text, and the index of a service.

Index and question make words by the same functions. The index holds what services say of themselves and the codes that
they have, so that nothing is indexed again when the city says something else by a word (`vocabulary`).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from services.matching.domain.network import Service
from shared.kernel.dutch_words import dutch

LONGEST_QUESTION: Final = 200
LONGEST_WORD: Final = 64
LONGEST_NAME: Final = 300
MOST_WORDS_ASKED: Final = 8
# How a lexeme of the index begins: a word of the service's name, one of its organisation's, a whole name, a code.
# A word of any text begins with itself.
IN_NAME, OF_OWNER, WHOLE_NAME, CODE = "^", "~", "=", "@"
_SIGNED: Final = IN_NAME + OF_OWNER + WHOLE_NAME + CODE

# Vowel signs of Hindi, Tamil or Thai: they belong to a word, though they are no letters.
_SIGNS: Final = "".join(
    sign
    for sign in map(chr, range(0x300, 0x10000))
    if unicodedata.category(sign)[0] == "M" and not unicodedata.combining(sign)
)
_WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_SIGNS}])*")
# Letters that are none with a sign on them, and those that two keyboards write in two ways.
_PLAIN: Final = str.maketrans({
    "ł": "l", "\u0131": "i", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ħ": "h",
    "ŧ": "t", "ŋ": "n",
    # Joiners of Persian: with and without them it is the same word.
    "\u200c": None, "\u200d": None,
    # Arabic and Persian keyboards: yeh, alef maksura, kaf, teh marbuta.
    "\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9", "\u0629": "\u0647",
})  # fmt: skip


def folded(text: str) -> str:
    """Small letters, without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(character for character in plain if not unicodedata.combining(character)).translate(_PLAIN)


def words_in(text: str) -> list[str]:
    """Every word of a text, folded, in its order."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def searched_as(text: str) -> str:
    """A text in which words, or parts of words, are looked for: folded, without the signs between its words."""
    return " ".join(words_in(text))


def carrying(words: list[str], small: frozenset[str]) -> list[str]:
    """Those that are not small; when all of them are, all of them."""
    return [word for word in words if word not in small and len(word) > 1] or words


def words_of(question: str, small: frozenset[str]) -> list[str]:
    """The words that carry a question, each once."""
    typed = carrying(words_in(question[:LONGEST_QUESTION]), small)
    return list(dict.fromkeys(carrying(typed, dutch().faint)))[:MOST_WORDS_ASKED]


def words_of_name(asked: str) -> list[str]:
    """The words that somebody looks for in a name; small ones count only when there is no other."""
    return carrying(words_in(asked[:LONGEST_QUESTION]), dutch().small)


def as_typed(question: str, word: str) -> str:
    """A folded word of a question as the person wrote it."""
    typed = _WORD.findall(unicodedata.normalize("NFC", question[:LONGEST_QUESTION]))
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
