"""Checks one row of a file, cell by cell, and remembers everything that is wrong with it."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from services.matching.adapters.codes import CityLists, KnownCodes
from services.matching.adapters.notes import Notes
from services.matching.commands import RefusedRow, Remark
from shared.kernel.city.codes import uncapitalised
from shared.kernel.contact_details import BadContactDetail, email_address, phone_number, web_address
from shared.kernel.readable import UNREADABLE, Unreadable, name_of_person, name_of_thing, on_one_line, readable
from shared.kernel.searched_words import folded

LONGEST_NAME = 160
LONGEST_TEXT = 2_000
OLDEST = 120
YES = frozenset({"ja", "j", "yes", "true", "1", "x", "waar"})
NO = frozenset({"nee", "n", "no", "false", "0", "onwaar", ""})
NO_NUMBER, NOT_YES_OR_NO = "dit moet een geheel getal zijn", "dit moet ja of nee zijn"
NO_LIST, LIST_EXAMPLE = "dit moet een lijst van objecten zijn", '[{"...": "..."}]'
HALF_YEARS = "wij lezen alleen hele jaren: wat achter de komma staat, valt weg"
# What programs write where they have no value.
_NO_VALUE: Final = frozenset({"nan", "NaN"})
# One person is contact of many offers.
_email: Final = lru_cache(maxsize=16_384)(email_address)
_phone: Final = lru_cache(maxsize=16_384)(phone_number)
# Three noughts behind a point may as well be thousands.
_WHOLE: Final = re.compile(r"(\d+)(?:[.,]0{1,2})?", re.ASCII)
_AGE: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?(?: ?(?:jaar|jr\.?))?", re.ASCII | re.IGNORECASE)


def silent(fields: Mapping[str, tuple[str, ...]], said: Collection[str]) -> frozenset[str]:
    """The fields of which none of the columns (or members) stands in the file."""
    return frozenset(field for field, columns in fields.items() if not any(column in said for column in columns))


class RowCheck:
    """One row. Every method gives a clean value; when the cell was wrong, `refused` says why.

    What was passed over without harm stands in `remarks`, or once for the whole file in the notes. `within`: what goes
    before the name of each column, where one row is inside another.
    """

    def __init__(self, line: int, notes: Notes | None = None, within: str = "") -> None:
        self.line = line
        self.refused: list[RefusedRow] = []
        self.remarks: list[Remark] = []
        self._notes, self._within = notes or Notes(), within

    @property
    def is_good(self) -> bool:
        """Whether nothing was wrong."""
        return not self.refused

    def refuse(self, column: str, problem: str, example: str = "") -> None:
        """This cell is wrong."""
        self.refused.append(RefusedRow(self.line, self._within + column, problem, example))

    def remark(self, column: str, what: str, example: str = "") -> None:
        """This cell is passed over; the row is taken over without it."""
        self.remarks.append(Remark(self.line, self._within + column, what, example))

    def note(self, column: str, what: str, example: str = "") -> None:
        """The same, told once for all rows."""
        self._notes.add(self.line, column, what, example)

    def has_refused(self, column: str) -> bool:
        """Whether this cell is wrong."""
        return any(row.column == self._within + column for row in self.refused)

    def objects(self, column: str, value: object) -> list[Mapping[str, Any]]:
        """A list of objects in JSON, or nothing. Passing over what is none would empty what is known."""
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(column, NO_LIST, LIST_EXAMPLE)
            return []
        return value

    def lines(self, column: str, value: object) -> str:
        """Any text, in as many lines as it was written."""
        return self.text(column, value, rule=readable)

    def text(
        self,
        column: str,
        value: object,
        *,
        longest: int = LONGEST_TEXT,
        wrong: str = "dit moet tekst zijn",
        rule: Callable[[str], str] = on_one_line,
    ) -> str:
        """Any text, on one line; a number too, as another system may write an id or a telephone number."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.refuse(column, wrong)
            return ""
        written = self._by_rule(rule, column, _written(value))
        if "\ufffd" in written:
            # Some program could not read it, and put this sign in its place.
            self.refuse(column, uncapitalised(UNREADABLE).rstrip("."))
            return ""
        if len(written) > longest:
            self.refuse(column, f"dit is te lang: hooguit {longest} tekens")
            return ""
        return "" if written in _NO_VALUE else written

    def name(self, column: str, value: object, example: str) -> str:
        """What an organisation or an offer is called, which must be there."""
        written = self.text(column, value, longest=LONGEST_NAME)
        return self.filled(column, self._by_rule(name_of_thing, column, written), example)

    def filled(self, column: str, written: str, example: str) -> str:
        """What was clean, and must be there."""
        if not written and not self.has_refused(column):
            self.refuse(column, "vul dit in", example)
        return written

    def person(self, column: str, value: object) -> str:
        """The name of a person, or nothing."""
        return self._by_rule(name_of_person, column, self.text(column, value, longest=LONGEST_NAME))

    def codes(self, column: str, values: Iterable[object], known: KnownCodes, example: str = "") -> tuple[str, ...]:
        """Codes from one of the lists; their words are fine too. The example is the list's own, unless one is given."""
        found: list[str] = []
        for value in values:
            written = self.text(column, value)
            code = known.find(written)
            if code is None and written:
                why = "kun je niet meer kiezen" if known.had(written) else "kennen wij niet"
                self.refuse(column, f"'{written[:40]}' {why}", example or known.example)
            elif code is not None and code not in found:
                found.append(code)
        return tuple(found)

    def some_codes(
        self, column: str, values: Iterable[object], known: KnownCodes, example: str = ""
    ) -> tuple[str, ...]:
        """The same where each stands for itself: what is not in the list is named, unless nothing would be left."""
        said = list(values)
        has_one = any(known.find(self.text(column, value)) for value in said)
        return (self.known_codes if has_one else self.codes)(column, said, known, example)

    def known_codes(
        self, column: str, values: Iterable[object], known: KnownCodes, example: str = ""
    ) -> tuple[str, ...]:
        """The same where it is as true without: what is not in the list is named, and the rest is taken over."""
        written = [self.text(column, value) for value in values]
        for word in written:
            if word and known.find(word) is None:
                self.remark(column, f"'{word[:40]}' kennen wij niet; dit is overgeslagen", example or known.example)
        return tuple(dict.fromkeys(code for word in written if (code := known.find(word))))

    def areas(self, column: str, values: Iterable[object], lists: CityLists, example: str = "") -> dict[str, Any]:
        """Districts, or the whole city, under the names that an entry has for them; both may have one name."""
        said = list(values)
        named = [value for value in said if not lists.is_whole_city(self.text(column, value))]
        whole_city = len(named) < len(said)
        read = self.known_codes if whole_city else self.some_codes
        districts = read(column, named, lists.districts, example)
        return {"districts": () if whole_city else districts, "whole_city": whole_city}

    def number(self, column: str, value: object, least: int, most: int) -> int | None:
        """A whole number (a program may write it as 4.0), or nothing."""
        return self._between(column, _WHOLE, self.text(column, value, wrong=NO_NUMBER), least, most)

    def age(self, column: str, value: object) -> int | None:
        """In whole years, or nothing."""
        written = self.text(column, value, wrong=NO_NUMBER)
        years = self._between(column, _AGE, written, 0, OLDEST)
        parts = _AGE.fullmatch(written)
        if years is not None and parts is not None and (parts[2] or "0").strip("0"):
            self.note(column, HALF_YEARS, str(years))
        return years

    def ages(self, columns: tuple[str, str], row: Mapping[str, object]) -> dict[str, Any]:
        """From and up to and including, under the names that an entry has for them."""
        low, high = (self.age(column, row.get(column)) for column in columns)
        if low is not None and high is not None and low > high:
            self.refuse(columns[1], f"dit is lager dan {columns[0]} ({low})", str(low))
        return {"minimum_age": low, "maximum_age": high}

    def yes_or_no(self, column: str, value: object) -> bool | None:
        """Ja or nee, or nothing."""
        if isinstance(value, bool):
            return value
        written = folded(self.text(column, value, wrong=NOT_YES_OR_NO))
        if not written:
            return None
        if written not in YES | NO:
            self.refuse(column, NOT_YES_OR_NO, "ja")
        return written in YES

    def email(self, column: str, value: object) -> str:
        """An address, or nothing."""
        return self._by_detail(_email, column, self.text(column, value))

    def phone(self, column: str, value: object) -> str:
        """A number, or nothing. A program may have taken it for a number to count with."""
        return self._by_detail(_phone, column, self.text(column, value))

    def website(self, column: str, value: object) -> str:
        """An http(s) address, or nothing."""
        return self._by_detail(web_address, column, self.text(column, value))

    def _between(self, column: str, shape: re.Pattern[str], written: str, least: int, most: int) -> int | None:
        if not written:
            return None
        found = shape.fullmatch(written)
        if found is None or len(found[1]) > len(str(most)):
            self.refuse(column, NO_NUMBER, str(least + 1))
            return None
        if not least <= int(found[1]) <= most:
            self.refuse(column, f"dit moet tussen {least} en {most} liggen", str(least + 1))
            return None
        return int(found[1])

    def _by_rule(self, rule: Callable[[str], str], column: str, written: str) -> str:
        try:
            return rule(written)
        except Unreadable as bad:
            self.refuse(column, uncapitalised(str(bad)).rstrip("."))
            return ""

    def _by_detail(self, rule: Callable[[str], str], column: str, written: str) -> str:
        try:
            return rule(written) if written else ""
        except BadContactDetail as bad:
            self.refuse(column, bad.problem, bad.example)
            return ""


def _written(value: str | float) -> str:
    """As people write it: what is no number at all is nothing, and 4.0 is 4."""
    if isinstance(value, float):
        return "" if not math.isfinite(value) else str(int(value)) if value.is_integer() else str(value)
    return str(value)
