"""docs/architecture.md leads to what is there, and each kind of change touches few files."""

import re

import pytest

from tests.architecture import page
from tests.architecture.tree import ROOT

TEXT = page.PAGE.read_text(encoding="utf-8")
SAMPLE = """### Add a mail: 2 files
1. `services/notify/templates/<code>/body.txt`: what it says.
2. `services/notify/subscriptions.py`: when.

Then `make check`.
"""


def test_every_link_of_the_page_leads_to_a_file_that_defines_what_it_names() -> None:
    assert [fault for link in page.links(TEXT) if (fault := link.fault())] == []


def test_link_to_what_is_not_there_is_a_fault() -> None:
    bad = "[`Case.vanish`](../services/intake/domain/case.py), [`nobody`](../README.md), [gone](../gone.py)"
    assert [bool(link.fault()) for link in page.links(bad)] == [True, False, True]


def test_page_has_a_recipe_for_each_kind_of_change_within_its_limit() -> None:
    found = {recipe.what: recipe for recipe in page.recipes(TEXT)}
    assert found.keys() == page.LIMITS.keys()
    assert [what for what, recipe in found.items() if recipe.count != len(recipe.files)] == []
    assert [what for what, recipe in found.items() if recipe.count > page.LIMITS[what]] == []


def test_recipe_counts_each_file_that_its_steps_name() -> None:
    (recipe,) = page.recipes(SAMPLE)
    assert (recipe.what, recipe.count) == ("a mail", 2)
    template, table = recipe.files
    assert (template, table) == ("services/notify/templates/<code>/body.txt", "services/notify/subscriptions.py")


@pytest.mark.parametrize("recipe", page.recipes(TEXT), ids=lambda recipe: recipe.what)
def test_files_that_a_recipe_names_are_there(recipe: page.Recipe) -> None:
    fixed = [file for file in recipe.files if not set("<{*") & set(file)]
    assert [file for file in fixed if not (ROOT / file).exists()] == []


def test_page_names_every_question_that_one_service_asks_another() -> None:
    # Several at once are the same question.
    asked = re.compile(r"^class (\w+[^s]|\w+Words)\(Question\)", re.MULTILINE)
    files = sorted((ROOT / "shared" / "events").glob("*.py"))
    named = [
        f"[`{name}`](../shared/events/{file.name})"
        for file in files
        for name in asked.findall(file.read_text(encoding="utf-8"))
    ]
    assert len(named) > 1
    assert [link for link in named if link not in TEXT] == []
