"""Dates as people type them: 5-5-2017, 5-5-17, 5 mei 2017, 2017-05-05, vandaag, gisteren."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Final

from babel import Locale
from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

from shared.kernel.translatable import to_translate
from shared.web.city_codes import today_of
from shared.web.languages import PAGE_LANGUAGE, translated

NOT_A_DATE: Final = to_translate("Schrijf de datum als dag-maand-jaar.")
NOT_A_MONTH: Final = "Schrijf de maand als maand-jaar, bijvoorbeeld juli 2026."
NO_YEAR: Final = to_translate("Schrijf ook het jaar.")
NO_SUCH_YEAR: Final = to_translate("Kijk het jaar na.")
# Nobody whom we help was born before, and nothing is planned for after: what is further away is a slip of the hand.
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
# What somebody types who has no calendar at hand; the third one is today.
_SPOKEN: Final = re.compile(r"(eergisteren)|(gisteren)|(vandaag)|(morgen)|(overmorgen)")
_TODAY: Final = 3
_ISO_MONTH: Final = re.compile(r"\d{4}-\d{2}")
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
    raise ValueError(translated(NOT_A_DATE))


def _written(year: str | None, month: int, day: str) -> str:
    if year is None:
        raise ValueError(translated(NO_YEAR))
    whole = int(year) if len(year) > 2 else _CENTURY + int(year)  # noqa: PLR2004 - two digits of a year
    return f"{whole}-{month:02}-{int(day):02}"


def _month(word: str) -> int:
    """Raises ValueError for what is no month; `mrt`, `sept` and `september` are."""
    number, name = _MONTHS.get(word[:_LETTERS], (0, ""))
    if not number or (len(word) > _LETTERS and not name.startswith(word)):
        raise ValueError(translated(NOT_A_DATE))
    return number


def _of_our_time(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(translated(NO_SUCH_YEAR))
    return day


def _iso_month(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str) or _ISO_MONTH.fullmatch(value.strip()):
        return value
    try:
        first = _iso(f"1-{value.strip()}", info)
    except ValueError:
        raise ValueError(NOT_A_MONTH) from None
    return str(first)[: len("2026-07")]


# Use them in form models: the first for `ui.date`, the second is a month such as `2026-07`.
TypedMonth = Annotated[str, BeforeValidator(_iso_month), StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
TypedDate = Annotated[date, BeforeValidator(_iso), AfterValidator(_of_our_time)]
