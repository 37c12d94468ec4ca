"""HSDS as a datapackage: a table for each thing, whose rows point at each other. Read as the JSON it stands for."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

from services.matching.adapters.csv_rows import CsvRows
from services.matching.adapters.hsds_json import ODD_LETTERS
from services.matching.adapters.hsds_shapes import Item
from services.matching.adapters.notes import Notes
from services.matching.adapters.text_files import text_of_file

Row = dict[str, Any]
TABLE_NOT_READ = "deze tabel lezen wij niet"
BELONGS_NOWHERE = "deze rij hoort bij niets dat wij lezen"
# A number of a contact person is theirs, and no number that everybody may call.
FIRST_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "contact_id": (), "service_id": ("contact_id",), "organization_id": ("contact_id", "service_id"), "location_id": (),
}  # fmt: skip
# The names that HSDS 1, 2 and 3 have for a table, and under which member its rows go.
TABLES: Final[Mapping[str, str]] = {
    "organization": "organizations", "organizations": "organizations", "service": "services", "services": "services",
    "phone": "phones", "phones": "phones", "contact": "contacts", "contacts": "contacts",
    "schedule": "schedules", "schedules": "schedules", "regular_schedule": "schedules",
    "regular_schedules": "schedules", "service_area": "service_areas", "service_areas": "service_areas",
    "language": "languages", "languages": "languages", "cost_option": "cost_options", "cost_options": "cost_options",
    "eligibility": "eligibility", "eligibilities": "eligibility", "eligibilitys": "eligibility",
    "service_capacity": "service_capacity", "service_capacities": "service_capacity",
    "attribute": "attributes", "attributes": "attributes", "other_attributes": "attributes",
    "service_taxonomy": "attributes", "service_taxonomies": "attributes", "service_attributes": "attributes",
    "taxonomy": "terms", "taxonomies": "terms", "taxonomy_term": "terms", "taxonomy_terms": "terms",
    "location": "locations", "locations": "locations", "address": "addresses", "addresses": "addresses",
    "physical_address": "addresses", "physical_addresses": "addresses",
    "accessibility": "accessibility", "accessibility_for_disabilities": "accessibility",
    "service_at_location": "service_at_locations", "service_at_locations": "service_at_locations",
}  # fmt: skip
OF_A_SERVICE: Final = (
    "phones", "contacts", "schedules", "service_areas", "languages", "cost_options", "eligibility", "service_capacity",
    "service_at_locations",
)  # fmt: skip


class HsdsTables:
    """The tables of one datapackage by the names of their files."""

    def __init__(self, files: Mapping[str, bytes], notes: Notes) -> None:
        self._notes = notes
        self._placed: set[int] = set()
        self.is_whole = True
        """Whether every row could be read."""
        self._tables: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        for name, raw in files.items():
            path = PurePath(name)
            if path.suffix.lower() != ".csv" or "__MACOSX" in path.parts:
                continue
            table = TABLES.get(path.stem.lower())
            if table is None:
                notes.add(1, path.name, TABLE_NOT_READ)
            else:
                self._tables[table] += self._rows(path.name, raw)

    @property
    def are_there(self) -> bool:
        """Whether there is a table of organisations or services."""
        return bool(self._tables["organizations"] or self._tables["services"])

    def lists(self) -> dict[str, list[Item]]:
        """Organisations and services, each with the number of its line, and in it what points at it."""
        self._join("contacts", "phones", "contact_id")
        self._join("locations", "addresses", "location_id")
        self._join("locations", "accessibility", "location_id")
        places = {row.get("id"): row for _, row in self._tables["locations"]}
        for _, row in self._tables["service_at_locations"]:
            row["location"] = places.get(row.get("location_id"), {})
        self._join("organizations", "phones", "organization_id")
        for table in OF_A_SERVICE:
            self._join("services", table, "service_id")
        self._join_kinds()
        self._note_what_belongs_nowhere()
        found = {name: [Item(line, row) for line, row in self._tables[name]] for name in ("organizations", "services")}
        return {**found, "people": []}

    def _rows(self, name: str, raw: bytes) -> list[tuple[int, Row]]:
        """Empty cells say nothing; an amount is a number."""
        text, odd_line = text_of_file(raw)
        if odd_line is not None:
            self._notes.add(odd_line, name, ODD_LETTERS)
        found: list[tuple[int, Row]] = []
        for row in CsvRows(text):
            if row.problem:
                self._notes.add(row.line, name, row.problem, row.example)
                self.is_whole = False
                continue
            cells: Row = {column: cell.strip() for column, cell in row.cells.items() if column and cell.strip()}
            if "amount" in cells:
                cells["amount"] = _amount(cells["amount"])
            found.append((row.line, cells))
        return found

    def _join(self, table: str, others: str, key: str) -> None:
        pointing: dict[str, list[Row]] = defaultdict(list)
        for _, other in self._tables[others]:
            if other.get(key) and not any(other.get(first) for first in FIRST_OF[key]):
                pointing[other[key]].append(other)
        for _, row in self._tables[table]:
            if row.get("id") in pointing:
                row[others] = pointing[row["id"]]
                self._placed.update(map(id, row[others]))

    def _note_what_belongs_nowhere(self) -> None:
        for table in (*OF_A_SERVICE, "addresses", "accessibility"):
            for line, row in self._tables[table]:
                if id(row) not in self._placed:
                    self._notes.add(line, f"{table}.csv", BELONGS_NOWHERE)

    def _join_kinds(self) -> None:
        """The kinds of help: a row points at a service, and at a term of a list or its code."""
        terms = {row.get("id"): row for _, row in self._tables["terms"]}
        of_service: dict[str, list[Row]] = defaultdict(list)
        for _, row in self._tables["attributes"]:
            term = row.get("taxonomy_term_id") or row.get("taxonomy_id") or row.get("code")
            known = terms.get(term, {"code": term})
            code = known.get("code") or known.get("term") or known.get("name") or term
            of_service[row.get("service_id") or row.get("link_id") or ""].append({"taxonomy_term": {"code": code}})
        for _, row in self._tables["services"]:
            row["attributes"] = of_service.get(row.get("id", ""), [])


def _amount(written: str) -> float | str:
    try:
        return float(written.replace(",", "."))
    except ValueError:
        return written
