"""The rows of an Excel file (.xlsx), as those of a CSV file. Only its cells are read: no formulas, links or macros."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from python_calamine import CalamineError, CalamineWorkbook

from services.matching.adapters.csv_rows import TableRow, column_name, table_row
from services.matching.adapters.unpacked import TooLarge, Unpacked

# A sheet is read whole, from its first cell to its last: one cell far away would make it very large.
MOST_CELLS: Final = 4_000_000
LOOKED_AT: Final = 20
_PLACE: Final = re.compile(r"\$?([A-Z]{0,3})\$?(\d{1,7})", re.IGNORECASE | re.ASCII)
_FILLS: Final = frozenset({"v", "is", "f"})


class NoSheet(ValueError):
    """This is no Excel file that can be read."""


class SheetRows:
    """The first sheet that has the column `needed`, else the first. Raises NoSheet, TooLarge."""

    def __init__(self, raw: bytes, needed: str) -> None:
        try:
            # What comes out was counted, whatever the file says of itself.
            unpacked = Unpacked(raw)
            _check_size(unpacked)
            book = CalamineWorkbook.from_filelike(io.BytesIO(unpacked.packed_again()))
            sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
        except (CalamineError, ExpatError, zipfile.BadZipFile) as wrong:
            raise NoSheet from wrong
        tables = [_Table(rows, needed) for rows in sheets]
        self._table = next(
            (one for one in tables if needed in one.columns), tables[0] if tables else _Table([], needed)
        )
        self.columns = self._table.columns

    @property
    def line(self) -> int:
        """The row with the names of the columns."""
        return self._table.heading + 1

    def __iter__(self) -> Iterator[TableRow]:
        """Every row that is not empty, with its number in the sheet."""
        for at, cells in enumerate(self._table.rows[self.line :], self.line + 1):
            if row := table_row(at, self.columns, [_written(cell) for cell in cells]):
                yield row


def _check_size(unpacked: Unpacked) -> None:
    for name, content in unpacked.files.items():
        if "worksheets/" not in name:
            continue
        if _Extent(content).cells > MOST_CELLS:
            raise TooLarge


class _Extent:
    """How far a sheet is filled in; a row or a cell that says no place comes behind the one before."""

    def __init__(self, sheet: bytes) -> None:
        self._row = self._column = self._last = self._widest = 0
        self._cell = 0, 0
        parser = ParserCreate()
        parser.StartElementHandler = self._begin
        parser.Parse(sheet, True)

    @property
    def cells(self) -> int:
        """How many there are from the first to the last."""
        return self._widest * self._last

    def _begin(self, name: str, said: Mapping[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            place = _PLACE.fullmatch(said.get("r", ""))
            self._row, self._column = int(place[2]) if place else self._row + 1, 0
        elif kind == "c":
            place = _PLACE.fullmatch(said.get("r", ""))
            self._column = _number_of(place[1].upper()) if place else self._column + 1
            self._cell = int(place[2]) if place else self._row, self._column
        elif kind in _FILLS:
            row, column = self._cell
            self._last, self._widest = max(self._last, row), max(self._widest, column)


@lru_cache
def _number_of(column: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _Table:
    """A sheet; its heading is the row with the column `needed` (there may be a title above it), else the first."""

    def __init__(self, rows: Sequence[Sequence[object]], needed: str) -> None:
        self.rows = rows
        on_top = {at: names for at, row in enumerate(rows[:LOOKED_AT]) if any(names := _names(row))}
        self.heading = next((at for at, names in on_top.items() if needed in names), next(iter(on_top), 0))
        self.columns = on_top.get(self.heading, [])


def _names(row: Sequence[object]) -> list[str]:
    return [column_name(_written(name)) for name in row]


def _written(cell: object) -> str:
    """As it reads in the sheet."""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time | timedelta):
        return str(cell)
    return "" if cell is None else str(cell)
