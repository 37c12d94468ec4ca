"""Files with a social map, by their kind; several files count as one map."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar
from zipfile import BadZipFile

from services.matching.adapters.codes import CityLists
from services.matching.adapters.csv_map import NEEDED, TableMap
from services.matching.adapters.csv_rows import CsvRows
from services.matching.adapters.hsds_json import ODD_LETTERS, HsdsItems, HsdsJsonMap
from services.matching.adapters.hsds_tables import HsdsTables
from services.matching.adapters.identities import Identities, Known
from services.matching.adapters.notes import Notes
from services.matching.adapters.sheet_rows import NoSheet, SheetRows
from services.matching.adapters.standing import all_standing
from services.matching.adapters.text_files import text_of_file
from services.matching.adapters.unpacked import TOO_LARGE, TooLarge, Unpacked
from services.matching.commands import ImportMap, PersonEntry, RefusedRow, Remark, ServiceEntry
from services.matching.domain.map_source import source_named
from shared.kernel.city import City

RowT = TypeVar("RowT", PersonEntry, RefusedRow, Remark)
TEXTS: Final = frozenset({".csv", ".tsv", ".txt"})
NO_TABLES: Final = "hier staat geen tabel met organisaties of diensten in"
EXAMPLE_TABLES: Final = "organizations.csv en services.csv"
NOT_OPENED: Final = "dit bestand kunnen wij niet openen"
EXAMPLE_FILES: Final = "kaart.csv, kaart.xlsx of kaart.json"


class MapFiles:
    """The files of one import; what an id stands for in one of them, it stands for in all of that source."""

    def __init__(self, city: City, source: str = "") -> None:
        self._lists, self._source = CityLists.of(city), source.strip().casefold()
        self._ids: Known = {}

    def read(self, path: Path) -> ImportMap:
        """One file, or the folder of a datapackage."""
        if not path.is_dir():
            return self.read_bytes(path, path.read_bytes())
        identities = self._identities(path)
        tables = {one.name: one.read_bytes() for one in sorted(path.iterdir()) if one.suffix.lower() == ".csv"}
        return replace(self._package(tables, identities), source=identities.source)

    def read_bytes(self, path: Path, raw: bytes) -> ImportMap:
        """What stands in a file of this name."""
        identities = self._identities(path)
        try:
            return replace(self._read(path, raw, identities), source=identities.source)
        except (BadZipFile, NoSheet):
            return _refused(NOT_OPENED, EXAMPLE_FILES)
        except TooLarge:
            return _refused(TOO_LARGE)

    def _identities(self, path: Path) -> Identities:
        source = self._source or source_named(path.name, is_folder=path.is_dir())
        return Identities(source, str(path), self._ids)

    def _read(self, path: Path, raw: bytes, identities: Identities) -> ImportMap:
        suffix, notes = path.suffix.lower(), Notes()
        if suffix == ".zip":
            return self._package(Unpacked(raw).files, identities)
        if suffix == ".xlsx":
            return TableMap(SheetRows(raw, NEEDED[0]), self._lists, notes).read()
        if suffix not in TEXTS:
            return HsdsJsonMap(raw, self._lists, identities).read()
        text, odd_line = text_of_file(raw)
        if odd_line is not None:
            notes.add(odd_line, "", ODD_LETTERS)
        return TableMap(CsvRows(text), self._lists, notes).read()

    def _package(self, files: dict[str, bytes], identities: Identities) -> ImportMap:
        notes = Notes()
        tables = HsdsTables(files, notes)
        if not tables.are_there:
            return replace(_refused(NO_TABLES, EXAMPLE_TABLES), remarks=notes.remarks())
        taken = HsdsItems(self._lists, identities, notes).taken(tables.lists())
        return taken if tables.is_whole else replace(taken, standing={})


def read_files(paths: Sequence[Path], city: City, *, source: str = "") -> ImportMap:
    """All of them together, in this order. A service that stands in them twice is taken once: the first.

    `source`: where they come from; without it each file is a source of its own, by its name.
    """
    files = MapFiles(city, source)
    return _as_one([(str(path), files.read(path)) for path in paths])


def read_upload(name: str, raw: bytes, city: City, *, source: str) -> ImportMap:
    """The same of one file that somebody sent."""
    return _as_one([(name, MapFiles(city, source).read_bytes(Path(name), raw))])


def _as_one(maps: Sequence[tuple[str, ImportMap]]) -> ImportMap:
    offers = [replace(entry, file=file, source=one.source) for file, one in maps for entry in one.services]
    services, doubled = _once(offers)
    return ImportMap(
        organisations=[entry for _, one in maps for entry in one.organisations],
        services=services,
        people=[entry for file, one in maps for entry in _of_file(file, one.people)],
        refused=[row for file, one in maps for row in _of_file(file, one.refused)] + doubled,
        remarks=[row for file, one in maps for row in _of_file(file, one.remarks)],
        source=", ".join(dict.fromkeys(one.source for _, one in maps)),
        standing=all_standing([(one.source, one.standing) for _, one in maps]),
    )


def _refused(problem: str, example: str = "") -> ImportMap:
    return ImportMap(refused=[RefusedRow(1, "", problem, example)])


def _once(services: Iterable[ServiceEntry]) -> tuple[list[ServiceEntry], list[RefusedRow]]:
    kept: dict[str, ServiceEntry] = {}
    doubled: list[RefusedRow] = []
    for entry in services:
        first = kept.setdefault(entry.external_id, entry)
        if first is not entry:
            place = f"regel {first.line}" if first.file == entry.file else f"regel {first.line} van {first.file}"
            doubled.append(RefusedRow(entry.line, "aanbod", f"dit aanbod staat ook op {place}", file=entry.file))
    return list(kept.values()), doubled


def _of_file(file: str, rows: Iterable[RowT]) -> list[RowT]:
    """The same rows, which know where they stand."""
    return [replace(row, file=file) for row in rows]
