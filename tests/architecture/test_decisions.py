"""Every decision names what holds it, and that is there."""

import re

from tests.architecture.tree import ROOT, functions, project

HELD_BY = re.compile(r"^\*Held by\* (.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"`(?:[\w/.]+::)?(\w+)`")


def decisions() -> dict[str, str]:
    """Title and text of each."""
    text = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: part for part in parts}


def test_every_decision_says_why_what_and_with_what_consequences() -> None:
    for title, text in decisions().items():
        for part in ("*Context.*", "*Decision.*", "*Consequences.*", "*Held by*"):
            assert part in text, f"{title}: {part} is missing"


def test_every_decision_is_held_by_tests_that_exist() -> None:
    there = {node.name for source in project().under("tests") for node in functions(source)}
    for title, text in decisions().items():
        named = [name for held in HELD_BY.findall(text) for name in NAME.findall(held)]
        assert named, f"{title}: no test is named"
        assert set(named) <= there, f"{title}: {sorted(set(named) - there)} does not exist"


def test_every_decision_names_each_test_once_and_ends_with_an_empty_line() -> None:
    for title, text in list(decisions().items())[:-1]:
        named = [name for held in HELD_BY.findall(text) for name in NAME.findall(held)]
        twice = {name for name in named if named.count(name) > 1}
        assert not twice, f"{title}: {sorted(twice)} twice"
        assert text.endswith("\n\n"), f"{title}: the next heading stands against it"


def test_no_decision_has_a_code_but_that_of_a_promise() -> None:
    for title, text in decisions().items():
        codes = {code for each in re.findall(r"\(([A-Z]\d+(?:, [A-Z]\d+)*)\)", text) for code in each.split(", ")}
        assert not {code for code in codes if not code.startswith("P")}, f"{title}: {sorted(codes)}"


def test_decisions_are_numbered_in_order() -> None:
    assert [int(title.partition(".")[0]) for title in decisions()] == list(range(1, len(decisions()) + 1))
