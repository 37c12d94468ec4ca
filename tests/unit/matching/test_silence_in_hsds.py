"""What HSDS JSON does not say widens nothing and takes nothing away; what it empties is emptied."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.matching.city import World
from tests.unit.matching.importing import a_file, hsds_service, taken_over, the_map


@pytest.mark.parametrize(
    ("said", "silent", "field"),
    [
        ({"eligibility": [{"minimum_age": 4, "maximum_age": 12}]}, {"eligibility": None}, "maximum_age"),
        ({"minimum_age": 4}, {"minimum_age": None}, "minimum_age"),
        ({"service_areas": [{"code": "oost"}]}, {"service_areas": None}, "districts"),
        ({"status": "inactive"}, {"status": None}, "active"),
        ({"service_capacity": [{"maximum": 3}]}, {"service_capacity": None}, "capacity"),
        ({"contacts": [{"name": "Sam", "email": "sam@fietsenfonds.example"}]}, {"contacts": None}, "contact_ids"),
    ],
)
async def test_null_in_json_says_nothing_and_widens_nothing(
    tmp_path: Path, said: dict[str, Any], silent: dict[str, Any], field: str
) -> None:
    world = World()
    await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps([hsds_service(**said)])))
    before = await the_map(world)

    report = await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps([hsds_service(**silent)])))

    assert report.refused == []
    assert [getattr(one, field) for one in await the_map(world)] == [getattr(one, field) for one in before]


@pytest.mark.parametrize(
    ("said", "empty", "field", "value"),
    [
        ({"description": "Een fiets"}, {"description": ""}, "description", ""),
        ({"eligibility": [{"minimum_age": 4, "maximum_age": 12}]}, {"eligibility": []}, "maximum_age", None),
    ],
)
async def test_empty_text_or_list_in_json_empties(
    tmp_path: Path, said: dict[str, Any], empty: dict[str, Any], field: str, value: object
) -> None:
    world = World()
    await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps([hsds_service(**said)])))

    await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps([hsds_service(**empty)])))

    [service] = await the_map(world)
    assert getattr(service, field) == value
