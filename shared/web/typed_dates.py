"""Dates as people type them: 5-5-2017, 5-5-17, 5 mei 2017, 2017-05-05, vandaag, gisteren."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Final

from babel import Locale
from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from shared.web.city_codes import today_of
from shared.web.languages import PAGE_LANGUAGE

NOT_A_DATE: Final = "Schrijf de datum als dag-maand-jaar."
NO_YEAR: Final = "Schrijf ook het jaar."
NO_SUCH_YEAR: Final = "Kijk het jaar na."
# Nobody whom we help was born before, and nothing is planned for after: what is further away is a slip of the hand.
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
# What somebody types who has no calendar at hand; the third one is today.
_SPOKEN: Final = re.compile(r"(eergisteren)|(gisteren)|(vandaag)|(morgen)|(overmorgen)")
_TODAY: Final = 3
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBERS: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_IN_WORDS: Final = re.compile(r"(\d{1,2})[-/. ]+([a-z]{3,10})\.?(?:[-/. ]+(\d{4}|\d{2}))?")
_CENTURY: Final = 2000
# A month is known by its first letters.
_LETTERS: Final = 3
_NAMES: Final = Locale(PAGE_LANGUAGE).months["format"]
_MONTHS: Final[Mapping[str, tuple[int, str]]] = {
    words.strip(".")[:_LETTERS]: (number, _NAMES["wide"][number])
    for kind in ("wide", "abbreviated")
    for number, words in _NAMES[kind].items()
}


def _iso(value: object, info: ValidationInfo) -> object:
    """Nothing but a day: a bare number would be read as seconds since 1970."""
    if not isinstance(value, str):
        return value
    typed = " ".join(value.casefold().split())
    if _ISO.fullmatch(typed):
        return typed
    if (match := _SPOKEN.fullmatch(typed)) and (today := today_of(info)):
        return today + timedelta(days=(match.lastindex or _TODAY) - _TODAY)
    if match := _NUMBERS.fullmatch(typed):
        return _written(match[3], int(match[2]), match[1])
    if match := _IN_WORDS.fullmatch(typed):
        return _written(match[3], _month(match[2]), match[1])
    raise ValueError(NOT_A_DATE)


def _written(year: str | None, month: int, day: str) -> str:
    if year is None:
        raise ValueError(NO_YEAR)
    whole = int(year) if len(year) > 2 else _CENTURY + int(year)  # noqa: PLR2004 - two digits of a year
    return f"{whole}-{month:02}-{int(day):02}"


def _month(word: str) -> int:
    """Raises ValueError for what is no month; `mrt`, `sept` and `september` are."""
    number, name = _MONTHS.get(word[:_LETTERS], (0, ""))
    if not number or (len(word) > _LETTERS and not name.startswith(word)):
        raise ValueError(NOT_A_DATE)
    return number


def _of_our_time(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(NO_SUCH_YEAR)
    return day


# Use it in form models for `ui.date`.
TypedDate = Annotated[date, BeforeValidator(_iso), AfterValidator(_of_our_time)]
