"""Files with a social map, by their ending; several files count as one map."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from services.matching.adapters.codes import CityLists
from services.matching.adapters.csv_map import CsvMap
from services.matching.adapters.hsds_json import HsdsJsonMap
from services.matching.commands import ImportMap, PersonEntry, RefusedRow, Remark, ServiceEntry
from shared.kernel.city import City

RowT = TypeVar("RowT", PersonEntry, ServiceEntry, RefusedRow, Remark)


def source_of(path: Path, lists: CityLists) -> CsvMap | HsdsJsonMap:
    """CSV for `.csv`, `.tsv` and `.txt`; HSDS JSON for everything else."""
    return CsvMap(path, lists) if path.suffix.lower() in {".csv", ".tsv", ".txt"} else HsdsJsonMap(path, lists)


def read_files(paths: Sequence[Path], city: City) -> ImportMap:
    """All of them together, in this order. A service that stands in them twice is taken once: the first."""
    lists = CityLists.of(city)
    maps = [(str(path), source_of(path, lists).read()) for path in paths]
    services, doubled = _once([entry for file, one in maps for entry in _of_file(file, one.services)])
    return ImportMap(
        organisations=[entry for _, one in maps for entry in one.organisations],
        services=services,
        people=[entry for file, one in maps for entry in _of_file(file, one.people)],
        refused=[row for file, one in maps for row in _of_file(file, one.refused)] + doubled,
        remarks=[row for file, one in maps for row in _of_file(file, one.remarks)],
    )


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
