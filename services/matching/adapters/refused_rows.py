"""The rows of a file that were refused, as a table with what is wrong in the first columns.

No cell of it is a formula: what a spreadsheet would take for one begins with an apostrophe, which an import takes off.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Final
from zipfile import BadZipFile

from services.matching.adapters.csv_map import NEEDED
from services.matching.adapters.csv_rows import FORMULA_SIGNS, CsvRows, Rows
from services.matching.adapters.sheet_rows import NoSheet, SheetRows
from services.matching.adapters.text_files import text_of_file
from services.matching.adapters.unpacked import TooLarge
from services.matching.domain.map_import import ImportLine

LINE, REASON = "regel", "wat_er_mis_is"
TABLES: Final = frozenset({".csv", ".tsv", ".txt"})


def refused_rows(name: str, raw: bytes, lines: Iterable[ImportLine]) -> str:
    """CSV, with ; between the cells; of a file without rows only what is wrong and where."""
    reasons: dict[int, list[str]] = {}
    for line in lines:
        reasons.setdefault(line.line, []).append(_reason(line))
    table = _table(name, raw)
    columns = [column for column in dict.fromkeys(table.columns) if column] if table else []
    cells = {row.line: row.cells for row in table if row.line in reasons} if table else {}
    written = io.StringIO()
    out = csv.writer(written, delimiter=";", lineterminator="\r\n")
    out.writerow([LINE, REASON, *map(_safe, columns)])
    for at, said in sorted(reasons.items()):
        out.writerow([at, _safe("; ".join(said)), *_cells(columns, cells.get(at, {}))])
    return written.getvalue()


def _cells(columns: list[str], row: Mapping[str, str]) -> list[str]:
    return [_safe(row.get(column, "")) for column in columns]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def _reason(line: ImportLine) -> str:
    said = f"{line.column}: {line.problem}" if line.column else line.problem
    return f"{said} (bijvoorbeeld: {line.example})" if line.example else said


def _table(name: str, raw: bytes) -> Rows | None:
    suffix = PurePath(name).suffix.lower()
    try:
        if suffix == ".xlsx":
            return SheetRows(raw, NEEDED[0])
    except (BadZipFile, NoSheet, TooLarge):
        return None
    return CsvRows(text_of_file(raw)[0]) if suffix in TABLES else None
