"""The outbox as a relay may find it: a transaction that took its place early can be committed late."""

from collections.abc import Collection
from random import Random
from typing import Any
from uuid import UUID

from shared.messaging.outbox_rows import OutboxRow
from tests.simulation.faults import Faults
from tests.twins.unit_of_work import InMemoryOutboxRows, MemoryUnits

LATE_RATE = 0.08
LATE_AT_MOST = 6


class LateRows(InMemoryOutboxRows):
    """Rows that are there, and whose transaction the relay does not see yet.

    With one row of a subject all later ones of it are late: their transactions wait for its lock.
    """

    def __init__(self, units: MemoryUnits[Any], random: Random, faults: Faults) -> None:
        super().__init__(units)
        self._random, self._faults = random, faults
        self._looked_at = 0
        # From which position a subject is late, and how often the relay still looks in vain.
        self._late: dict[UUID, tuple[int, int]] = {}

    async def waiting(self, limit: int, *, but_not: Collection[int] = ()) -> list[OutboxRow]:
        """The first that are not published and are committed, in order of writing."""
        rows = await super().waiting(1_000_000, but_not=but_not)
        self._look(rows)
        return [row for row in rows if row.position < self._late_from(row.subject)][:limit]

    def _late_from(self, subject: UUID) -> int:
        return self._late.get(subject, (2**63, 0))[0]

    def _look(self, rows: list[OutboxRow]) -> None:
        """Nothing stays late once the faults are over."""
        self._late = {
            subject: (position, left - 1)
            for subject, (position, left) in self._late.items()
            if left > 1 and self._faults.rate
        }
        for row in rows:
            if row.position > self._looked_at and self._faults.rate and self._random.random() < LATE_RATE:
                self._late.setdefault(row.subject, (row.position, self._random.randint(1, LATE_AT_MOST)))
        self._looked_at = max((row.position for row in rows), default=self._looked_at)
