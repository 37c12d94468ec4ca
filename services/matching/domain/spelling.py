"""Words that look alike: how many letters differ, and keys by which a table finds them without reading all words."""

from itertools import combinations
from typing import Final

SHORTEST: Final = 4
LONG: Final = 8
# Two words that differ in two places have a key in common when both leave two of these letters out.
BEGINNING: Final = 7


def allowed(word: str, other: str) -> int:
    """How many letters may differ: none in short words, one, and two when both are long."""
    shorter = min(len(word), len(other))
    return 0 if shorter < SHORTEST else 1 if shorter < LONG else 2


def keys_of(word: str) -> frozenset[str]:
    """What is left of its beginning with one letter left out, or two of a long word. Words that are alike share one."""
    if len(word) < SHORTEST:
        return frozenset()
    begins = word[:BEGINNING]
    most = 2 if len(word) >= LONG else 1
    return frozenset(
        "".join(letter for at, letter in enumerate(begins) if at not in gone)
        for number in range(most + 1)
        for gone in combinations(range(len(begins)), number)
    )


def differences(word: str, other: str) -> int:
    """Letters too many, too few, other ones, and neighbours that changed places."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        now = [row]
        for column, facing in enumerate(other, 1):
            cost = min(above[column] + 1, now[-1] + 1, above[column - 1] + (letter != facing))
            if before and column > 1 and letter == other[column - 2] and word[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, above = above, now
    return above[-1]


def look_alike(word: str, other: str) -> int | None:
    """In how many letters they differ; None: too many."""
    most = allowed(word, other)
    if not most or abs(len(word) - len(other)) > most:
        return None
    found = differences(word, other)
    return found if found <= most else None
