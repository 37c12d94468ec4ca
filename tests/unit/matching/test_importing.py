"""Taking over a social map: good rows come in, bad rows are named, and doing it again changes nothing."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid5

import pytest

from services.matching.adapters.map_files import read_files
from services.matching.commands import AddPerson, ChangePerson
from services.matching.handlers.absence_report import list_absent
from services.matching.handlers.leaving import leave_now
from services.matching.handlers.network import NETWORK, add_person, change_person, identity
from shared.events.base import Event, Role
from shared.events.directory import OrganisationListed, PersonListed, ServiceListed
from tests.parts.city import a_city
from tests.unit.matching.city import World, named
from tests.unit.matching.importing import GOOD, HEADER, a_file, taken_over, the_map
from tests.unit.matching.test_people_by_hand import a_person

CATEGORIES = a_city().categories


async def test_csv_row_becomes_an_organisation_a_service_and_a_contact(tmp_path: Path) -> None:
    world = World()

    report = await taken_over(world, a_file(tmp_path, "kaart.csv", HEADER + GOOD))

    assert (report.organisations, report.services, report.people, report.refused) == (1, 1, 1, [])
    [service] = await the_map(world)
    assert (service.categories, service.districts, service.languages) == (("bike", "sport"), ("oost",), ("ar", "nl"))
    assert (service.minimum_age, service.maximum_age, service.is_free) == (4, 12, True)
    assert {type(fact) for fact in world.published(Event)} == {OrganisationListed, ServiceListed, PersonListed}


async def test_import_again_changes_nothing_and_says_nothing(tmp_path: Path) -> None:
    world = World()
    file = a_file(tmp_path, "kaart.csv", HEADER + GOOD)
    await taken_over(world, file)
    before = world.published_names

    again = await taken_over(world, file)

    assert (again.organisations, again.services, again.people, again.unchanged) == (0, 0, 0, 2)
    assert world.published_names == before


async def test_import_of_a_changed_row_keeps_its_identity(tmp_path: Path) -> None:
    world = World()
    await taken_over(world, a_file(tmp_path, "kaart.csv", HEADER + GOOD))
    [before] = await the_map(world)

    report = await taken_over(world, a_file(tmp_path, "kaart.csv", HEADER + GOOD.replace("Oost", "West")))

    [after] = await the_map(world)
    assert (report.services, after.id, after.districts) == (1, before.id, ("west",))


@pytest.mark.parametrize(
    ("old", "new", "column", "problem"),
    [
        ("een fiets, sport", "een raket", "categorieen", "kennen wij niet"),
        ("een fiets, sport", "", "categorieen", "minstens één"),
        ("Oost", "Mars", "wijken", "kennen wij niet"),
        (";4;12;", ";vier;12;", "leeftijd_van", "geheel getal"),
        (";4;12;", ";4;999;", "leeftijd_tot", "tussen 0 en 120"),
        (";4;12;", ";12;4;", "leeftijd_tot", "lager dan"),
        ("Arabisch, nl", "Klingon", "talen", "kennen wij niet"),
        (";ja;", ";misschien;", "gratis", "ja of nee"),
        ("sam@fietsenfonds.example", "sam", "email", "geen e-mailadres"),
        ("Sam V", "", "contactpersoon", "horen bij elkaar"),
        ("010 555 01 23", "bel maar", "telefoon", "geen telefoonnummer"),
        ("Fietsenfonds;", ";", "organisatie", "vul dit in"),
        (";Fiets;", ";" + "x" * 200 + ";", "aanbod", "te lang"),
        (";Fiets;", ";Fi\0ets;", "aanbod", "niet kunnen lezen"),
    ],
)
async def test_csv_row_that_is_wrong_is_named(tmp_path: Path, old: str, new: str, column: str, problem: str) -> None:
    world = World()
    file = a_file(tmp_path, "kaart.csv", HEADER + GOOD.replace(old, new, 1) + GOOD.replace("Fiets;", "Bakfiets;", 1))

    report = await taken_over(world, file)

    [refused] = report.refused
    assert (refused.line, refused.column) == (2, column)
    assert problem in refused.problem
    assert report.services == 1


@pytest.mark.parametrize(
    ("cell", "categories"),
    [
        ("muziek, dans of theater", ("culture",)),
        ("Muziek,dans of  theater", ("culture",)),
        ("een fiets, muziek, dans of theater, sport", ("bike", "culture", "sport")),
        ("muziek, dans of theater | een fiets", ("culture", "bike")),
    ],
)
async def test_word_of_our_own_that_holds_a_comma_is_one_word(
    tmp_path: Path, cell: str, categories: tuple[str, ...]
) -> None:
    world = World()

    report = await taken_over(world, a_file(tmp_path, "kaart.csv", HEADER + GOOD.replace("een fiets, sport", cell)))

    assert report.refused == []
    assert [service.categories for service in await the_map(world)] == [categories]


async def test_every_word_of_our_lists_can_be_written_in_a_csv(tmp_path: Path) -> None:
    world, (before, after) = World(), GOOD.split("een fiets, sport")
    file = a_file(tmp_path, "kaart.csv", HEADER + before + ", ".join(words for _, words in CATEGORIES.options) + after)

    report = await taken_over(world, file)

    assert report.refused == []
    assert [service.categories for service in await the_map(world)] == [tuple(CATEGORIES.offered)]


async def test_csv_row_that_stands_twice_is_named(tmp_path: Path) -> None:
    report = await taken_over(World(), a_file(tmp_path, "kaart.csv", HEADER + GOOD + GOOD))

    assert [(row.line, row.problem) for row in report.refused] == [(3, "dit aanbod staat ook op regel 2")]


@pytest.mark.parametrize("text", ["", "naam;plaats\nx;y\n", "organisatie;aanbod\nx;y\n"])
async def test_csv_without_the_columns_we_need_is_refused(tmp_path: Path, text: str) -> None:
    report = await taken_over(World(), a_file(tmp_path, "kaart.csv", text))

    assert "deze kolom ontbreekt" in {row.problem for row in report.refused}
    assert report.services == 0


async def test_csv_saved_by_an_older_spreadsheet_is_read(tmp_path: Path) -> None:
    world = World()
    file = tmp_path / "kaart.csv"
    file.write_bytes((HEADER + GOOD).replace(";", ",").replace("een fiets, sport", "bike").replace("Arabisch, nl", "ar")
                     .replace("Fietsenfonds", "Café Één").encode("cp1252"))  # fmt: skip

    report = await taken_over(world, file)

    assert report.refused == []
    assert [fact.name for fact in world.published(OrganisationListed)] == ["Café Één"]


async def test_contact_of_several_organisations_is_one_person_with_several_memberships(tmp_path: Path) -> None:
    world = World()
    other = GOOD.replace("Fietsenfonds;", "Kledingkast;", 1)

    report = await taken_over(world, a_file(tmp_path, "kaart.csv", HEADER + GOOD + other))

    assert (report.refused, report.services) == ([], 2)
    first, second = await the_map(world)
    assert first.contact_ids == second.contact_ids
    async with world.units.begin() as unit:
        [person] = await unit.people.list_by_ids(first.contact_ids)
    assert set(person.organisation_ids) == {first.organisation_id, second.organisation_id}


async def test_who_left_does_not_come_back_by_a_file(tmp_path: Path) -> None:
    world = World()
    file = a_file(tmp_path, "kaart.csv", HEADER + GOOD)
    await taken_over(world, file)
    [service] = await the_map(world)
    async with world.units.begin() as unit:
        await unit.services.save(replace(service, contact_ids=()))
        await leave_now(service.contact_ids[0], unit)

    report = await taken_over(world, file)

    assert [(one.line, one.column) for one in report.remarks] == [(2, "contactpersoon")]
    assert "vertrokken" in report.remarks[0].problem
    async with world.units.begin() as unit:
        [person] = await unit.people.list_by_ids(service.contact_ids)
    assert not person.active
    assert (await the_map(world))[0].contact_ids == ()


async def test_old_address_in_a_file_does_not_come_back(tmp_path: Path) -> None:
    world = World()
    file = a_file(tmp_path, "kaart.csv", HEADER + GOOD)
    await taken_over(world, file)
    [service] = await the_map(world)
    async with world.units.begin() as unit:
        await change_person(ChangePerson(service.contact_ids[0], email="s@fietsenfonds.example"), unit)

    again = await taken_over(world, file)

    assert (again.people, again.services, again.unchanged) == (0, 0, 2)
    async with world.units.begin() as unit:
        person = await unit.people.read(service.contact_ids[0])
    assert person is not None
    assert person.email == "s@fietsenfonds.example"


def test_identity_is_a_uuid_itself_or_follows_from_the_name() -> None:
    assert identity("organisation", str(named("x"))) == named("x")
    assert identity("organisation", "De Bel") == uuid5(NETWORK, "organisation:de bel")
    assert identity("organisation", " De Bel") == identity("organisation", "de bel ")
    assert identity("organisation", "de bel") != identity("service", "de bel")
    assert identity("organisation", "Project: De Bel") == identity("organisation", "project: de bel")
    assert identity("organisation", "Project:De Bel") == identity("organisation", "project:de bel")


async def test_who_is_not_in_a_file_is_reported_and_nothing_changes(tmp_path: Path) -> None:
    world = World()
    file = a_file(tmp_path, "kaart.csv", HEADER + GOOD)
    await taken_over(world, file)
    [service] = await the_map(world)
    async with world.units.begin() as unit:
        await add_person(AddPerson(service.organisation_id, Role.PARTNER, "Kim", "kim@fietsenfonds.example"), unit)
    await a_person(world, "elsewhere", email="elsewhere@school.example")
    before = world.published_names

    async with world.units.begin() as unit:
        absent = await list_absent(read_files([file], unit.city), unit)

    assert [one.name for one in absent] == ["Kim"]
    assert world.published_names == before
