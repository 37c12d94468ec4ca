"""Who may ask for an offer, and what makes its place easy to come to, out of files."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.matching.map_files.reading import hsds, packed, read, read_one, told

LIFT, WHEELCHAIR = {"description": "Lift"}, {"description": "Rolstoel kan naar binnen"}
OF_HSDS_2 = [{"accessibility": "wheelchair"}]
HEAD = "organisatie;aanbod;categorieen;aanmelden;toegankelijkheid\n"


@pytest.mark.parametrize(
    ("members", "access"),
    [
        (
            {"service_at_locations": [{"location": {"name": "Huis", "accessibility": [LIFT, WHEELCHAIR]}}]},
            ("lift", "wheelchair"),
        ),
        (
            {"locations": [{"name": "Huis", "accessibility_for_disabilities": [{"accessibility": "wheelchair"}]}]},
            ("wheelchair",),
        ),
        ({"locations": [{"name": "Huis"}]}, ()),
    ],
)
def test_access_of_a_place_is_read(tmp_path: Path, members: dict[str, Any], access: tuple[str, ...]) -> None:
    service, found = read_one(tmp_path, **members)

    assert (service.access, found.remarks) == (access, [])


@pytest.mark.parametrize(
    ("written", "sign_up"),
    [("Een gezin zelf", "self"), ("alleen de school of een andere verwijzer", "through-school"), ("either", "either")],
)
def test_who_may_ask_is_read(tmp_path: Path, written: str, sign_up: str) -> None:
    service, found = read_one(tmp_path, application_process=written)

    assert (service.sign_up, found.remarks) == (sign_up, [])


def test_what_is_not_in_the_list_is_named_and_the_rest_is_taken_over(tmp_path: Path) -> None:
    places = [{"name": "Huis", "accessibility": [LIFT, {"description": "Een glijbaan"}]}]
    found = read(tmp_path, [hsds(application_process="Vraag je huisarts", locations=places)])

    assert [(one.sign_up, one.access) for one in found.services] == [("", ("lift",))]
    assert [column for column, _ in told(found)] == ["application_process", "accessibility"]


def test_a_table_has_columns_for_both(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + "Fonds;Fiets;bike;zelf;Lift, Rolstoel kan naar binnen\n", "kaart.csv")

    assert [(one.sign_up, one.access) for one in found.services] == [("self", ("lift", "wheelchair"))]
    assert found.remarks == []


def test_a_table_without_the_columns_says_nothing_of_them(tmp_path: Path) -> None:
    (service,) = read(tmp_path, "organisatie;aanbod;categorieen\nFonds;Fiets;bike\n", "kaart.csv").services

    assert service.silent >= {"sign_up", "access"}


def test_a_datapackage_has_a_table_of_access(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        packed({
            "organizations.csv": "id,name\n1,Fonds\n",
            "services.csv": "id,organization_id,name,application_process\n2,1,Fiets,Een gezin zelf\n",
            "attributes.csv": "id,link_id,taxonomy_term_id\n3,2,bike\n",
            "service_at_locations.csv": "id,service_id,location_id\n4,2,5\n",
            "locations.csv": "id,name\n5,Huis\n",
            "accessibility.csv": "id,location_id,description\n6,5,Lift\n",
            "schedules.csv": "id,service_id,freq,byday,opens_at,closes_at\n7,2,WEEKLY,MO,09:00,17:00\n",
        }),
        "kaart.zip",
    )  # fmt: skip

    assert [(one.sign_up, one.access, one.schedule) for one in found.services] == [
        ("self", ("lift",), "maandag van 09:00 tot 17:00 uur")
    ]
