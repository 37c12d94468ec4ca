"""Tables in memory, and the twins of the inbox and of the parking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from shared.events.base import Envelope
from shared.unit_of_work import Parked, ParkedState, Place, Stall, Standing

Rows = dict[Any, Any]


class MemoryTables:
    """Tables by name; those of a transaction are copies. Put in immutable or copied values only."""

    def __init__(self, tables: dict[str, Rows] | None = None) -> None:
        self.tables = tables if tables is not None else {}

    def table(self, name: str) -> Rows:
        """The rows of one table by key."""
        return self.tables.setdefault(name, {})

    def copy(self) -> "MemoryTables":
        """A draft that can be thrown away."""
        return MemoryTables({name: dict(rows) for name, rows in self.tables.items()})


class InMemoryInbox:
    """Applied events and positions in dicts."""

    def __init__(self, tables: MemoryTables) -> None:
        self._claims, self._positions = tables.table("inbox"), tables.table("inbox_positions")
        self._parked: dict[str, Parked] = tables.table("parked_events")

    async def claim(self, envelopes: Sequence[Envelope]) -> set[UUID]:
        """Mark as applied; returns the new ones."""
        new = {envelope.id for envelope in envelopes} - self._claims.keys()
        self._claims.update(dict.fromkeys(new, True))
        return new

    async def release(self, ids: Iterable[UUID]) -> None:
        """Take the marks away."""
        for event_id in ids:
            self._claims.pop(event_id, None)

    async def standing(self, places: Iterable[Place], stalls: Iterable[Stall] = ()) -> Standing:
        """How far each is, and which stand still."""
        positions = {place: self._positions[place] for place in places if place in self._positions}
        wanted, lowest = set(stalls), _lowest(self._parked.values())
        return Standing(positions, {stall: sequence for stall, sequence in lowest.items() if stall in wanted})

    async def advance(self, positions: Mapping[Place, int]) -> None:
        """Remember how far."""
        for place, sequence in positions.items():
            self._positions[place] = max(sequence, self._positions.get(place, 0))


class InMemoryParking:
    """Parked events in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[str, Parked] = tables.table("parked_events")

    async def park(self, parked: Parked) -> None:
        """Put it aside."""
        there = self._rows.get(parked.event_id)
        self._rows[parked.event_id] = (
            replace(there, state=parked.state, reason=parked.reason, attempts=parked.attempts) if there else parked
        )

    async def of_subject(self, service: str, subject: str) -> list[Parked]:
        """Everything of one subject."""
        rows = [row for row in self._rows.values() if (row.service, row.subject) == (service, subject)]
        return sorted(rows, key=lambda row: row.sequence)

    async def wanted(self, limit: int) -> list[Parked]:
        """Those to retry or skip, then those that wait with nothing before them."""
        asked = [row for row in self._rows.values() if row.state in {ParkedState.RETRY, ParkedState.SKIP}]
        waits = [row for row in self._rows.values() if row.state in {ParkedState.BEHIND, ParkedState.GAP}]
        lowest = _lowest(self._rows.values())
        heads = [row for row in waits if lowest[row.service, row.subject] == row.sequence]
        return [row for part in (asked, heads) for row in sorted(part, key=lambda row: row.parked_at)][:limit]

    async def all(self, limit: int) -> list[Parked]:
        """Oldest first."""
        return sorted(self._rows.values(), key=lambda row: (row.parked_at, row.sequence))[:limit]

    async def get(self, event_id: str) -> Parked | None:
        """One of them."""
        return self._rows.get(event_id)

    async def mark(self, event_id: str, state: ParkedState) -> bool:
        """Ask for a retry or a skip."""
        if event_id not in self._rows:
            return False
        self._rows[event_id] = replace(self._rows[event_id], state=state)
        return True

    async def remove(self, event_id: str) -> None:
        """It is done with."""
        self._rows.pop(event_id, None)


def _lowest(parked: Iterable[Parked]) -> dict[Stall, int]:
    lowest = dict[Stall, int]()
    for row in parked:
        if row.sequence > 0:
            stall = (row.service, row.subject)
            lowest[stall] = min(row.sequence, lowest.get(stall, row.sequence))
    return lowest
