"""A city in other languages: its words for the pages of families, and what still has none."""

import pytest
from pydantic import ValidationError

from shared.web.catalogues import languages
from tests.parts.city import SCHIEWIJK, VELDERMEER, a_city


@pytest.mark.parametrize("file", [SCHIEWIJK, VELDERMEER], ids=["schiewijk", "veldermeer"])
def test_a_city_that_ships_has_every_word_in_every_language_of_the_pages(file: object) -> None:
    city = a_city(file=file)  # type: ignore[arg-type]

    assert city.translations.keys() == languages()
    assert city.untranslated() == []


def test_a_city_says_its_words_in_the_language_of_the_reader_and_keeps_its_names() -> None:
    city = a_city().read_in("en")

    assert city.categories.words("bike") == city.categories.in_sentence("bike") == "Bicycle"
    assert ("Housing", [("no-home", "No home")]) in [(group, each[:1]) for group, each in city.categories_in_groups()]
    assert (
        city.categories["no-home"].description
        == "The family has no home of its own, and sleeps with others or in a shelter."
    )
    assert (city.desk.in_sentence, city.safety.when) == ("the Schakelpunt", "free, day and night")
    assert (city.name, city.desk.name, city.districts.words("centrum")) == (
        "Schiewijk",
        "Schakelpunt Schiewijk",
        "Centrum",
    )


def test_what_has_no_words_in_a_language_stays_in_the_citys_own_and_is_named() -> None:
    city = a_city({"translations": {"en": {"categories": None, "ambassador": None}}})

    assert city.read_in("en").categories.words("bike") == "Fiets"
    assert city.read_in("en").ambassador == city.ambassador
    assert {"translations.en.ambassador", "translations.en.categories.bike"} <= set(city.untranslated())


def test_a_description_and_a_consent_without_translation_are_named() -> None:
    city = a_city(
        {"translations": {"tr": {"descriptions": {"food": None}}}, "consent": {"texts": {"2026-1": {"tr": None}}}}
    )

    assert city.untranslated() == [
        "translations.tr.descriptions.food",
        "translations.tr.consent (2026-1: a text under [consent.texts.2026-1])",
    ]


def test_what_is_retired_needs_no_translation() -> None:
    assert (
        a_city(
            {"categories": {"unicycle": {"words": "Eenwieler", "group": "mobility", "retired": True}}}
        ).untranslated()
        == []
    )


def test_the_citys_own_language_needs_no_translation() -> None:
    city = a_city(
        {
            "language": "en",
            "translations": {"en": {"categories": None}},
            "consent": {"texts": {"2026-1": {"en": "We keep it."}}},
        }
    )

    assert [place for place in city.untranslated() if ".en." in place] == []


def test_a_language_that_nobody_reads_keeps_the_city_as_it_is() -> None:
    assert a_city().read_in("de") is a_city()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"en": {"categories": {"bik": "Bicycle"}}}, "there is no bik under [categories]"),
        ({"en": {"descriptions": {"bik": "Two wheels."}}}, "there is no bik under [categories]"),
        ({"fi": {}}, "there is no language fi under [languages]"),
        ({"en": {"desk": ""}}, "at least 1 character"),
    ],
)
def test_a_translation_of_what_is_not_there_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        a_city({"translations": changes})

    assert said in str(refused.value)
