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


def test_decisions_are_numbered_in_order() -> None:
    assert [int(title.partition(".")[0]) for title in decisions()] == list(range(1, len(decisions()) + 1))
