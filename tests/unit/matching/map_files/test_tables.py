"""Schakel's own table, as CSV or Excel, whatever program saved it."""

from pathlib import Path

import pytest

from services.matching.adapters import sheet_rows, unpacked
from tests.unit.matching.map_files.reading import a_workbook, packed, read, told

# Farsi: "I want", with the half-space that belongs in it.
HALF_SPACE = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
HEADER = "organisatie;aanbod;categorieen;omschrijving\n"
ROW = "Café Zoë;Koffie-uur één;een fiets;Gezellig … altijd welkom\n"


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("k.csv", (HEADER + ROW).encode()),
        ("k.csv", (HEADER + ROW).encode("utf-8-sig")),
        ("k.csv", (HEADER + ROW).encode("cp1252")),
        ("k.txt", (HEADER + ROW).replace(";", "\t").encode("utf-16")),
        ("k.txt", (HEADER + ROW).replace(";", "\t").replace("\n", "\r\n").encode("utf-16-le")),
        ("k.txt", b"\xfe\xff" + (HEADER + ROW).replace(";", "\t").encode("utf-16-be")),
        ("k.tsv", (HEADER + ROW).replace(";", "\t").replace("\n", "\r").encode()),
    ],
)
def test_letters_are_the_same_whatever_program_saved_them(tmp_path: Path, name: str, saved: bytes) -> None:
    found = read(tmp_path, saved, name)

    (service,), (owner,) = found.services, found.organisations
    assert (owner.name, service.name, service.description) == ("Café Zoë", "Koffie-uur één", "Gezellig … altijd welkom")
    assert (found.refused, found.remarks) == ([], [])


def test_one_stray_byte_spoils_no_other_letter_and_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, (HEADER + ROW).encode() + b"Proefhuis;Les;sport;prijs \x80 5, caf\xc3\xa9\n", "k.csv")

    assert [one.name for one in found.organisations] == ["Café Zoë", "Proefhuis"]
    assert found.services[1].description == "prijs € 5, café"
    assert [remark.line for remark in found.remarks] == [3]


def test_letter_that_nobody_can_read_is_refused_by_its_line(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER.encode() + b"Proefhuis;Les;sport;\x81\n" + ROW.encode(), "k.csv")

    assert [(row.line, row.column) for row in found.refused] == [(2, "omschrijving")]


@pytest.mark.parametrize(
    "column", ["categorieën", "Categorie\u0308en", " CATEGORIEEN ", "\ufeffcategorieen", "cate\u00adgorieen"]
)
def test_column_is_known_however_it_is_spelt(tmp_path: Path, column: str) -> None:
    assert read(tmp_path, f"organisatie;aanbod;{column}\nA;B;een fiets\n", "k.csv").services


def test_column_of_several_words_is_known(tmp_path: Path) -> None:
    found = read(tmp_path, "organisatie;aanbod;categorieen;leeftijd van;E-mail\nA;B;een fiets;4;\n", "k.csv")

    assert ([one.minimum_age for one in found.services], found.remarks) == ([4], [])


@pytest.mark.parametrize(
    "text",
    [
        "organisatie;aanbod;categorieen\nA;B;een fiets;;\n", "organisatie;aanbod;categorieen;;;\nA;B;een fiets;;;\n",
        "organisatie;aanbod;categorieen;;\nA;B;een fiets\n",
        "organisatie;aanbod;categorieen\nA;B;een fiets; ;\u00a0\n;;;\n",
    ],
)  # fmt: skip
def test_empty_cells_are_nothing(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text, "k.csv")

    assert (len(found.services), found.refused, found.remarks) == (1, [], [])


def test_cell_in_a_column_without_a_name_is_told(tmp_path: Path) -> None:
    assert told(read(tmp_path, "organisatie;aanbod;categorieen;\nA;B;een fiets;iets\n", "k.csv")) == [("", "")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(HALF_SPACE, HALF_SPACE), ("👨\u200d👩\u200d👧 samen", "👨\u200d👩\u200d👧 samen"),
     ("fiet\u00adsen\u200b", "fietsen"), ("\ufeffCafe\u0301", "Café"), ("NaN", "")],
)  # fmt: skip
def test_joiners_stay_and_what_nobody_sees_goes(tmp_path: Path, typed: str, kept: str) -> None:
    (service,) = read(tmp_path, f"{HEADER}A;B;een fiets;{typed}\n", "k.csv").services

    assert service.description == kept


@pytest.mark.parametrize(
    ("columns", "cells", "is_free", "cost"),
    [
        ("gratis", "", None, ""), ("gratis", "ja", True, ""), ("gratis", "nee", False, ""),
        ("kosten", "€ 25 per maand", False, "€ 25 per maand"), ("kosten", "gratis", True, ""), ("kosten", "", None, ""),
        ("kosten", "naar draagkracht", None, "naar draagkracht"), ("gratis;kosten", "nee;€ 5", False, "€ 5"),
        ("gratis;kosten", "ja;borg € 20", True, "borg € 20"),
    ],
)  # fmt: skip
def test_price_in_a_table(tmp_path: Path, columns: str, cells: str, *, is_free: bool | None, cost: str) -> None:
    (service,) = read(tmp_path, f"organisatie;aanbod;categorieen;{columns}\nA;B;bike;{cells}\n", "k.csv").services

    assert (service.is_free, service.cost) == (is_free, cost)


@pytest.mark.parametrize(
    ("cell", "districts", "whole_city"),
    [("", (), False), ("Oost", ("oost",), False), ("hele stad", (), True), ("Schiewijk", (), True)],
)
def test_whole_city_in_a_table(tmp_path: Path, cell: str, districts: tuple[str, ...], *, whole_city: bool) -> None:
    (service,) = read(tmp_path, f"organisatie;aanbod;categorieen;wijken\nA;B;bike;{cell}\n", "k.csv").services

    assert (service.districts, service.whole_city) == (districts, whole_city)


@pytest.mark.parametrize("cell", ["1.000", "1,5", "10000000"])
def test_number_that_can_be_read_in_two_ways_is_refused(tmp_path: Path, cell: str) -> None:
    found = read(tmp_path, f"organisatie;aanbod;categorieen;plekken\nA;B;bike;{cell}\n", "k.csv")

    assert [(row.line, row.column) for row in found.refused] == [(2, "plekken")]


def test_excel_file_is_read_as_it_reads_on_the_screen(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Organisatie", "Aanbod", "Categorieën", "leeftijd_van", "gratis", "contactpersoon", "email", "telefoon", ""],
        ["Café Zoë", "Fiets", "een fiets", 4, True, "Sam V", "sam@cafe.example", 612345678],
        [],
        ["Café Zoë", "Les", "een raket", 4.5, False],
    ]

    found = read(tmp_path, a_workbook(rows), "kaart.xlsx")

    (service,) = found.services
    assert (service.name, service.minimum_age, service.is_free, service.contacts[0].phone) == (
        "Fiets",
        4,
        True,
        "06 12345678",
    )
    assert [(row.line, row.column) for row in found.refused] == [(4, "categorieen")]


def test_excel_file_that_is_none_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(tmp_path, b"PK\x03\x04 nothing", "a.xlsx").refused[0].problem == "dit bestand kunnen wij niet openen"
    assert read(tmp_path, packed({"x.txt": "x"}), "a.xlsx").refused[0].problem == "dit bestand kunnen wij niet openen"

    far = a_workbook([["organisatie"]], cells='<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert "te groot" in read(tmp_path, far, "b.xlsx").refused[0].problem
    unplaced = '<row r="20000">' + "<c/>" * 255 + "<c><v>1</v></c></row>"
    assert "te groot" in read(tmp_path, a_workbook([], cells=unplaced), "b.xlsx").refused[0].problem
    unnumbered = '<row r="19999"/><row>' + "<c/>" * 255 + "<c><v>1</v></c></row>"
    assert "te groot" in read(tmp_path, a_workbook([], cells=unnumbered), "b.xlsx").refused[0].problem

    monkeypatch.setattr(unpacked, "MOST_BYTES", 100_000)
    bomb = packed({"xl/worksheets/sheet1.xml": b" " * 1_000_000})
    assert len(bomb) < 10_000
    assert "te groot" in read(tmp_path, bomb, "c.xlsx").refused[0].problem
    assert sheet_rows.MOST_CELLS >= 50_000 * 40


def test_excel_file_is_as_large_as_what_is_filled_in(tmp_path: Path) -> None:
    """A program that gave a whole column or row a colour wrote all of its empty cells."""
    coloured = '<row r="9">' + '<c s="1"/>' * 16_384 + '</row><row r="1048576"><c r="A1048576" s="1"/></row>'

    found = read(
        tmp_path, a_workbook([["organisatie", "aanbod", "categorieen"], ["A", "B", "bike"]], cells=coloured), "k.xlsx"
    )

    assert [one.name for one in found.services] == ["B"]


def test_excel_file_may_have_a_title_above_its_columns(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        a_workbook([["Onze kaart"], [], ["organisatie", "aanbod", "categorieen"], ["A", "B", "bike"]]),
        "k.xlsx",
    )

    assert [(one.name, one.line) for one in found.services] == [("B", 4)]


def test_what_one_row_leaves_open_of_an_organisation_another_row_says(tmp_path: Path) -> None:
    text = "organisatie;aanbod;categorieen;website\nA;B;bike;\nA;C;bike;https://a.example\n"

    assert [one.website for one in read(tmp_path, text, "k.csv").organisations] == ["https://a.example"]
