"""Patience with what should pass by itself: it is bounded, for one statement that never ends must not stop the rest."""

from collections import Counter
from collections.abc import Hashable

# With the pauses in between some minutes at least: longer than a lock that a migration or a backup holds.
MOST_TRIES = 10


class Patience:
    """How often in a row each thing failed, though the database answers."""

    def __init__(self) -> None:
        self._failures: Counter[Hashable] = Counter()

    def ends(self, *things: Hashable) -> bool:
        """They failed once more; whether that is once too often for one of them."""
        self._failures.update(things)
        return any(self._failures[thing] >= MOST_TRIES for thing in things)

    def renew(self, *things: Hashable) -> None:
        """These are done."""
        for thing in things:
            self._failures.pop(thing, None)
