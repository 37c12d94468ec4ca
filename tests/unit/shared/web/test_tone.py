"""One tone: pages, mails and the answers of the API say "je", as people do who help together."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
DISTANT = re.compile(r"\b[Uu]w?\b")


def distant(text: str) -> list[str]:
    """The lines that say "u" or "uw"."""
    return [line.strip() for line in text.splitlines() if DISTANT.search(line)]


@pytest.mark.parametrize("kind", ["html", "txt", "py"])
def test_nothing_that_people_read_keeps_them_at_a_distance(kind: str) -> None:
    texts = [path for folder in ("services", "shared", "deploy") for path in (ROOT / folder).rglob(f"*.{kind}")]
    assert texts
    assert {str(path): found for path in texts if (found := distant(path.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize("line", ["Kunt u helpen?", "U hoeft niets te doen.", "Vul uw naam in.", "<p>Uw antwoord</p>"])
def test_distance_is_found(line: str) -> None:
    assert distant(line) == [line]


@pytest.mark.parametrize("line", ["Kun je helpen?", "Om 9 uur, in Utrecht.", "Een nieuwe buur"])
def test_other_words_are_not_taken_for_it(line: str) -> None:
    assert distant(line) == []
