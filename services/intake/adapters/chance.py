"""Chance: case codes and the secrets of API keys."""

import secrets
from random import Random

from shared.events.base import CaseCode

# Without look-alikes (no 0 O 1 I L 5 S 2 Z 8 B), so that a code can be read aloud; as in `shared.events.base.CaseCode`.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
HALF = 4
SECRET_PREFIX = "sk_"  # noqa: S105 - says what kind of secret follows
SECRET_BYTES = 32


class RandomCodes:
    """Draws case codes; a seeded generator gives the same codes again."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def new(self) -> CaseCode:
        """A code such as `K7QF-3XHA`; it may be taken already."""
        letters = "".join(self._random.choices(ALPHABET, k=2 * HALF))
        return f"{letters[:HALF]}-{letters[HALF:]}"


def new_secret() -> str:
    """A new API key: `sk_` and 256 random bits."""
    return SECRET_PREFIX + secrets.token_urlsafe(SECRET_BYTES)
