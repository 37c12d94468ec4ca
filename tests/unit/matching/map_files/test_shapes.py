"""HSDS JSON in every shape that it comes in: nested either way, one item, an answer, a list."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.matching.city import named
from tests.unit.matching.map_files.reading import OWNER, hsds, read, told

ALONE = hsds(organization=None)
IDS = (str(named("owner")), str(named("service")))


@pytest.mark.parametrize(
    "whole",
    [
        {"services": [hsds()]},
        [hsds()],
        hsds(),
        {"contents": [hsds()], "total_items": 1, "page_number": 1, "first_page": True},
        {"content": [hsds()], "totalElements": 1, "first": True},
        {"organizations": [OWNER], "services": [{**ALONE, "organization_id": OWNER["id"]}]},
        {"organizations": [{**OWNER, "services": [ALONE]}]},
        {"contents": [{**OWNER, "services": [ALONE]}]},
        [{**OWNER, "services": [ALONE]}],
        {**OWNER, "services": [ALONE]},
        [OWNER, {**ALONE, "organization_id": OWNER["id"]}],
    ],
)
def test_service_and_its_organisation_are_read(tmp_path: Path, whole: object) -> None:
    found = read(tmp_path, whole)

    assert found.refused == []
    assert [(one.organisation, one.external_id) for one in found.services] == [IDS]
    assert [one.name for one in found.organisations] == ["Fietsenfonds"]
    assert found.remarks == []


def test_one_organisation_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, {**OWNER, "description": "Verzonnen."})

    assert [(one.name, one.description) for one in found.organisations] == [("Fietsenfonds", "Verzonnen.")]


def test_organisation_without_an_id_owns_what_is_inside_it(tmp_path: Path) -> None:
    found = read(tmp_path, {"organizations": [{"name": "Fietsenfonds", "services": [ALONE]}]})

    assert [one.organisation for one in found.services] == [one.external_id for one in found.organisations]


@pytest.mark.parametrize(
    "mark",
    [
        {"attributes": [{"taxonomy_term": {"code": "bike"}}], "status": "active"}, {"cost_options": []},
        {"eligibilitys": []}, {"minimum_age": 4}, {"service_at_locations": []}, {"fees": "€ 5"}, {"organization": {}},
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["list", "contents", "one"])
def test_service_without_an_owner_is_refused_and_no_organisation(
    tmp_path: Path, mark: dict[str, Any], around: str
) -> None:
    item = {"id": str(named("x")), "name": "Inloop", **mark}

    found = read(tmp_path, {"list": [item], "contents": {"contents": [item]}, "one": item}[around])

    assert not found.organisations
    assert not found.services
    assert found.refused


def test_what_stands_among_services_in_an_answer_is_no_organisation(tmp_path: Path) -> None:
    found = read(tmp_path, {"contents": [hsds(), {"id": str(named("x")), "name": "Inloop"}]})

    assert [one.name for one in found.organisations] == ["Fietsenfonds"]
    assert (2, "organization") in [(row.line, row.column) for row in found.refused]


def test_what_is_wrong_inside_an_organisation_says_where(tmp_path: Path) -> None:
    found = read(tmp_path, {"organizations": [OWNER | {"services": [ALONE, {**ALONE, "attributes": []}]}]})

    assert [(row.line, row.column) for row in found.refused] == [(1, "services.1.attributes")]


def test_list_under_a_name_that_nobody_reads_is_told(tmp_path: Path) -> None:
    assert ("diensten", '{"organizations": [...], "services": [...]}') in told(read(tmp_path, {"diensten": [hsds()]}))


@pytest.mark.parametrize("name", ["kaart.pdf", "kaart.json", "kaart"])
def test_what_is_no_map_is_refused(tmp_path: Path, name: str) -> None:
    assert len(read(tmp_path, b"%PDF-1.7 \x00\xff", name).refused) == 1
