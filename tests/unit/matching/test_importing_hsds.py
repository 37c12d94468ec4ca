"""Taking over HSDS JSON: our own, and what another city gives."""

import json
from pathlib import Path
from typing import Any

import pytest

from shared.events.base import Role
from shared.events.directory import OrganisationListed, PersonListed
from tests.unit.matching.city import World, named
from tests.unit.matching.importing import GOOD, HEADER, a_file, hsds_service, taken_over, the_map


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "{}", "7", '{"services": "x"}'])
async def test_json_that_is_no_map_is_refused(tmp_path: Path, text: str) -> None:
    report = await taken_over(World(), a_file(tmp_path, "kaart.json", text))

    assert len(report.refused) == 1


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"name": ""}, "name"),
        ({"name": {"nl": "Fiets"}}, "name"),
        ({"attributes": []}, "attributes"),
        ({"minimum_age": -1}, "minimum_age"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"service_areas": [{"code": "mars"}]}, "service_areas"),
        ({"service_areas": ["oost"]}, "service_areas"),
        ({"service_areas": [{"extent": "..."}]}, "service_areas"),
        ({"languages": "nl"}, "languages"),
        ({"languages": [{"code": "nl"}, 7]}, "languages"),
        ({"attributes": ["bike"]}, "attributes"),
        ({"attributes": [{"taxonomy_term": {"code": "bike"}}, {"taxonomy_term": "sport"}]}, "attributes"),
        ({"service_capacity": 3}, "service_capacity"),
        ({"service_capacity": [{"maximum": True}]}, "service_capacity"),
        ({"phones": "010 555 01 23"}, "phones"),
        ({"schedules": {"description": "woensdag"}}, "schedules"),
        ({"cost_options": "gratis"}, "cost_options"),
        ({"cost_options": [{"option": "gratis", "amount": "0"}]}, "cost_options"),
        ({"cost_options": [{"option": "gratis", "amount": False}]}, "cost_options"),
        ({"status": 1}, "status"),
        ({"status": True}, "status"),
        ({"status": "open"}, "status"),
        ({"description": False}, "description"),
        ({"minimum_age": [4]}, "minimum_age"),
        ({"walk_in": {"open": "ja"}}, "walk_in"),
        ({"interpretation_services": ["tolk"]}, "interpretation_services"),
        ({"contacts": {"name": "Sam", "email": "sam@fietsenfonds.example"}}, "contacts"),
        ({"contacts": [{"name": "Sam", "email": "sam@fietsenfonds.example", "phones": "1"}]}, "contacts.0.phones"),
        ({"contacts": [{"name": "Sam", "email": "sam@"}]}, "contacts.0.email"),
        ({"organization": "Fietsenfonds", "organization_id": str(named("owner"))}, "organization"),
        ({"organization": {"id": "x", "name": "X", "phones": {"number": "010 555 01 23"}}}, "organization.phones"),
        ({"organization": {}}, "organization.name"),
        ({"organization": {"id": str(named("owner"))}}, "organisatie"),
        ({"organization": {"id": "x", "name": "X", "email": "x@"}}, "organization.email"),
        ({"organization": None, "organization_id": str(named("unknown"))}, "organisatie"),
    ],
)
async def test_json_service_that_is_wrong_is_named(tmp_path: Path, changes: dict[str, Any], column: str) -> None:
    good = hsds_service(id=str(named("good")), name="Bakfiets")
    good["organization"] = {"id": str(named("another")), "name": "Bakfietsenfonds"}
    file = a_file(tmp_path, "kaart.json", json.dumps([hsds_service(**changes), good]))
    world = World()

    report = await taken_over(world, file)

    assert [(row.line, row.column) for row in report.refused] == [(1, column)]
    assert report.services == 1
    assert [fact.name for fact in world.published(OrganisationListed)] == ["Bakfietsenfonds"]


@pytest.mark.parametrize("half", ["\\ud83d", "\\uDE00!", "\\ud83d\\ud83d"])
async def test_half_a_letter_in_json_is_refused_by_name_as_one_that_nobody_can_read(tmp_path: Path, half: str) -> None:
    item = hsds_service(id="HALF", name="Fiets HALF", schedules=[{"description": "HALF"}])
    report = await taken_over(World(), a_file(tmp_path, "kaart.json", json.dumps([item]).replace("HALF", half)))
    assert {row.column for row in report.refused} == {"id", "name", "schedules"}


async def test_picture_in_two_halves_and_what_only_looks_like_one_stay_as_they_are(tmp_path: Path) -> None:
    words, world = "C:\\ud83d \U0001f600", World()
    report = await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps([hsds_service(description=words)])))
    assert report.refused == []
    assert [one.description for one in await the_map(world)] == [words]


@pytest.mark.parametrize("member", ["organizations", "services", "people", "contents"])
async def test_json_list_that_is_none_is_named_and_the_others_are_taken_over(tmp_path: Path, member: str) -> None:
    other = "services" if member == "contents" else "contents"
    whole = {other: [hsds_service()], member: {"name": "x"}}

    report = await taken_over(World(), a_file(tmp_path, "kaart.json", json.dumps(whole)))

    assert [(row.line, row.column) for row in report.refused] == [(1, member)]
    assert report.services == 1


async def test_json_service_that_is_wrong_empties_nothing_that_is_known(tmp_path: Path) -> None:
    world = World()
    full = hsds_service(
        service_areas=[{"code": "oost"}],
        service_capacity=[{"maximum": 3}],
        contacts=[{"name": "Sam", "email": "sam@fietsenfonds.example"}],
    )
    await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps([full])))
    before = await the_map(world)
    wrong = hsds_service(service_areas=["oost"], service_capacity=3, contacts={"name": "Sam"})

    report = await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps([wrong])))

    assert {row.column for row in report.refused} == {"service_areas", "service_capacity", "contacts"}
    assert all(row.line == 1 and row.problem and row.example and row.file for row in report.refused)
    assert await the_map(world) == before


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"status": None}, "active", True),
        ({"status": "Inactive"}, "active", False),
        ({"status": "temporarily closed"}, "active", False),
        ({"interpretation_services": False}, "interpreter", False),
        ({"interpretation_services": "nee"}, "interpreter", False),
        ({"interpretation_services": True}, "interpreter", True),
        ({"interpretation_services": "Werkt met een tolk"}, "interpreter", True),
        ({"service_areas": None}, "districts", ()),
        ({"cost_options": [{"option": "gratis", "amount": 0.0}]}, "is_free", True),
    ],
)
async def test_json_that_says_it_in_another_way_is_read(
    tmp_path: Path, changes: dict[str, Any], field: str, value: object
) -> None:
    world = World()

    report = await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps([hsds_service(**changes)])))

    assert report.refused == []
    [service] = await the_map(world)
    assert getattr(service, field) == value


async def test_words_of_another_city_are_passed_over_when_nothing_hangs_on_them(tmp_path: Path) -> None:
    world = World()
    foreign = hsds_service(
        minimum_age=4.0,
        maximum_age=12.0,
        organization={"id": str(named("owner")), "name": "Fietsenfonds", "legal_status": "charity"},
        contacts=[{"name": "Balie"}, {"name": "Sam", "email": "sam@fietsenfonds.example"}],
    )

    report = await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps([foreign])))

    assert report.refused == []
    assert [row.column for row in report.remarks] == ["organization.legal_status", "contacts.0.email"]
    [service] = await the_map(world)
    assert (service.minimum_age, service.maximum_age, len(service.contact_ids)) == (4, 12, 1)


async def test_service_that_moves_to_another_organisation_leaves_its_contacts_there(tmp_path: Path) -> None:
    world = World()
    before = hsds_service(contacts=[{"name": "Sam", "email": "sam@fietsenfonds.example"}], description="Een fiets.")
    await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps([before])))
    moved = hsds_service(organization={"id": str(named("another")), "name": "Bakfietsenfonds"})
    file = a_file(tmp_path, "verhuisd.json", json.dumps([moved]))

    report = await taken_over(world, file)

    assert report.refused == []
    assert [(row.file, row.line, row.column) for row in report.remarks] == [(str(file), 1, "contactpersoon")]
    [service] = await the_map(world)
    assert (service.organisation_id, service.contact_ids) == (named("another"), ())
    assert service.description == "Een fiets."
    assert (await taken_over(world, file)).remarks == []


async def test_item_keeps_its_number_in_a_list_of_several_kinds(tmp_path: Path) -> None:
    items = [{"id": str(named("owner")), "name": "Fietsenfonds"}, {"name": ""}, hsds_service(minimum_age=-1)]

    report = await taken_over(World(), a_file(tmp_path, "kaart.json", json.dumps(items)))

    assert [(row.line, row.column) for row in report.refused] == [(2, "organizations.name"), (3, "minimum_age")]


async def test_what_stands_twice_is_taken_once_and_named_so_that_doing_it_again_changes_nothing(tmp_path: Path) -> None:
    owner = {"id": str(named("owner")), "name": "Fietsenfonds"}
    whole = {"organizations": [owner, {**owner, "name": "B"}], "services": [hsds_service(), hsds_service(name="C")]}
    world, file = World(), a_file(tmp_path, "kaart.json", json.dumps(whole))

    for known in (0, 2):
        report = await taken_over(world, file)
        assert [(row.line, row.problem) for row in report.refused] == [
            (2, "dit id staat op regel 1 bij een andere naam"),
            (2, "dit aanbod staat ook op regel 1"),
        ]
        assert report.unchanged == known
    assert [service.name for service in await the_map(world)] == ["Fiets"]


async def test_service_that_stands_in_two_files_is_taken_from_the_first(tmp_path: Path) -> None:
    first, second = (a_file(tmp_path, name, HEADER + GOOD) for name in ("een.csv", "twee.csv"))

    report = await taken_over(World(), first, second)

    assert [(row.file, row.problem) for row in report.refused] == [
        (str(second), f"dit aanbod staat ook op regel 2 van {first}")
    ]


@pytest.mark.parametrize("role", list(Role))
async def test_somebody_of_every_role_can_be_taken_over(tmp_path: Path, role: Role) -> None:
    somebody = {
        "id": str(named("somebody")), "organization_id": str(named("owner")), "role": role.value,
        "name": "Willemijn Verzonnen", "email": "willemijn@school.example", "phones": [{"number": "010 555 01 23"}],
    }  # fmt: skip
    whole = {"organizations": [{"id": str(named("owner")), "name": "De School"}], "people": [somebody]}
    world = World()

    assert (await taken_over(world, a_file(tmp_path, "kaart.json", json.dumps(whole)))).refused == []

    (joined,) = world.published(PersonListed)
    assert [(one.role, one.organisation_id) for one in joined.memberships] == [(role, named("owner"))]
