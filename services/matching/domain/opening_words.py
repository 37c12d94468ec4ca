"""Opening hours out of the words of people: "ma-vr 9.00-17.00; za 10-12 uur; feestdagen gesloten".

All of the words are understood, or no hours are read: "ma-vr 9-17, niet in de vakantie" says more than Monday to
Friday, and whoever stands before a closed door was told something false. The words stay as they were written.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Final

from services.matching.domain.opening_hours import DAY, OnHolidays, Opening, OpeningHours, Span
from services.matching.domain.opening_tokens import GROUPS, MONTHS, TURNS, WEEK, NotReadError, Token, tokens_of

LONGEST: Final = 2_000
EXAMPLE: Final = "ma-vr 09:00-17:00; za 10:00-12:00"
_NOON: Final = 12 * 60
_UNCLEAR: Final = re.compile("[1-5](?![0-9])")
"""An hour at which hardly anything opens: "van 1 tot 5" is meant for the afternoon."""


@lru_cache(maxsize=4_096)
def hours_in(words: str) -> OpeningHours:
    """The hours that these words tell, and nothing else; none where they cannot be read whole."""
    if len(words) > LONGEST:
        return OpeningHours()
    try:
        return _read(list(tokens_of(words.casefold())))
    except ValueError:
        return OpeningHours()


def _read(tokens: list[Token]) -> OpeningHours:
    """Part after part. A day that is closed takes its hours away."""
    openings: list[Opening] = []
    closed: set[int] = set()
    on_holidays = OnHolidays.UNKNOWN
    for said in _parts(tokens):
        kinds = {token.kind for token in said}
        if "holidays" in kinds:
            on_holidays = _on_holidays(said)
        elif "closed" in kinds:
            closed |= _Part([token for token in said if token.kind not in {"closed", "colon"}]).only_days()
        else:
            openings += _Part(said).openings()
    left = [replace(one, days=one.days - closed) for one in openings]
    return OpeningHours(tuple(one for one in left if one.days), on_holidays)


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """What stands between two semicolons; "za 10-12, zo gesloten" is two."""
    for ends, part in groupby(tokens, lambda token: token.kind == "end"):
        said = list(part)
        if ends:
            continue
        times = [at for at, token in enumerate(said) if token.kind == "time"]
        rest = said[times[-1] + 1 :] if times else []
        if any(token.kind in {"closed", "holidays"} for token in rest):
            yield said[: times[-1] + 1]
            yield rest[1:] if rest[0].kind == "and" else rest
        else:
            yield said


def _on_holidays(said: list[Token]) -> OnHolidays:
    kinds = [token.kind for token in said]
    if sorted(kinds) == ["closed", "holidays"]:
        return OnHolidays.CLOSED
    if sorted(kinds) == ["also", "holidays"]:
        return OnHolidays.OPEN
    raise NotReadError


class _Part:
    """What stands between two semicolons."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._at = tokens, 0

    def openings(self) -> list[Opening]:
        """Days with hours, one after the other; or hours with their days behind them."""
        first, last = self._season()
        found: list[Opening] = []
        if self._sees("time"):
            spans = self._spans()
            self._take("and")
            found += self._on(self._days(), spans)
        while self._at < len(self._tokens):
            self._take("and")
            days = self._days()
            self._take("colon")
            found += self._on(days, self._spans())
        if not found:
            raise NotReadError
        return [replace(one, first=first, last=last) for one in found]

    def only_days(self) -> set[int]:
        """Days without hours."""
        days, turns = self._days()
        if turns or self._at < len(self._tokens):
            raise NotReadError
        return set(days)

    @staticmethod
    def _on(days: tuple[frozenset[int], frozenset[int]], spans: list[Span]) -> list[Opening]:
        return [Opening(days[0], opens, closes, days[1]) for opens, closes in spans]

    def _season(self) -> tuple[date | None, date | None]:
        """Van 1-9-2026 tot en met 30-6-2027: or one of both."""
        first = last = None
        if self._sees("since"):
            self._need("since")
            first = _day_of(self._need("date"))
        elif self._sees("date"):
            first = _day_of(self._need("date"))
            if not self._sees("through", "dash"):
                raise NotReadError
        if self._sees("through", "dash"):
            self._at += 1
            last = _day_of(self._need("date"))
        if first and last and last < first:
            raise NotReadError
        if first or last:
            self._take("colon")
            self._take("and")
        return first, last

    def _days(self) -> tuple[frozenset[int], frozenset[int]]:
        """Which days, and which of them in a month."""
        turns = self._turns()
        days = self._some_days()
        while self._sees("and") and self._sees("day", "group", ahead=1):
            self._at += 1
            days |= self._some_days()
        if self._sees("month"):
            self._at += 1
            if not turns:
                raise NotReadError
        return frozenset(days), frozenset(turns)

    def _turns(self) -> set[int]:
        monthly = self._take("month")
        turns: set[int] = set()
        while self._sees("turn"):
            text = self._need("turn")
            turns.add(TURNS.get(text) or int(text[0]))
            if self._sees("and") and self._sees("turn", ahead=1):
                self._at += 1
        if monthly and not turns:
            raise NotReadError
        return turns

    def _some_days(self) -> set[int]:
        if self._sees("group"):
            return set(GROUPS[self._need("group")])
        first = WEEK.index(self._need("day")[:2])
        if not self._sees("dash", "through"):
            return {first}
        self._at += 1
        last = WEEK.index(self._need("day")[:2])
        return {(first + step) % 7 for step in range((last - first) % 7 + 1)}

    def _spans(self) -> list[Span]:
        found = [self._span()]
        while self._sees("and") and self._sees("time", ahead=1):
            self._at += 1
            found.append(self._span())
        return found

    def _span(self) -> Span:
        begins = self._need("time")
        opens = _minutes(begins)
        if not self._take("dash", "until", "through"):
            raise NotReadError
        closes = _minutes(self._need("time"))
        if opens in {closes, DAY} or _UNCLEAR.match(begins) or closes < opens < _NOON:
            raise NotReadError
        return opens, closes if closes > opens else closes + DAY

    def _sees(self, *kinds: str, ahead: int = 0) -> bool:
        at = self._at + ahead
        return at < len(self._tokens) and self._tokens[at].kind in kinds

    def _take(self, *kinds: str) -> bool:
        seen = self._sees(*kinds)
        self._at += seen
        return seen

    def _need(self, kind: str) -> str:
        if not self._sees(kind):
            raise NotReadError
        self._at += 1
        return self._tokens[self._at - 1].text


def _minutes(written: str) -> int:
    found = re.match(r"(\d{1,2})(?:\D(\d{2}))?", written)
    hours, minutes = (int(part or 0) for part in found.groups()) if found else (DAY, 0)
    if minutes >= 60 or hours * 60 + minutes > DAY:  # noqa: PLR2004 - of an hour
        raise NotReadError
    return hours * 60 + minutes


def _day_of(written: str) -> date:
    """1-9-2026, or 1 september 2026. Raises ValueError."""
    day, month, year = re.split("[- ]", written)
    begins = month[:3].replace("mrt", "maa")
    number = int(month) if month.isdecimal() else 1 + [name[:3] for name in MONTHS].index(begins)
    return date(int(year), number, int(day))
