"""Invented files of the kinds that towns and other programs send (`tests/data/map_cases`), each with what is right."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from services.matching.adapters.map_files import read_files
from services.matching.commands import ImportMap
from tests.architecture.tree import ROOT
from tests.unit.matching.map_files.reading import CITY, read

CASES: Final = ROOT / "tests" / "data" / "map_cases"
ALL_PHONES: Final = tuple((line, column) for line in range(2, 10) for column in ("contactpersoon", "telefoon"))
BAD_MAILS: Final = range(7, 16)
ALL_MAILS: Final = sorted([(line, "contactpersoon") for line in range(2, 17)] + [(line, "email") for line in BAD_MAILS])
# What is taken over by name, the rows that are refused, and the columns of which something is told.
Right = tuple[list[str], list[tuple[int, str]], list[str]]
RIGHT: Final[Mapping[str, Right]] = {
    "csv-ages.csv": (["Proef a", "Proef b", "Proef c", "Proef e"], [(5, "plekken"), (7, "gratis")], []),
    "csv-emails.csv": ([], ALL_MAILS, []),
    "csv-header-diaeresis.csv": (["Proef kop"], [], []),
    "csv-one-stray-byte.csv": (["Koffie-uur één", "Creatief cadeautje", "Proef"], [], [""]),
    "csv-phones.csv": ([], [*ALL_PHONES], []),
    "csv-search-own-name.csv": (["Samen doen wat kan", "Zwemles tot en met diploma A", "K\u0131z\u0131l Lale"], [], []),
    "csv-trailing-cells.csv": (["Proef leeg"], [], []),
    "csv-unicode-text-utf16.txt": (["Proef utf16"], [], []),
    "json-contact-ids.json": (["Proef Contact A"], [(2, "contacts.0.id")], []),
    "json-decimal-age.json": (["Proef Peuters"], [], ["minimum_age"]),
    "json-feed-a.json": (["Feed A Zwemles"], [], []),
    "json-feed-b.json": (["Feed B Voedselpakket"], [], []),
    "json-fees-text.json": (["Proef Fiets Betaald"], [], []),
    "json-language-tags.json": (["Proef Fiets Talen"], [], []),
    "json-misspelt-members.json": (["Proef Fiets Misspeld"], [], ["service_area", "maximum_ages", "contact"]),
    "json-nan.json": (["Proef Fiets NaN"], [], []),
    "json-one-service.json": (["Proef Fiets Alleen"], [], []),
    "json-org-nested.json": (["Proef Fiets Genest"], [], []),
    "json-orgs-nested.json": (["Proef Fiets Genest"], [], []),
    "json-oruk-eligibility.json": (["Proef Fiets Leeftijd"], [], []),
    "json-schedule.json": (["Proef Fiets Rooster"], [], []),
    "json-service-without-organization.json": ([], [(1, "organization")], []),
}  # fmt: skip


def case(name: str) -> ImportMap:
    return read_files([CASES / name], CITY)


def test_each_case_has_its_right_values() -> None:
    assert {path.name for path in CASES.iterdir()} == RIGHT.keys()


@pytest.mark.parametrize("name", RIGHT)
def test_case_is_read_as_it_should_be_and_what_is_not_taken_is_told(name: str) -> None:
    found = case(name)

    services = [one.name for one in found.services]
    refused = sorted((row.line, row.column) for row in found.refused)
    assert (services, refused, [remark.column for remark in found.remarks]) == RIGHT[name]


def test_what_the_cases_say_of_age_cost_language_and_hours_is_kept() -> None:
    (decimal,), (eligible,) = case("json-decimal-age.json").services, case("json-oruk-eligibility.json").services
    assert (decimal.minimum_age, decimal.maximum_age) == (2, 4)
    assert (eligible.minimum_age, eligible.maximum_age) == (12, 18)
    (paid,), (spoken,) = case("json-fees-text.json").services, case("json-language-tags.json").services
    assert (paid.is_free, paid.cost, spoken.languages) == (False, "€ 25 per maand", ("nl",))
    assert case("json-schedule.json").services[0].schedule == "woensdag van 13:00 tot 15:00 uur"
    assert {(one.minimum_age, one.maximum_age, one.is_free) for one in case("csv-ages.csv").services} == {(4, 12, True)}
    assert case("json-nan.json").services[0].description == ""


def test_letters_of_the_file_with_a_stray_byte_are_right() -> None:
    found = case("csv-one-stray-byte.csv")

    assert [one.name for one in found.organisations] == ["Café Zoë", "Crèche De Bel", "Proefhuis Gamma"]
    assert found.services[-1].description == "prijs € 5"


def test_two_feeds_that_number_from_one_have_nothing_in_common() -> None:
    first, second = case("json-feed-a.json"), case("json-feed-b.json")

    assert first.source != second.source


def test_numbers_stand_in_no_name_and_each_address_that_a_mail_can_reach_is_taken(tmp_path: Path) -> None:
    """With names in letters the rows are refused for their address alone."""
    said = re.sub(r"Naam\d+ ", "Naam ", (CASES / "csv-emails.csv").read_text(encoding="utf-8"))
    found = read(tmp_path, said, "k.csv")

    assert [one.name for one in found.services] == [f"Proef mail {number:02}" for number in (0, 1, 2, 3, 4, 14)]
    assert [(row.line, row.column) for row in found.refused] == [(line, "email") for line in BAD_MAILS]
