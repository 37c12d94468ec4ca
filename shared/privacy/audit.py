"""The audit chain: each line carries the hash of the one before, so that a changed or missing line shows.

This module only makes and checks lines; intake's store keeps them.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

BEGINNING = bytes(32)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who read or changed what, when, for whom and why. Codes and ids only; never the value itself."""

    id: UUID
    at: datetime
    actor_id: UUID
    action: str
    case_id: UUID
    fields: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry at its place (`position` 1, 2, 3, …) in the chain."""

    position: int
    entry: AuditEntry
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold, and why, in words."""

    position: int
    reason: str


def append(entry: AuditEntry, last: AuditLine | None) -> AuditLine:
    """The line that comes after `last` (None: the first of the chain). Lock the last row before you call this."""
    position = last.position + 1 if last else 1
    previous = last.hash if last else BEGINNING
    return AuditLine(position, entry, previous, _hash(position, entry, previous))


def verify(lines: Iterable[AuditLine]) -> Break | None:
    """The first break in the whole chain, in order of position; None when it holds."""
    previous, expected = BEGINNING, 1
    for line in lines:
        if line.position != expected:
            return Break(expected, f"line {expected} is missing; {line.position} comes next")
        if not hmac.compare_digest(line.previous_hash, previous):
            return Break(line.position, "it does not follow the line before it")
        if not hmac.compare_digest(line.hash, _hash(line.position, line.entry, previous)):
            return Break(line.position, "it was changed after it was written")
        previous, expected = line.hash, expected + 1
    return None


def _hash(position: int, entry: AuditEntry, previous: bytes) -> bytes:
    content = {
        "position": position,
        "id": str(entry.id),
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": str(entry.actor_id),
        "action": entry.action,
        "case": str(entry.case_id),
        "fields": list(entry.fields),
        "purpose": entry.purpose,
    }
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(previous + written.encode()).digest()
