"""The words in which people write opening hours, cut into what they mean: days, times, and what binds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.matching.domain.opening_hours import LAST_OF_MONTH

WEEK: Final = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_NAMES: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
GROUPS: Final = {
    "dag": range(7), "dagen": range(7), "dagelijks": range(7), "werkdagen": range(5), "werkdag": range(5),
    "doordeweeks": range(5), "weekend": range(5, 7), "weekends": range(5, 7),
}  # fmt: skip
TURNS: Final = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "laatste": LAST_OF_MONTH}
# In a remark between brackets they may take back what stands before it.
_TAKE_BACK: Final = re.compile(
    r"\b(?:afspra\w*|alleen|behalve|buiten|dicht|geen|gesloten|kan|kunnen|mits|niet|soms|uitgezonderd|vakantie\w*|"
    r"verschil\w*|wisselend\w*|appointment\w*|closed|except\w*|may|not|only|unless|var\w*)\b"
)
_OF_MONTHS: Final = "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "maart" else "maart|mrt" for name in MONTHS)
_TOKEN: Final = re.compile(
    rf"""
    (?P<note>\((?:[^()]|\([^()]*\))*\))
    | (?P<date>\d{{1,2}}-\d{{1,2}}-\d{{4}}|\d{{1,2}}\ (?:{_OF_MONTHS})\ \d{{4}})
    | (?P<turn>\b[1-5](?:e|ste|de)\b|\b(?:{"|".join(TURNS)})\b)
    | (?P<time>\b\d{{1,2}}(?:[:.uU]\d{{2}})?(?![\d:]|\.\d)(?:\s*(?:[uU](?:ur)?|h)\b\.?)?)
    | (?P<day>\b(?:{"|".join(f"{name}(?:en|s)?" for name in _NAMES)})\b|\b(?:{"|".join(WEEK)})\b\.?)
    | (?P<group>\b(?:{"|".join(GROUPS)})\b)
    | (?P<holidays>\b(?:(?:officiële|nationale)\s+)?feestdagen\b)
    | (?P<month>\b(?:van\ (?:de|iedere|elke)|per|iedere|elke)\ maand\b)
    | (?P<through>\bt\s?/\s?m\b|\btot\ en\ met\b|\bt\.?e\.?m\b\.?)
    | (?P<until>\btot\b)
    | (?P<since>\bvanaf\b)
    | (?P<closed>\b(?:gesloten|dicht)\b)
    | (?P<also>\book\b)
    | (?P<and>,|&|/|\ben\b)
    | (?P<dash>[-\u2013\u2014])
    | (?P<colon>:)
    | (?P<end>;|\n|\.(?=\s|$))
    | (?P<filler>\b(?:iedere|elke|alle|op|van|open|geopend|uur|het|in|de|hele|week|wij|zijn|we|is|om)\b)
    | (?P<space>\s+)
    | (?P<unread>.)
    """,
    re.VERBOSE,
)
_SILENT: Final = frozenset({"filler", "space", "note"})


class NotReadError(ValueError):
    """These words say something else, or something more."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, and which kind it is of."""

    kind: str
    text: str


def tokens_of(words: str) -> Iterator[Token]:
    """In their order, without what says nothing. Raises NotReadError."""
    for found in _TOKEN.finditer(words):
        kind = str(found.lastgroup)
        if kind == "unread" or (kind == "note" and _TAKE_BACK.search(found[0])):
            raise NotReadError
        if kind not in _SILENT:
            yield Token(kind, found[0])
