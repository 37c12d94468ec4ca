"""A file and a page agree in what they accept: names, numbers, and an organisation that offers nothing."""

from pathlib import Path

import pytest

from tests.unit.matching.city import World
from tests.unit.matching.importing import HEADER, a_file, taken_over, the_map


async def test_school_is_on_the_map_without_an_offer(tmp_path: Path) -> None:
    world = World()
    rows = "organisatie;soort_organisatie;website\nBasisschool De Zevensprong;school;zevensprong.example\n"
    mixed = (
        "organisatie;soort_organisatie;aanbod;categorieen\nBasisschool Zuid;school;;\nFietsenfonds;fund;Fiets;bike\n"
    )

    report = await taken_over(world, a_file(tmp_path, "scholen.csv", rows), a_file(tmp_path, "alles.csv", mixed))

    assert (report.organisations, report.services, report.refused) == (3, 1, [])
    assert [one.name for one in await the_map(world)] == ["Fiets"]


async def test_row_that_says_something_of_an_offer_must_name_it(tmp_path: Path) -> None:
    rows = "organisatie;aanbod;categorieen;wijken\nFietsenfonds;;;Oost\n"

    report = await taken_over(World(), a_file(tmp_path, "kaart.csv", rows))

    assert {one.column for one in report.refused} == {"aanbod", "categorieen"}


@pytest.mark.parametrize("number", ["06 1234567", "612345678.0", "010 123 456"])
async def test_wrong_number_is_refused_by_its_line(tmp_path: Path, number: str) -> None:
    row = f"Fietsenfonds;Fiets;een fiets;;;;;ja;Sam V;sam@fietsenfonds.example;{number}\n"

    report = await taken_over(World(), a_file(tmp_path, "kaart.csv", HEADER + row))

    assert [(one.line, one.column) for one in report.refused] == [(2, "telefoon")]


async def test_name_of_a_person_that_holds_a_link_is_refused_by_its_line(tmp_path: Path) -> None:
    row = "Fietsenfonds;Fiets;een fiets;;;;;ja;Kijk op https://evil.example;sam@fietsenfonds.example;\n"

    report = await taken_over(World(), a_file(tmp_path, "kaart.csv", HEADER + row))

    assert (2, "contactpersoon") in [(one.line, one.column) for one in report.refused]


async def test_name_typed_on_another_system_is_the_same_organisation(tmp_path: Path) -> None:
    world = World()
    composed = "organisatie;aanbod;categorieen\nCafé Zoë;Fiets;bike\n"
    decomposed = "organisatie;aanbod;categorieen\nCafe\u0301 Zoe\u0308;Fiets;bike\n"
    await taken_over(world, a_file(tmp_path, "een.csv", composed))

    again = await taken_over(world, a_file(tmp_path, "twee.csv", decomposed))

    assert (again.organisations, again.services, again.unchanged) == (0, 0, 2)


async def test_apostrophe_of_another_program_makes_no_other_organisation(tmp_path: Path) -> None:
    world = World()
    rows = "organisatie;aanbod;categorieen\nKids' club d'Oude;Fiets;bike\n"
    await taken_over(world, a_file(tmp_path, "een.csv", rows))

    await taken_over(world, a_file(tmp_path, "twee.csv", rows.replace("'", "\u2019")))

    assert len(await the_map(world)) == 1
