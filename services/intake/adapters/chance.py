"""Chance: case codes."""

from random import Random

from shared.events.base import CaseCode

# Without look-alikes (no 0 O 1 I L 5 S 2 Z 8 B), so that a code can be read aloud; as in `shared.events.base.CaseCode`.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
HALF = 4


class RandomCodes:
    """Draws case codes; a seeded generator gives the same codes again."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def new(self) -> CaseCode:
        letters = "".join(self._random.choices(ALPHABET, k=2 * HALF))
        return f"{letters[:HALF]}-{letters[HALF:]}"
