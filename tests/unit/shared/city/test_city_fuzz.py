"""Whatever stands in a city's file, it is a city or it is refused in words; and lines are the right ones."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.kernel.city import City
from shared.kernel.city.file import CityInvalid, city_of, tables_of
from shared.kernel.city.lines import Path as Place
from shared.kernel.city.lines import lines_of
from shared.kernel.city.problems import Problem
from tests.parts.city import SCHIEWIJK, tables

TEXT = SCHIEWIJK.read_text(encoding="utf-8")
FILE = Path("city.toml")
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(), st.times(), st.datetimes()
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def places(inside: object, path: Place = ()) -> list[Place]:
    """Every place in these tables."""
    items = inside.items() if isinstance(inside, dict) else enumerate(inside) if isinstance(inside, list) else ()
    return [found for key, value in items for found in [(*path, key), *places(value, (*path, key))]]


PLACES = places(tables())


def said_in_words(text: str, read: Callable[[], City]) -> None:
    """It is a city, or what is wrong is said, on a line that there is."""
    found: list[Problem] = []
    try:
        read()
    except CityInvalid as refused:
        found = refused.found or [Problem(-1, "", "")]
    assert all(problem.what and 0 <= problem.line <= text.count("\n") + 1 for problem in found)


@given(place=st.sampled_from(PLACES), value=values)
@settings(max_examples=300, deadline=None)
def test_any_value_at_any_place_is_taken_or_refused_in_words(place: Place, value: object) -> None:
    changed = tables()
    inside: Any = changed
    for part in place[:-1]:
        inside = inside[part]
    inside[place[-1]] = value
    said_in_words(TEXT, lambda: city_of(FILE, TEXT, changed))


@given(start=st.integers(0, len(TEXT)), length=st.integers(0, 40), noise=st.text(max_size=10))
@settings(max_examples=300, deadline=None)
def test_any_damage_to_the_text_is_taken_or_refused_in_words(start: int, length: int, noise: str) -> None:
    text = TEXT[:start] + noise + TEXT[start + length :]
    said_in_words(text, lambda: city_of(FILE, text, tables_of(FILE, text)))


keys = st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True) | st.text(
    st.characters(exclude_categories=["C"]), max_size=5
)
texts = st.text(st.characters(exclude_categories=["C"]), max_size=6)
documents = st.dictionaries(
    keys,
    st.one_of(
        texts,
        st.integers(0, 9),
        st.lists(texts, max_size=3),
        st.dictionaries(keys, texts | st.lists(st.lists(texts, max_size=2), max_size=2), max_size=3),
    ),
    max_size=5,
)


class Writer:
    """Writes TOML, and knows on which line it wrote what."""

    def __init__(self) -> None:
        self.text, self.lines = "", dict[Place, int]()

    @property
    def line(self) -> int:
        """The line that is being written."""
        return self.text.count("\n") + 1

    def table(self, table: dict[str, Any], path: Place = ()) -> None:
        """The plain keys first, then a header for each table in it."""
        for key, value in sorted(table.items(), key=lambda item: isinstance(item[1], dict)):
            place = (*path, key)
            self.text += "# a = 1 [x]\n\n" if len(key) % 2 else ""
            self.lines[place] = self.line
            if isinstance(value, dict):
                self.text += (
                    f"[{'.'.join(json.dumps(part, ensure_ascii=False) for part in place)}]  # [no] = 'header'\n"
                )
                self.table(value, place)
            else:
                self.text += f"{json.dumps(key, ensure_ascii=False)} = "
                self.value(value, place)
                self.text += "\n"

    def value(self, value: object, place: Place) -> None:
        """A list one item a line, a text sometimes over several lines."""
        if isinstance(value, list):
            self.text += "[ # ]\n"
            for number, item in enumerate(value):
                self.lines[*place, number] = self.line
                self.value(item, (*place, number))
                self.text += ",\n"
            self.text += "]"
        elif isinstance(value, str) and len(value) % 2:
            self.text += '"""\n' + json.dumps(value, ensure_ascii=False)[1:-1] + '"""'
        else:
            self.text += json.dumps(value, ensure_ascii=False)


@given(documents)
@settings(max_examples=300, deadline=None)
def test_each_key_and_each_item_has_its_line(document: dict[str, Any]) -> None:
    writer = Writer()
    writer.table(document)
    assert tomllib.loads(writer.text) == document
    assert lines_of(writer.text) == writer.lines


def test_lines_of_the_ways_in_which_toml_can_be_written() -> None:
    text = """
a.b.c = 1 # c
[t."x.y"] # ]
'q' = {r = {s = '}'}, t = 2}
[[list]]
k = '''
[no]
k = 2'''
[list.sub]
z = ["a", [
  1 ]]
[[list]]
k = \"\"\"\\\"\"\"\"\"
m = 1
"""
    tomllib.loads(text)
    lines = lines_of(text)
    assert {
        ("a", "b", "c"): 2, ("t", "x.y"): 3, ("t", "x.y", "q", "r", "s"): 4, ("t", "x.y", "q", "t"): 4,
        ("list", 0): 5, ("list", 0, "k"): 6, ("list", 0, "sub", "z", 1): 10, ("list", 0, "sub", "z", 1, 0): 11,
        ("list", 1): 12, ("list", 1, "k"): 13, ("list", 1, "m"): 14,
    }.items() <= lines.items()  # fmt: skip
