"""A CSV map as it comes from practice: every row that is not taken over is named, and no row is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.matching.city import World
from tests.unit.matching.importing import GOOD, HEADER, a_file, taken_over, the_map

ROWS = 100
# Column, and how to break it; "" is the row as a whole.
BREAKS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("categorieen", lambda row: row.replace("een fiets", "een raket")),
    ("wijken", lambda row: row.replace("Oost", "Mars")),
    ("leeftijd_van", lambda row: row.replace(";4;", ";vier;")),
    ("leeftijd_tot", lambda row: row.replace(";12;", ";3;")),
    ("talen", lambda row: row.replace("Arabisch, nl", "Klingon")),
    ("gratis", lambda row: row.replace(";ja;", ";soms;")),
    ("email", lambda row: row.replace("sam@fietsenfonds.example", "sam@")),
    ("telefoon", lambda row: row.replace("010 555 01 23", "1")),
    ("contactpersoon", lambda row: row.replace("Sam V", "")),
    ("organisatie", lambda row: row.replace("Fietsenfonds;", ";", 1)),
    ("", lambda row: row.replace("Fietsenfonds;", '"Fietsenfonds;', 1)),
    ("", lambda row: row.replace("\n", ";te veel\n")),
)


def rows(count: int) -> list[str]:
    return [GOOD.replace(";Fiets;", f";Fiets {at};") for at in range(count)]


async def test_csv_with_a_third_rows_broken_in_many_ways_names_each_and_takes_over_the_others(tmp_path: Path) -> None:
    world, text = World(), rows(ROWS)
    broken = {at: BREAKS[at // 3 % len(BREAKS)] for at in range(0, ROWS, 3)}
    for at, (_, spoil) in broken.items():
        text[at] = spoil(text[at])
    # A good row with a cell of two lines moves all rows below it.
    text[1] = text[1].replace("Oost", '"Oost,\n West"')

    report = await taken_over(world, a_file(tmp_path, "kaart.csv", HEADER + "".join(text)))

    expected = [(2 + at + (at > 1), column) for at, (column, _) in broken.items()]
    assert [(row.line, row.column) for row in report.refused] == expected
    assert all(row.problem and row.example and row.file.endswith("kaart.csv") for row in report.refused)
    assert {service.name for service in await the_map(world)} == {
        f"Fiets {at}" for at in range(ROWS) if at not in broken
    }


@pytest.mark.parametrize(
    ("stray", "refused"),
    [
        ({3: ("Fietsenfonds;", '"Fietsenfonds;')}, [5]),
        ({3: (";Oost;", ';"Oost;')}, [5]),
        ({3: (";010 555", ';"010 555')}, [5]),
        ({3: (";Oost;", ';"Oost;'), 4: (";Oost;", ';Oost";')}, [5, 6]),
        ({3: (";Oost;", ';"Oost;'), 6: (";nl;", ';nl";')}, [5]),
        ({3: (";Oost;", ';"Oost;'), 6: (";Oost;", ';Oost";')}, [5, 8]),
        ({0: (";Oost;", ';"Oost;'), 7: ("Fietsenfonds;", '"Fietsenfonds;')}, [2, 9]),
        ({3: (";Oost;", ';"Oost;'), 5: (";een fiets, sport;", ';"een fiets, sport";')}, [5]),
        ({3: (";Oost;", ';"Oost" en West;')}, [5]),
    ],
)
async def test_stray_quote_costs_its_own_row_only(
    tmp_path: Path, stray: dict[int, tuple[str, str]], refused: list[int]
) -> None:
    world, text = World(), rows(8)
    for at, (old, new) in stray.items():
        text[at] = text[at].replace(old, new, 1)

    report = await taken_over(world, a_file(tmp_path, "kaart.csv", HEADER + "".join(text)))

    assert [(row.line, row.column) for row in report.refused] == [(line, "") for line in refused]
    assert {service.name for service in await the_map(world)} == {
        f"Fiets {at}" for at in range(8) if at + 2 not in refused
    }


async def test_stray_quote_on_top_of_a_long_file_costs_its_own_row_only(tmp_path: Path) -> None:
    text = rows(3000)
    text[0] = text[0].replace(";Oost;", ';"Oost;')

    report = await taken_over(World(), a_file(tmp_path, "kaart.csv", HEADER + "".join(text)))

    assert ([row.line for row in report.refused], report.services) == ([2], 2999)


async def test_row_with_a_cell_of_several_lines_is_named_by_the_line_on_which_it_begins(tmp_path: Path) -> None:
    first = GOOD.replace("Oost", '"Venus,\n\n Mars"')

    report = await taken_over(World(), a_file(tmp_path, "kaart.csv", HEADER + first + rows(1)[0]))

    assert [(row.line, row.column) for row in report.refused] == [(2, "wijken")] * 2
    assert report.services == 1


async def test_spaces_in_the_name_of_an_organisation_make_no_other_organisation(tmp_path: Path) -> None:
    world = World()
    text = GOOD.replace("Fietsenfonds;", "Fonds  De  Bel ;") + rows(1)[0].replace("Fietsenfonds;", "fonds de bel;")

    report = await taken_over(world, a_file(tmp_path, "kaart.csv", HEADER + text))

    assert (report.organisations, report.services, report.refused) == (1, 2, [])


@pytest.mark.parametrize("first", ["", "sep=;\n", "SEP=;\r\n"])
async def test_names_of_columns_may_be_in_capitals_and_below_the_line_of_a_spreadsheet(
    tmp_path: Path, first: str
) -> None:
    report = await taken_over(World(), a_file(tmp_path, "kaart.csv", first + HEADER.upper() + GOOD + ";;;;\n"))

    assert (report.services, report.refused, report.remarks) == (1, [], [])


async def test_column_that_nobody_reads_is_told(tmp_path: Path) -> None:
    report = await taken_over(World(), a_file(tmp_path, "kaart.csv", HEADER.replace("wijken", "wijk") + GOOD))

    [remark] = report.remarks
    assert (remark.line, remark.column, remark.example) == (1, "wijk", "wijken")
    assert report.services == 1


async def test_every_row_says_of_which_file_it_is(tmp_path: Path) -> None:
    bad = GOOD.replace("Oost", "Mars")
    one, two = a_file(tmp_path, "1.csv", HEADER + bad), a_file(tmp_path, "2.csv", HEADER + GOOD + bad)
    three = a_file(tmp_path, "3.json", '{"people": [{"organization_id": "nergens", "role": "partner", "name": "Kim", '
                                       '"email": "kim@verzonnen.example"}]}')  # fmt: skip

    report = await taken_over(World(), one, two, three)

    assert [(row.file, row.line) for row in report.refused] == [(str(one), 2), (str(two), 3), (str(three), 1)]


async def test_file_that_is_silent_about_something_leaves_it_as_it_is(tmp_path: Path) -> None:
    world = World()
    await taken_over(
        world, a_file(tmp_path, "kaart.csv", HEADER.strip() + ";samenwerkingsafspraak\n" + GOOD.strip() + ";ja\n")
    )
    short = "organisatie;aanbod;categorieen;leeftijd_van\nFietsenfonds;Fiets;bike;\n"

    await taken_over(world, a_file(tmp_path, "kaart.csv", short))

    [service] = await the_map(world)
    assert (service.categories, service.minimum_age, service.maximum_age) == (("bike",), 4, 12)
    assert (service.districts, len(service.contact_ids)) == (("oost",), 1)
    async with world.units.begin() as unit:
        owner = await unit.organisations.read(service.organisation_id)
    assert owner is not None
    assert owner.has_agreement
