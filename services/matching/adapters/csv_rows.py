"""The rows of a CSV file, each with the line on which it begins; what cannot be read harms no other row."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from shared.kernel.searched_words import folded

SEPARATORS = (";", ",", "\t", "|")
BAD_QUOTE = 'op deze regel klopt een "-teken niet'
WRITE_QUOTES = 'haal het "-teken weg, of zet de hele tekst tussen twee ervan, op één regel: "…"'
TOO_MANY_CELLS = "deze regel heeft meer cellen dan er kolommen zijn"
QUOTE_TEXT = 'zet tekst met een ; tussen "…"'
NAMELESS = ""
# A cell that begins with one of these is a formula to a spreadsheet; an apostrophe before it says that it is text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells by the name of their column; `problem` says why they could not be read, and `example` how they could."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    example: str = ""


class Rows(Protocol):
    """A table, by the names of its columns; `line` is the one with those names."""

    columns: list[str]

    @property
    def line(self) -> int: ...

    def __iter__(self) -> Iterator[TableRow]: ...


def column_name(written: str) -> str:
    """What a column is called, however it was typed: small letters, no accents, and one word."""
    seen = "".join(sign if sign.isprintable() else " " if sign.isspace() else "" for sign in written)
    return "_".join(folded(seen).replace("e-mail", "email").split())


def table_row(line: int, columns: Sequence[str], cells: list[str]) -> TableRow | None:
    """The cells under their columns; None when all are empty. Empty cells beyond the last column do not count."""
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    if not any(cell.strip() for cell in cells):
        return None
    if len(cells) > len(columns):
        return TableRow(line, problem=TOO_MANY_CELLS, example=QUOTE_TEXT)
    cells = [cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_SIGNS) else cell for cell in cells]
    named = dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))
    if NAMELESS in named:
        named[NAMELESS] = "".join(cell.strip() for name, cell in zip(columns, cells, strict=False) if not name)
    return TableRow(line, named)


class CsvRows:
    """A spreadsheet's text: columns by small names, then rows. Excel's own first line `sep=;` is understood."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline=None).readlines()
        first = self._lines[0].strip().lower() if self._lines else ""
        self._names = 1 if first.startswith("sep=") else 0
        names = self._lines[self._names] if self._names < len(self._lines) else ""
        told = first[4:5] or "\t"
        self._delimiter = told if self._names and told in SEPARATORS else max(SEPARATORS, key=names.count)
        self.columns = [column_name(name) for name in self._cells(names)]

    @property
    def line(self) -> int:
        """The line with the names of the columns."""
        return self._names + 1

    def __iter__(self) -> Iterator[TableRow]:
        """Every row that is not empty."""
        at, suspect_until = self._names + 1, 0
        while at < len(self._lines):
            cells, used = self._record(at)
            if cells is None:
                # An open quote runs on until the next one, rows further: its own line is lost, the others are read.
                suspect_until = max(suspect_until, at + used)
                yield TableRow(at + 1, problem=BAD_QUOTE, example=WRITE_QUOTES)
                at += 1
                continue
            written = "".join(self._lines[at : at + used])
            if at < suspect_until and written.count('"') % 2:
                yield TableRow(at + 1, problem=BAD_QUOTE, example=WRITE_QUOTES)
            elif row := table_row(at + 1, self.columns, cells):
                yield row
            at += used

    def _record(self, at: int) -> tuple[list[str] | None, int]:
        """The cells that begin on this line, and how many lines they take; None: a quote is wrong or swallowed rows."""
        lines = (self._lines[number] for number in range(at, len(self._lines)))
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error:
            return None, reader.line_num
        inside = self._lines[at + 1 : at + reader.line_num]
        swallowed = any(len(self._cells(line)) == len(self.columns) for line in inside)
        return (None if swallowed else cells), reader.line_num

    def _cells(self, line: str) -> list[str]:
        try:
            return next(csv.reader([line], delimiter=self._delimiter), [])
        except csv.Error:
            return []
