"""Finds in a text what tells beyond doubt who somebody is: a number, a code, where somebody lives, a child by its name.

It needs no words of Dutch, so that a worker that reads mails does without them.
"""

import re
from enum import StrEnum
from typing import Final, NamedTuple

from shared.events.base import CODE_LETTERS
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
STREET: Final = r"(?:straat|laan|weg|plein|kade|gracht|dijk|singel|hof|pad|dreef|steeg|plantsoen)"
PATTERNS: Final = (
    (Tells.CODE, re.compile(rf"(?i)(?<![\w-]){_GROUP}{{4}}-{_GROUP}{{4}}(?![\w-])")),
    (Tells.CODE, re.compile(rf"(?i)(?<![\w-]){_GROUP}{{3}}(?:-{_GROUP}{{3}}){{2}}(?![\w-])")),
    (Tells.CODE, re.compile(r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")),
    (Tells.ADDRESS, re.compile(r"\S*@\S+|https?://\S+|www\.\S+|\b[\w-]{2,}\.(?:nl|com|org|net|eu|example)\b")),
    (Tells.DAY, re.compile(rf"(?i)\b\d{{1,2}}[ .\-/](?:\d{{1,2}}|{_MONTHS})(?:[ .\-/]\d{{2,4}})?\b")),
    (Tells.ADDRESS, re.compile(rf"(?i)\b\w*{STREET}[ ]+(?:nr\.?|nummer)?[ ]*\d+\w?\b")),
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


def find_certain(text: str) -> Telltale | None:
    """The first thing; None when nothing was found.

    For what people write to each other, who have names themselves and tell where something can be read.
    """
    if number := find_bsn(text):
        return Telltale(Tells.NUMBER, number)
    left = _SCHOOL_YEAR.sub(" ", _LINK.sub(" ", text))
    certain = [(tells, one) for tells, one in PATTERNS if tells in {Tells.CODE, Tells.ADDRESS}]
    for tells, pattern in (*certain, (Tells.NUMBER, _LONG_NUMBER), (Tells.NAME, _OF_A_CHILD)):
        if match := pattern.search(left):
            return Telltale(tells, match[0].strip())
    return None
