"""PRIVACY.md names every column, every field of an event, every event and every mail, and nothing that is not there."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest

from shared.events.base import Frozen
from shared.events.catalogue import SERVICES, events_of
from shared.events.vocabulary import MAILS_FILE
from shared.storage.stored_codes import tables_of
from shared.storage.tables import PLUMBING
from tests.architecture.tree import ROOT

PAPER: Final = (ROOT / "PRIVACY.md").read_text(encoding="utf-8")
EVERY_SERVICE: Final = "*"


def rows_under(heading: str) -> Iterator[list[str]]:
    """The rows of the tables whose first column has this heading, a cell each."""
    is_ours = False
    for line in PAPER.splitlines():
        if not line.startswith("|"):
            is_ours = False
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if is_ours and not set(cells[0]) <= {"-"}:
            yield cells
        is_ours = is_ours or cells[0] == heading


def named(cell: str) -> list[str]:
    """The names in a cell; those of a table's columns as `intake.cases.id`."""
    table, mark, names = cell.rpartition("`: ")
    return [f"{table.lstrip('`')}.{name}" if mark else name for name in names.split(", ")]


def names_under(heading: str, mark: str = "") -> Counter[str]:
    """Every name of the first column, and how often it stands there."""
    return Counter(name for cells in rows_under(heading) if mark in cells[0] for name in named(cells[0]))


def columns() -> set[str]:
    """Every column of every database."""
    own = {
        f"{service}.{table.name}.{column.name}"
        for service in SERVICES
        for table in tables_of(service).sorted_tables
        for column in table.columns
    }
    plumbing = {
        f"{EVERY_SERVICE}.{table.name}.{column.name}" for table in PLUMBING.sorted_tables for column in table.columns
    }
    return own | plumbing


def fields_of(model: type[Frozen]) -> set[str]:
    """The names of the fields of an event, and of what is in them."""
    found = set(model.model_fields)
    for field in model.model_fields.values():
        for inside in parts_of(field.annotation):
            found |= fields_of(inside)
    return found


def parts_of(annotation: object) -> Iterator[type[Frozen]]:
    """The models that a field's type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from parts_of(argument)


def events() -> set[str]:
    """Every event that a service can publish."""
    return {event.__name__ for service in SERVICES for event in events_of(service)}


def fields_of_events() -> set[str]:
    """Every field that any event has."""
    return {name for service in SERVICES for event in events_of(service) for name in fields_of(event)}


def check(paper: Counter[str], code: set[str]) -> None:
    """Nothing is missing, nothing is too much, nothing stands there twice."""
    assert sorted(code - paper.keys()) == [], "not in PRIVACY.md"
    assert sorted(paper.keys() - code) == [], "in PRIVACY.md, and gone from the code"
    assert [name for name, count in paper.items() if count > 1] == [], "twice in PRIVACY.md"


def test_privacy_paper_names_every_column_of_every_database() -> None:
    check(names_under("Velden", mark="`"), columns())


def test_privacy_paper_names_every_field_of_every_event() -> None:
    of_events = Counter({name: count for name, count in names_under("Velden").items() if "." not in name})

    check(of_events, fields_of_events())


def test_privacy_paper_names_every_event() -> None:
    check(names_under("Berichten"), events())


def test_privacy_paper_names_every_mail() -> None:
    check(names_under("Mails"), set(json.loads(MAILS_FILE.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("heading", ["Velden", "Berichten", "Mails"])
def test_privacy_paper_leaves_no_cell_empty(heading: str) -> None:
    rows = list(rows_under(heading))

    assert rows
    assert [cells for cells in rows if not all(cells)] == []


def test_privacy_paper_points_at_papers_that_are_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", PAPER)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_what_proves_it_is_there() -> None:
    """A measure names where it is held; what was moved meanwhile is noticed."""
    named = re.findall(r"`(tests/[^`]+)`", PAPER)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_of_each_table_with_a_person_community_says_what_becomes_of_it_when_that_person_leaves() -> None:
    of_people = [
        cells for cells in rows_under("Velden") if cells[0].startswith("`community.") and is_of_a_person(cells)
    ]

    assert len(of_people) > 1
    assert [cells[0].partition(":")[0] for cells in of_people if "weggaat" not in cells[-1]] == []


def is_of_a_person(cells: list[str]) -> bool:
    return any(name.endswith(".person_id") for name in named(cells[0]))
