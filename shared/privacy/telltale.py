"""Finds in an invented text what would tell who somebody is: a name, a number, a date, an address, a case's number.

Too strict rather than too mild: whoever writes an example says it in other words. A first name that is a Dutch word too
("Roos", "Mark") passes at the beginning of a sentence: a second person reads the text as well.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from shared.kernel.dutch_words import is_known
from shared.privacy.bsn import find_bsn
from shared.privacy.certain import PATTERNS, STREET, Tells, Telltale

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
    for tells, pattern in PATTERNS:
        if match := pattern.search(text):
            return Telltale(tells, match[0].strip())
    allowed = frozenset(one.casefold() for name in known for one in _WORD.findall(name))
    return next((Telltale(Tells.NAME, word) for word in _names(text, allowed)), None)


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
        if not begins or not _is_dutch(word) or re.search(rf"(?i){STREET}$", word):
            yield word


def _is_of(allowed: Collection[str], word: str) -> bool:
    return _OF_SOMEBODY.sub("", word.casefold()) in allowed


def _is_dutch(word: str) -> bool:
    return all(is_known(part) for part in word.lower().replace("\u2019", "'").split("-"))
