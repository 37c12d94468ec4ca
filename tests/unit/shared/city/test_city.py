"""A city as code sees it: codes with words, what is offered, terms, days and texts."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError
from structlog.testing import capture_logs

from shared.events.base import Code, LanguageTag, Urgency
from shared.kernel.city import City, WorkingDays
from shared.kernel.city.agreeing import URGENCIES
from shared.kernel.city.codes import CODE, LANGUAGE_TAG
from tests.parts.city import SCHIEWIJK, VELDERMEER, a_city


def test_a_district_has_words_for_a_label_and_for_a_sentence() -> None:
    districts = a_city().districts
    assert (districts["centrum"].words, districts["centrum"].in_sentence) == ("Centrum", "het Centrum")
    assert (districts["oost"].words, districts["oost"].in_sentence) == ("Oost", "Oost")


def test_a_category_loses_its_capital_in_a_sentence_unless_the_city_says_otherwise() -> None:
    city = a_city({"categories": {"bike": {"in_sentence": None}, "laptop": {"words": "TV", "in_sentence": None}}})
    assert city.categories.in_sentence("bike") == "fiets"
    assert city.categories.in_sentence("laptop") == "TV"
    assert city.categories.in_sentence("language-learning") == "Nederlands leren"


def test_a_retired_code_is_offered_nowhere_and_keeps_its_words() -> None:
    districts = a_city({"districts": {"kethel": {"words": "Kethel", "retired": True}}}).districts
    assert "kethel" not in districts.offered
    assert "kethel" not in dict(districts.options)
    assert "kethel" in districts
    assert districts.words("kethel") == "Kethel"


def test_a_code_that_nobody_knows_is_shown_as_it_is_and_found() -> None:
    districts = a_city().districts
    assert districts.words("harbour") == districts.in_sentence("harbour") == "harbour"
    assert districts.unknown(["oost", "harbour"]) == ["harbour"]
    with pytest.raises(KeyError):
        districts["harbour"]


def test_a_code_that_nobody_knows_is_logged_once() -> None:
    city = a_city({"name": "A fresh one"})
    with capture_logs() as logs:
        for _ in range(3):
            city.districts.words("harbour")
            city.districts.in_sentence("harbour")
        city.categories.words("harbour")
    assert [(line["event"], line["log_level"], line["kind"], line["code"]) for line in logs] == [
        ("code_without_words", "warning", "District", "harbour"),
        ("code_without_words", "warning", "Category", "harbour"),
    ]


def test_options_keep_the_order_of_the_file() -> None:
    assert a_city().urgencies.options == [
        ("today", "Vandaag nog"),
        ("soon", "Binnen een paar dagen"),
        ("normal", "Geen spoed"),
    ]


def test_categories_stand_in_two_levels() -> None:
    city = a_city({"categories": {"housing": {"retired": True}}})
    inside = dict(city.categories_in_groups())["Wonen"]
    assert [code for code, _ in inside] == ["no-home", "unstable-home", "draught-and-damp", "too-small", "energy"]


def test_group_in_which_nothing_can_be_chosen_is_left_out() -> None:
    home = [code for code, one in a_city().categories.items() if one.group == "home"]
    city = a_city({"categories": {code: {"retired": True} for code in home}})
    assert "Wonen" not in dict(city.categories_in_groups())


@pytest.mark.parametrize("answer", ["80", "120", "200"])
def test_a_number_asked_for_lies_between_its_bounds(answer: str) -> None:
    assert a_city().categories["bike"].ask["height"].accepts(answer)


@pytest.mark.parametrize("answer", ["79", "201", "1e2", "-90", "", "¹²⁰", "9" * 5000])
def test_anything_else_is_no_answer(answer: str) -> None:
    assert not a_city().categories["bike"].ask["height"].accepts(answer)


def test_a_choice_asked_for_is_one_of_the_choices() -> None:
    size = a_city().categories["clothing"].ask["size"]
    assert size.accepts("116")
    assert not size.accepts("117")
    assert a_city().categories["bike"].ask["height"].in_words("120") == "120 cm"


def test_terms_are_found_by_the_urgency_of_the_events() -> None:
    terms = a_city().terms
    assert terms.answer[Urgency.TODAY].remind_after is None
    assert terms.answer[Urgency.NORMAL].expire_after == WorkingDays(6)
    assert terms.inventory["soon"] == WorkingDays(3)
    with pytest.raises(KeyError):
        terms.inventory["someday"]


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Amsterdam", date(2026, 7, 1)), ("America/Curacao", date(2026, 6, 30))]
)
def test_the_day_is_the_day_in_the_city(zone: str, day: date) -> None:
    assert a_city({"time_zone": zone}).day_of(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == day


def test_a_time_that_summer_time_skips_or_repeats_is_never_early() -> None:
    city = a_city()
    assert city.instant_of(date(2026, 3, 29), time(2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert city.instant_of(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert city.instant_of(date(2026, 1, 5), time(9)) == datetime(2026, 1, 5, 8, tzinfo=UTC)


def test_every_consent_text_that_was_ever_used_can_be_read_again() -> None:
    consent = a_city(file=VELDERMEER).consent
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2030, 1, 1), date(2020, 1, 1)]
    assert [consent.current(day) for day in days] == ["2025-1", "2026-2", "2026-2", "2025-1"]
    assert [consent.asked_until(day) for day in days[1::2]] == [["2025-1", "2026-2"], []]
    assert "Wij mogen altijd stoppen" in (consent.text("2025-1", "nl") or "")
    assert consent.text("2025-1", "fy") is None
    assert consent.text("2019-1", "nl") is None


def test_nothing_of_a_city_can_be_changed() -> None:
    city = a_city()
    with pytest.raises(ValidationError):
        city.name = "Elders"  # type: ignore[misc]  # that is what is tried
    with pytest.raises(TypeError):
        city.consent.texts["2026-1"] = {}  # type: ignore[index]  # that is what is tried
    with pytest.raises(TypeError):
        city.districts.offered["x"] = city.districts["oost"]  # type: ignore[index]  # that is what is tried


def test_codes_are_what_events_can_carry() -> None:
    assert get_args(Code)[1].pattern == CODE
    assert get_args(LanguageTag)[1].pattern == LANGUAGE_TAG
    assert tuple(urgency.value for urgency in Urgency) == URGENCIES


def test_the_two_cities_that_ship_differ_in_all_that_is_a_citys_choice() -> None:
    one, other = a_city(), a_city(file=VELDERMEER)
    for name in ("districts", "categories", "category_groups"):
        assert not set(getattr(one, name)) & set(getattr(other, name)), name
    assert set(other.languages) - set(one.languages)
    for name in ("name", "desk", "terms", "follow_up", "retention", "organisation_kinds", "urgencies", "consent"):
        assert getattr(one, name) != getattr(other, name), name


def test_a_term_is_a_working_day_at_least() -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        WorkingDays(0)


@pytest.mark.parametrize("file", [SCHIEWIJK, VELDERMEER], ids=lambda file: file.parent.name)
def test_a_city_that_is_written_down_is_read_as_the_same(file: Path) -> None:
    city = a_city(file=file)
    written = city.model_dump(mode="json")
    assert City.model_validate(written) == city
