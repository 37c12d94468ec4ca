"""Nothing widens in silence: what a file does not say is not known, and what is not read is named."""

from pathlib import Path
from typing import Any

import pytest

from services.matching.adapters.map_files import read_files
from tests.parts.city import a_city
from tests.unit.matching.city import named
from tests.unit.matching.map_files.reading import hsds, read, read_one, told, written

AMOUNT = {"option": "per les", "amount": 15}
FREE = {"option": "eerste les", "amount": 0}


def test_nothing_said_is_nothing_known(tmp_path: Path) -> None:
    service, found = read_one(tmp_path)

    assert (service.districts, service.whole_city) == ((), False)
    assert (service.minimum_age, service.maximum_age) == (None, None)
    assert (service.is_free, service.cost) == (None, "")
    assert found.remarks == []


@pytest.mark.parametrize(
    ("members", "is_free", "cost"),
    [
        ({"cost_options": [AMOUNT]}, False, "per les: € 15"),
        ({"cost_options": [FREE]}, True, "eerste les"),
        ({"cost_options": [{"amount_description": "niet gratis"}]}, False, ""),
        (
            {"cost_options": [{"option": "naar draagkracht", "amount_description": "niet gratis"}]},
            False,
            "naar draagkracht",
        ),
        ({"cost_options": [{"option": "gratis", "amount": 0}]}, True, ""),
        ({"cost_options": [FREE, AMOUNT]}, False, "eerste les: gratis; per les: € 15"),
        ({"cost_options": [{"amount": 2.5, "currency": "EUR"}]}, False, "€ 2,50"),
        ({"cost_options": [{"option": "€ 2,50 per keer", "amount": 2.5}]}, False, "€ 2,50 per keer"),
        ({"cost_options": [{"option": "naar draagkracht"}]}, None, "naar draagkracht"),
        ({"fees": "€ 25 per maand"}, False, "€ 25 per maand"),
        ({"fees_description": "€ 25 per maand", "fees": "€ 25 per maand"}, False, "€ 25 per maand"),
        ({"fees_description": "Vraag ernaar"}, None, "Vraag ernaar"),
        ({"fees": "Gratis"}, True, ""),
        ({"fees": "Niet gratis"}, False, "Niet gratis"),
        ({"fees": "€ 0,-"}, True, ""),
        ({"cost_options": [FREE], "fees_description": "materiaal € 10"}, False, "eerste les: gratis; materiaal € 10"),
        ({"cost_options": []}, None, ""),
    ],
)
def test_price_is_what_the_file_says_and_free_only_when_all_of_it_says_so(
    tmp_path: Path, members: dict[str, Any], *, is_free: bool | None, cost: str
) -> None:
    service, _ = read_one(tmp_path, **members)

    assert (service.is_free, service.cost) == (is_free, cost)


@pytest.mark.parametrize(
    ("members", "ages"),
    [
        ({"eligibilitys": [{"minimum_age": 12, "maximum_age": 18}]}, (12, 18)),
        ({"eligibility": {"minimum_age": 12, "maximum_age": 18}}, (12, 18)),
        ({"eligibility": [{"minimum_age": 12.0}, {"eligibility": "gezinnen"}]}, (12, None)),
        ({"eligibility": [{"maximum_age": 6}]}, (None, 6)),
        ({"minimum_age": 4, "maximum_age": 12, "eligibilitys": [{"minimum_age": 0}]}, (4, 12)),
        ({"minimum_age": 2.5, "maximum_age": 4}, (2, 4)),
        ({"minimum_age": "2,5"}, (2, None)),
        ({"minimum_age": 0}, (0, None)),
    ],
)
def test_ages_are_read_wherever_they_stand(
    tmp_path: Path, members: dict[str, Any], ages: tuple[int | None, int | None]
) -> None:
    service, _ = read_one(tmp_path, **members)

    assert (service.minimum_age, service.maximum_age) == ages


def test_what_is_read_otherwise_than_it_was_said_is_told(tmp_path: Path) -> None:
    _, halves = read_one(tmp_path, minimum_age=2.5)
    _, groups = read_one(tmp_path, eligibility=[{"maximum_age": 4}, {"minimum_age": 12, "maximum_age": 18}])

    assert [column for column, _ in told(halves)] == ["minimum_age"]
    assert [column for column, _ in told(groups)] == ["eligibility"]


@pytest.mark.parametrize(
    ("said", "districts", "whole_city"),
    [
        ([{"code": "oost"}], ("oost",), False), ([{"service_area": "Oost"}], ("oost",), False), ([], (), False),
        ([{"name": "Schiewijk"}], (), True), ([{"name": "hele stad"}], (), True),
    ],
)  # fmt: skip
def test_whole_city_is_what_says_so(
    tmp_path: Path, said: list[dict[str, str]], districts: tuple[str, ...], *, whole_city: bool
) -> None:
    service, _ = read_one(tmp_path, service_areas=said)

    assert (service.districts, service.whole_city) == (districts, whole_city)


def test_member_that_nobody_reads_is_named_once_with_the_name_that_was_meant(tmp_path: Path) -> None:
    misspelt = {"service_area": [{"code": "oost"}], "maximum_ages": 12, "contact": [{"name": "Sam"}], "fee": "€ 5"}
    two = [hsds(**misspelt), hsds(id=str(named("other")), name="Bakfiets", **misspelt)]

    found = read(tmp_path, two)

    assert told(found) == [
        ("service_area", "service_areas"), ("maximum_ages", "maximum_age"), ("contact", "contacts"), ("fee", "fees"),
    ]  # fmt: skip
    assert all(remark.line == 1 and remark.problem.endswith("(en zo nog 1 keer)") for remark in found.remarks)


def test_members_of_the_standard_that_are_not_read_are_named_wherever_they_stand(tmp_path: Path) -> None:
    _, found = read_one(
        tmp_path,
        alert="Dicht in mei", alternate_name="Velo", eligibility_description="minima",
        phones=[{"number": "010 123 45 67", "extension": 12, "description": None}, {"number": "010 123 45 68"}],
        service_at_locations=[{"id": "1", "location_id": "2", "location": {"transportation": "tram 4"}}],
        metadata=[{"id": "1"}], program_id="7", required_documents=[],
    )  # fmt: skip

    assert [column for column, _ in told(found)] == [
        "alert", "alternate_name", "eligibility_description", "phones.extension",
        "service_at_locations.location.transportation", "phones.number",
    ]  # fmt: skip
    assert {example for _, example in told(found)} == {""}


@pytest.mark.parametrize(
    ("schedules", "words"),
    [
        ([{"description": "elke woensdag"}, {"description": "zondag gesloten"}], "elke woensdag; zondag gesloten"),
        ([{"byday": "WE", "opens_at": "13:00", "closes_at": "15:00"}], "woensdag van 13:00 tot 15:00 uur"),
        ([{"byday": "MO,TU", "opens_at": "09:00:00"}], "maandag, dinsdag vanaf 09:00 uur"),
        ([{"byday": "1FR", "freq": "MONTHLY"}], "iedere maand 1e vrijdag"),
        ([{"byday": "FR", "freq": "WEEKLY", "interval": 2}], "om de 2 weken vrijdag"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("member", ["schedules", "regular_schedules"])
def test_all_times_are_kept_in_words(tmp_path: Path, schedules: list[dict[str, Any]], words: str, member: str) -> None:
    service, found = read_one(tmp_path, **{member: schedules})

    assert service.schedule == words
    assert found.remarks == []


@pytest.mark.parametrize(
    ("said", "interpreter"),
    [
        ("Geen tolk", False),
        ("None available", False),
        ("nee", False),
        ("", False),
        ("Tolk Arabisch", True),
        (True, True),
    ],
)
def test_interpreter_is_there_when_it_says_so(tmp_path: Path, *, said: object, interpreter: bool) -> None:
    assert read_one(tmp_path, interpretation_services=said)[0].interpreter is interpreter


@pytest.mark.parametrize("name", ["addresses", "physical_addresses"])
def test_address_of_a_place_is_the_address(tmp_path: Path, name: str) -> None:
    place = {name: [{"address_1": "Kade 1", "postal_code": "1234 AB", "city": "Schiewijk"}]}

    service, _ = read_one(
        tmp_path, service_at_locations=[{"location": {"name": "De Brug", **place}}, {"location": place}]
    )

    assert service.address == "De Brug, Kade 1, 1234 AB Schiewijk; Kade 1, 1234 AB Schiewijk"


@pytest.mark.parametrize("tag", ["nl-NL", "nld", "dut", "NL", "nl_BE", "Dutch", "Nederlands"])
@pytest.mark.parametrize("member", ["code", "name", "language"])
def test_language_is_understood_as_others_write_it(tmp_path: Path, tag: str, member: str) -> None:
    assert read_one(tmp_path, languages=[{member: tag}])[0].languages == ("nl",)


@pytest.mark.parametrize("said", ["NaN", "Infinity", "-Infinity", "1e999", '"NaN"', '"nan"', "null", '""'])
def test_what_is_no_value_is_nothing(tmp_path: Path, said: str) -> None:
    text = '[{"id": "%s", "name": "Fiets", "organization": {"name": "Fietsenfonds", "description": %s}, '
    members = '"attributes": [{"taxonomy_term": {"code": "bike"}}], "description": %s, "minimum_age": %s, "does": %s}]'

    found = read(tmp_path, (text + members) % (named("service"), said, said, said, said))

    (service,), (owner,) = found.services, found.organisations
    assert (service.description, service.minimum_age, service.does, owner.description) == ("", None, "", "")


@pytest.mark.parametrize(("number", "kept"), [(612345678.0, "06 12345678"), ("0612345678", "06 12345678")])
def test_number_that_a_program_counted_with_stays_that_number(tmp_path: Path, number: object, kept: str) -> None:
    assert read_one(tmp_path, phones=[{"number": number}])[0].phone == kept


@pytest.mark.parametrize("number", [6123456789.0, 1234567.5, "612345678.0", "061234567.0", "06 1234567", True])
def test_wrong_number_is_refused(tmp_path: Path, number: object) -> None:
    found = read(tmp_path, [hsds(phones=[{"number": number}])])

    assert [row.column for row in found.refused] == ["phones"]


@pytest.mark.parametrize(("today", "before"), [("bike", "social-support"), ("social-support", "bike")])
def test_earlier_words_of_one_kind_of_help_are_those_of_another_that_is_called_so_today(
    tmp_path: Path, today: str, before: str
) -> None:
    words = a_city().categories[today].words
    file = written(tmp_path, "kaart.csv", f"organisatie;aanbod;categorieen\nB;A;{words}\nB;C;vroeger zo\n")
    found = read_files([file], a_city({"categories": {before: {"formerly": [words, "vroeger zo"]}}}))

    assert found.refused == []
    assert [one.categories for one in found.services] == [(today,), (before,)]
