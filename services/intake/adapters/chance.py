"""Chance: case codes."""

from random import Random

from shared.events.base import CODE_LETTERS, CaseCode

HALF = 4


class RandomCodes:
    """Draws case codes; a seeded generator gives the same codes again."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def new(self) -> CaseCode:
        letters = "".join(self._random.choices(CODE_LETTERS, k=2 * HALF))
        return f"{letters[:HALF]}-{letters[HALF:]}"
