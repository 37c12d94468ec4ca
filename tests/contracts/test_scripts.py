"""Scripts: every translated text is written in the letters of its language, and no other language's text strayed in."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog

from tests.architecture.tree import ROOT
from tests.contracts.catalogues import KEPT, OWNERS, forms_of, kept

# Families here read two languages in letters of their own; Latin ones stand in those too: names, codes, addresses.
SCRIPTS: Final = {"ar": "ARABIC", "uk": "CYRILLIC"}
# A source with fewer letters than this around its facts may leave nothing but the facts: "op %(day)s".
FEW_LETTERS: Final = 4

of_each_owner = pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: str(owner.relative_to(ROOT)))


def _strays(language: str, catalogue: Catalog) -> Iterator[str]:
    own = SCRIPTS.get(language)
    for message in catalogue:
        if not message.id:
            continue
        needs_own = own and all(len(_letters(source)) >= FEW_LETTERS for source in forms_of(message.id))
        for form in filter(None, forms_of(message.string)):
            scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in _letters(form)}
            if scripts & {*SCRIPTS.values()} - {own} or (needs_own and own not in scripts):
                yield f"{message.id!r}: {form!r}"


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, KEPT.sub("", text)))


@of_each_owner
def test_every_text_is_written_in_the_letters_of_its_language(owner: Path) -> None:
    strays = {language: list(_strays(language, catalogue)) for language, catalogue in kept(owner)}

    assert {language: found for language, found in strays.items() if found} == {}


@pytest.mark.parametrize(
    ("language", "source", "said", "right"),
    [
        ("en", "Stop", "توقف", False),
        ("tr", "Stop", "Припинити", False),
        ("uk", "Stop", "توقف", False),
        ("ar", "Stop", "Припинити", False),
        ("uk", "Stop", "Stop", False),
        ("ar", "Bel %(desk)s vandaag", "Call %(desk)s", False),
        ("ar", "Stop", "توقف", True),
        ("uk", "Stop", "Припинити", True),
        ("pl", "Stop", "Zakończ", True),
        ("uk", "Werk je met Schakel?", "Ви працюєте із системою Schakel?", True),
        ("uk", "op %(day)s", "%(day)s", True),
        ("uk", "Bel", "", True),
    ],
)
def test_letters_of_another_language_are_seen(language: str, source: str, said: str, right: bool) -> None:  # noqa: FBT001
    catalogue = Catalog(language)
    catalogue.add(source, said)

    assert (list(_strays(language, catalogue)) == []) is right


def test_each_form_of_a_text_that_counts_is_looked_at() -> None:
    catalogue = Catalog("en")
    catalogue.add(("%(num)s uur", "%(num)s uren"), ("%(num)s hour", "%(num)s ساعات"))

    assert len(list(_strays("en", catalogue))) == 1
