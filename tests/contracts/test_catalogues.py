"""Catalogues: whatever a page says to a family is there in every language, with the same facts in it."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from shared.web.catalogues import languages
from tests.architecture.tree import ROOT
from tests.contracts.catalogues import OWNERS, faults, kept, not_wrapped, said_by_variable, texts_of

of_each_owner = pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: str(owner.relative_to(ROOT)))


@of_each_owner
def test_every_text_is_there_in_every_language(owner: Path) -> None:
    texts = texts_of(owner)

    assert {language: list(faults(texts, catalogue)) for language, catalogue in kept(owner)} == {
        language: [] for language in languages()
    }


def test_languages_are_those_that_families_here_read_besides_dutch() -> None:
    assert languages() == {"en", "ar", "tr", "pl", "uk"}


@of_each_owner
def test_a_template_translates_no_text_that_nobody_can_collect(owner: Path) -> None:
    assert {
        str(file): lines
        for file in owner.rglob("*.html")
        if (lines := said_by_variable(file.read_text(encoding="utf-8")))
    } == {}


def test_a_text_from_a_variable_is_seen() -> None:
    assert said_by_variable(
        '{{ _("Goed") }}\n{{ _(title) }}\n{{ ngettext("Een", words, 2) }}{{ said_in(code, "Goed") }}'
    ) == [2, 3]


@of_each_owner
def test_a_template_that_translates_something_translates_everything(owner: Path) -> None:
    assert {
        str(file): said for file in owner.rglob("*.html") if (said := not_wrapped(file.read_text(encoding="utf-8")))
    } == {}


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("<p>{{ _('Goed') }}</p><p>Tot straks</p>", ["Tot straks"]),
        ("{{ _('Goed') }}<nav aria-label=\"Hoofdmenu\"></nav>", ["Hoofdmenu"]),
        ("{{ ui.heading('Soort hulp', 2) }}{{ _('Goed') }}", ["Soort hulp"]),
        ("{{ ui.link('Meer', '/kaart') }}{{ ngettext('%(num)s dag', '%(num)s dagen', 2) }}", ["Meer"]),
        ("{{ ui.heading('Nog geheel in het Nederlands') }}", []),
        ("{% extends 'layout.html' %}<p class='schakel-quiet'>{{ _('Goed') }}: {{ service.name }}</p>", []),
    ],
)
def test_half_a_translated_page_is_seen(template: str, said: list[str]) -> None:
    assert not_wrapped(template) == said


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, "missing"),
        ({"Bel %(desk)s": ""}, "not translated"),
        ({"Bel %(desk)s": "Call us"}, "other facts or tags"),
        ({"Bel %(desk)s": "Call %(desk)s at %(hour)s"}, "other facts or tags"),
        ({"Bel %(desk)s": "Call <b>%(desk)s</b>"}, "other facts or tags"),
        ({"Bel %(desk)s": 'Call "%(desk)s"'}, "straight quotes"),
        ({"Bel %(desk)s": "Call %(desk)s", "Weg": "Gone"}, "no page says it any more"),
    ],
)
def test_a_catalogue_that_says_something_else_is_refused(said: dict[str, str], fault: str) -> None:
    texts, catalogue = Catalog(), Catalog("tr")
    texts.add("Bel %(desk)s")
    for source, translation in said.items():
        catalogue.add(source, translation)

    (found,) = faults(texts, catalogue)
    assert fault in found


@pytest.mark.parametrize(
    ("forms", "right"),
    [
        (["%(num)s hour", "%(num)s hours"], False),
        (["godzina", "%(num)s godziny", "%(num)s godzin"], True),
        (["%(num)s godzina", "%(number)s godziny", "%(num)s godzin"], False),
    ],
)
def test_a_text_that_counts_has_every_plural_of_its_language(forms: list[str], right: bool) -> None:  # noqa: FBT001
    texts, catalogue = Catalog(), Catalog("pl")
    texts.add(("%(num)s uur", "%(num)s uren"))
    catalogue.add(("%(num)s uur", "%(num)s uren"), tuple(forms))

    assert (list(faults(texts, catalogue)) == []) is right


def test_a_translation_in_doubt_is_refused() -> None:
    texts, catalogue = Catalog(), Catalog("uk")
    texts.add("Goed")
    catalogue.add("Goed", "Добре", flags={"fuzzy"})

    assert list(faults(texts, catalogue)) == ["'Goed': marked as in doubt"]
