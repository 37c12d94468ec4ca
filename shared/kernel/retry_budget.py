"""How often something may fail with a transient error: one that never passes must not stop everything else."""

from collections import Counter
from collections.abc import Hashable

# With the pauses in between at least some minutes: longer than a migration or a backup holds a lock.
MOST_TRIES = 10


class RetryBudget:
    """Counts the failures in a row of each thing, for as long as the database answers."""

    def __init__(self) -> None:
        self._failures: Counter[Hashable] = Counter()

    def exhausted(self, *things: Hashable) -> bool:
        """Count one more failure of these; whether that was the last try of one of them."""
        self._failures.update(things)
        return any(self._failures[thing] >= MOST_TRIES for thing in things)

    def reset(self, *things: Hashable) -> None:
        """These succeeded."""
        for thing in things:
            self._failures.pop(thing, None)
