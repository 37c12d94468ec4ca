"""Tables in memory, and the twins of the inbox and of the parking."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.unit_of_work import Parked, ParkedState, Positions, RecordKey, SubjectKey

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

    async def claim(self, ids: Iterable[UUID]) -> set[UUID]:
        """Mark as applied; returns the new ones."""
        new = {one for one in ids if one not in self._claims}
        self._claims.update(dict.fromkeys(new, True))
        return new

    async def release(self, ids: Iterable[UUID]) -> None:
        """Take the marks away."""
        for event_id in ids:
            self._claims.pop(event_id, None)

    async def positions(self, subjects: Iterable[SubjectKey], keys: Iterable[RecordKey] = ()) -> Positions:
        """How far each is, and which are blocked."""
        applied = {subject: self._positions[subject] for subject in subjects if subject in self._positions}
        wanted, first = set(keys), _first(self._parked.values())
        return Positions(applied, {key: sequence for key, (sequence, *_) in first.items() if key in wanted})

    async def advance(self, positions: Mapping[SubjectKey, int]) -> None:
        """Remember how far."""
        for subject, sequence in positions.items():
            self._positions[subject] = max(sequence, self._positions.get(subject, 0))


class InMemoryParking:
    """Parked events in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[str, Parked] = tables.table("parked_events")
        self._positions: dict[SubjectKey, int] = tables.table("inbox_positions")

    async def park(self, parked: Parked) -> None:
        """Put it aside."""
        there = self._rows.get(parked.event_id)
        self._rows[parked.event_id] = (
            replace(there, state=parked.state, reason=parked.reason, attempts=parked.attempts) if there else parked
        )

    async def of_subject(self, service: str, subject: str) -> list[Parked]:
        """Everything of one subject."""
        rows = [row for row in self._rows.values() if (row.service, row.subject) == (service, subject)]
        return sorted(rows, key=_in_turn)

    async def wanted(self, limit: int) -> list[Parked]:
        """What can leave: what an operator wants retried or skipped, then what waited and whose turn has come."""
        first = _first(self._rows.values())
        heads = [row for row in self._rows.values() if _in_turn(row) <= first.get(_key(row), _in_turn(row))]
        asked = [row for row in heads if row.state in {ParkedState.RETRY, ParkedState.SKIP}]
        waited = [row for row in heads if row.state in {ParkedState.BEHIND, ParkedState.GAP}]
        next_ones = [row for row in waited if row.sequence <= self._applied_of(row) + 1]
        return (sorted(asked, key=_oldest_first) + sorted(next_ones, key=_oldest_first))[:limit]

    def _applied_of(self, row: Parked) -> int:
        return self._positions.get((row.service, UUID(row.subject)), 0)

    async def all(self, limit: int) -> list[Parked]:
        """Oldest first."""
        return sorted(self._rows.values(), key=_oldest_first)[:limit]

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


def _key(row: Parked) -> RecordKey:
    return row.service, row.subject


def _in_turn(row: Parked) -> tuple[int, datetime, str]:
    return row.sequence, row.parked_at, row.event_id


def _oldest_first(row: Parked) -> tuple[datetime, int, str]:
    return row.parked_at, row.sequence, row.event_id


def _first(parked: Iterable[Parked]) -> dict[RecordKey, tuple[int, datetime, str]]:
    first = dict[RecordKey, tuple[int, datetime, str]]()
    for row in parked:
        if row.sequence > 0:
            first[_key(row)] = min(_in_turn(row), first.get(_key(row), _in_turn(row)))
    return first
