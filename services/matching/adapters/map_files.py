"""Files with a social map, by their ending; several files count as one map."""

from collections.abc import Sequence
from pathlib import Path

from services.matching.adapters.contact_details import DutchContactDetails
from services.matching.adapters.csv_map import CsvMap
from services.matching.adapters.hsds_json import HsdsJsonMap
from services.matching.commands import ImportMap
from services.matching.ports import MapSource


def source_of(path: Path) -> MapSource:
    """CSV for `.csv`, `.tsv` and `.txt`; HSDS JSON for everything else."""
    details = DutchContactDetails()
    return CsvMap(path, details) if path.suffix.lower() in {".csv", ".tsv", ".txt"} else HsdsJsonMap(path, details)


def read_files(paths: Sequence[Path]) -> ImportMap:
    """All of them together, in this order."""
    maps = [source_of(path).read() for path in paths]
    return ImportMap(
        organisations=[entry for one in maps for entry in one.organisations],
        services=[entry for one in maps for entry in one.services],
        people=[entry for one in maps for entry in one.people],
        refused=[row for one in maps for row in one.refused],
    )
