"""Finds in an invented text what would tell who somebody is: a name, a number, a date, an address, a case's number.

Too strict rather than too mild: whoever writes an example says it in other words. A first name that is a Dutch word too
("Roos", "Mark") passes at the beginning of a sentence: a second person reads the text as well.
"""

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from shared.events.base import CODE_LETTERS
from shared.kernel.dutch_words import is_known
from shared.privacy.bsn import find_bsn


class Tells(StrEnum):
    """What it tells."""

    NUMBER = "number"
    CODE = "code"
    DAY = "day"
    ADDRESS = "address"
    NAME = "name"


class Telltale(NamedTuple):
    """What it is, and the words as they stand in the text."""

    tells: Tells
    words: str


_GROUP: Final = rf"[{CODE_LETTERS}]"
_MONTHS: Final = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_STREET: Final = r"(?:straat|laan|weg|plein|kade|gracht|dijk|singel|hof|pad|dreef|steeg|plantsoen)"
_PATTERNS: Final = (
    (Tells.CODE, re.compile(rf"(?i)(?<![\w-]){_GROUP}{{4}}-{_GROUP}{{4}}(?![\w-])")),
    (Tells.CODE, re.compile(rf"(?i)(?<![\w-]){_GROUP}{{3}}(?:-{_GROUP}{{3}}){{2}}(?![\w-])")),
    (Tells.CODE, re.compile(r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")),
    (Tells.ADDRESS, re.compile(r"\S*@\S+|https?://\S+|www\.\S+|\b[\w-]{2,}\.(?:nl|com|org|net|eu|example)\b")),
    (Tells.DAY, re.compile(rf"(?i)\b\d{{1,2}}[ .\-/](?:\d{{1,2}}|{_MONTHS})(?:[ .\-/]\d{{2,4}})?\b")),
    (Tells.ADDRESS, re.compile(rf"(?i)\b\w*{_STREET}[ ]+(?:nr\.?|nummer)?[ ]*\d+\w?\b")),
    (Tells.ADDRESS, re.compile(r"\b\d{4}[ ]?[A-Z]{2}\b")),
    (Tells.NUMBER, re.compile(r"\d(?:[\s.\-/]{0,2}\d){3,}")),
)  # fmt: skip
_LINK: Final = re.compile(
    r"https?://\S+|(?<!@)\bwww\.\S+|(?<![@\w.-])[\w-]{2,}\.(?:nl|com|org|net|eu|example)\b(?!@)\S*"
)
# As long as a birth date in digits.
_LONG_NUMBER: Final = re.compile(r"\d(?:[\s.\-/]{0,2}\d){6,}")
_SCHOOL_YEAR: Final = re.compile(r"\b20\d\d\s?[-/]\s?20\d\d\b")
_OF_A_CHILD: Final = re.compile(r"\b(?i:zoon|zoontje|dochter|dochtertje|leerling|broertje|zusje) [A-Z]\w+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_ENDS_A_SENTENCE: Final = frozenset(".!?:;…\n")
# "'s Avonds", "'t Is": the word behind it begins the sentence.
_APOSTROPHE_S: Final = re.compile(r"(?<!\w)['\u2019][a-zA-Z]$")
_OF_SOMEBODY: Final = re.compile(r"['\u2019]s$")
# What may stand between the end of one sentence and the next one's first word.
_QUOTES: Final = " \t\"'\u201c\u201d\u2018\u2019\u00ab\u00bb()-\u2013\u2022*"


def find_telltale(text: str, known: Collection[str] = ()) -> Telltale | None:
    """The first thing that tells who somebody is; None when nothing was found. `known`: names that may stand there."""
    if number := find_bsn(text):
        return Telltale(Tells.NUMBER, number)
    for tells, pattern in _PATTERNS:
        if match := pattern.search(text):
            return Telltale(tells, match[0].strip())
    allowed = frozenset(one.casefold() for name in known for one in _WORD.findall(name))
    return next((Telltale(Tells.NAME, word) for word in _names(text, allowed)), None)


def find_certain(text: str) -> Telltale | None:
    """As `find_telltale`, but only what is beyond doubt: a number, a code, where somebody lives, a child by its name.

    For what people write to each other, who have names themselves and tell where something can be read.
    """
    if number := find_bsn(text):
        return Telltale(Tells.NUMBER, number)
    left = _SCHOOL_YEAR.sub(" ", _LINK.sub(" ", text))
    certain = [(tells, one) for tells, one in _PATTERNS if tells in {Tells.CODE, Tells.ADDRESS}]
    for tells, pattern in (*certain, (Tells.NUMBER, _LONG_NUMBER), (Tells.NAME, _OF_A_CHILD)):
        if match := pattern.search(left):
            return Telltale(tells, match[0].strip())
    return None


def unknown_words(text: str, known: Collection[str] = ()) -> list[str]:
    """Words that are not Dutch, each once: a name may be among them. For whoever reads a text a second time."""
    allowed = {one.casefold() for name in known for one in _WORD.findall(name)}
    words = dict.fromkeys(word for word in _WORD.findall(text) if not _is_of(allowed, word))
    return [word for word in words if not _is_dutch(word)]


def _names(text: str, allowed: Collection[str]) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = match[0]
        if not word[0].isupper() or _is_of(allowed, word):
            continue
        before = _APOSTROPHE_S.sub("", text[: match.start()].rstrip(_QUOTES)).rstrip(_QUOTES)
        begins = not before or before[-1] in _ENDS_A_SENTENCE
        if not begins or not _is_dutch(word) or re.search(rf"(?i){_STREET}$", word):
            yield word


def _is_of(allowed: Collection[str], word: str) -> bool:
    return _OF_SOMEBODY.sub("", word.casefold()) in allowed


def _is_dutch(word: str) -> bool:
    return all(is_known(part) for part in word.lower().replace("\u2019", "'").split("-"))
