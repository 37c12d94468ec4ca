"""Checks one row of a file, cell by cell, and remembers everything that is wrong with it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from services.matching.adapters.codes import CityLists, KnownCodes
from services.matching.commands import RefusedRow, Remark
from services.matching.domain.search import folded
from shared.kernel.city.codes import uncapitalised
from shared.kernel.contact_details import BadContactDetail, email_address, phone_number, web_address
from shared.kernel.readable import Unreadable, name_of_person, name_of_thing, on_one_line

LONGEST_NAME = 160
LONGEST_TEXT = 2_000
OLDEST = 120
YES = frozenset({"ja", "j", "yes", "true", "1", "x", "waar"})
NO = frozenset({"nee", "n", "no", "false", "0", "onwaar", ""})
NO_NUMBER, NOT_YES_OR_NO = "dit moet een geheel getal zijn", "dit moet ja of nee zijn"
NO_LIST, LIST_EXAMPLE = "dit moet een lijst van objecten zijn", '[{"...": "..."}]'


def silent(fields: Mapping[str, tuple[str, ...]], said: Collection[str]) -> frozenset[str]:
    """The fields of which none of the columns (or members) stands in the file."""
    return frozenset(field for field, columns in fields.items() if not any(column in said for column in columns))


class RowCheck:
    """One row. Every method gives a clean value; when the cell was wrong, `refused` says why.

    What was passed over without harm stands in `remarks`.
    """

    def __init__(self, line: int) -> None:
        self.refused: list[RefusedRow] = []
        self.remarks: list[Remark] = []
        self._line = line

    @property
    def is_good(self) -> bool:
        """Whether nothing was wrong."""
        return not self.refused

    def refuse(self, column: str, problem: str, example: str = "") -> None:
        """This cell is wrong."""
        self.refused.append(RefusedRow(self._line, column, problem, example))

    def remark(self, column: str, what: str, example: str = "") -> None:
        """This cell is passed over; the row is taken over without it."""
        self.remarks.append(Remark(self._line, column, what, example))

    def objects(self, column: str, value: object) -> list[Mapping[str, Any]]:
        """A list of objects in JSON, or nothing. Passing over what is none would empty what is known."""
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(column, NO_LIST, LIST_EXAMPLE)
            return []
        return value

    def text(
        self, column: str, value: object, *, longest: int = LONGEST_TEXT, wrong: str = "dit moet tekst zijn"
    ) -> str:
        """Any text, on one line; a number too, as another system may write an id or a telephone number."""
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.refuse(column, wrong)
            return ""
        written = self._by_rule(on_one_line, column, str(value))
        if len(written) > longest:
            self.refuse(column, f"dit is te lang: hooguit {longest} tekens")
            return ""
        return written

    def name(self, column: str, value: object, example: str) -> str:
        """What an organisation or an offer is called, which must be there."""
        written = self.text(column, value, longest=LONGEST_NAME)
        return self.filled(column, self._by_rule(name_of_thing, column, written), example)

    def filled(self, column: str, written: str, example: str) -> str:
        """What was clean, and must be there."""
        if not written and not self._has_refused(column):
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

    def areas(self, column: str, values: Iterable[object], lists: CityLists, example: str = "") -> dict[str, Any]:
        """Districts, or the whole city by its name, under the names that an entry has for them."""
        said = list(values)
        named = [value for value in said if lists.whole_city.find(self.text(column, value)) is None]
        whole_city = len(named) < len(said)
        districts = self.codes(column, named, lists.districts, example)
        return {"districts": () if whole_city else districts, "whole_city": whole_city}

    def number(self, column: str, value: object, least: int, most: int) -> int | None:
        """A whole number (JSON may write it as 4.0), or nothing."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        written = self.text(column, value, wrong=NO_NUMBER)
        if not written:
            return None
        if not written.isascii() or not written.isdecimal() or len(written) > len(str(most)):
            self.refuse(column, NO_NUMBER, str(least + 1))
            return None
        if not least <= int(written) <= most:
            self.refuse(column, f"dit moet tussen {least} en {most} liggen", str(least + 1))
            return None
        return int(written)

    def ages(self, columns: tuple[str, str], row: Mapping[str, object]) -> dict[str, Any]:
        """From and up to and including, under the names that an entry has for them."""
        low = self.number(columns[0], row.get(columns[0]), 0, OLDEST)
        high = self.number(columns[1], row.get(columns[1]), 0, OLDEST)
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
        return self._by_detail(email_address, column, self.text(column, value))

    def phone(self, column: str, value: object) -> str:
        """A number, or nothing. A program may have taken it for a number to count with."""
        whole = int(value) if isinstance(value, float) and value.is_integer() else value
        return self._by_detail(phone_number, column, self.text(column, whole))

    def website(self, column: str, value: object) -> str:
        """An http(s) address, or nothing."""
        return self._by_detail(web_address, column, self.text(column, value))

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

    def _has_refused(self, column: str) -> bool:
        return any(row.column == column for row in self.refused)
