"""The chain of the audit log, that only its key can write, and how far it is.

Each line carries a keyed hash (HMAC-SHA256) of itself and of the line before, so that a changed, missing or added line
shows to whoever holds the service's `audit_key`, and cannot be made good by whoever may write to the database.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from shared.privacy.audit import AuditEntry

BEGINNING: Final = bytes(32)
_HEAD: Final = b"head"
_DERIVED: Final = b"derived key"


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain is: its last position and that line's hash."""

    position: int = 0
    hash: bytes = BEGINNING


class Mark(StrEnum):
    """What else a head that stands outside the database says."""

    PUT_BACK = "put_back"  # a backup was put back, and the log is so far again
    PRUNED = "pruned"  # the lines up to here were kept as long as they had to be, and are gone


@dataclass(frozen=True, slots=True)
class Anchored:
    """A head that stands outside the database, and since when."""

    head: Head
    at: datetime
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry at its place (`position` 1, 2, 3, …) in the chain."""

    position: int
    entry: AuditEntry
    previous_hash: bytes
    hash: bytes

    @property
    def head(self) -> Head:
        """How far the chain is with this line."""
        return Head(self.position, self.hash)


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold, and why, in words."""

    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class AuditChain:
    """Writes and checks the lines of one service with its key, which is in no database."""

    key: str = field(repr=False)

    def append(self, entry: AuditEntry, last: Head) -> AuditLine:
        """The line that comes after `last` (`Head()`: the first). Whoever calls this holds the chain's lock."""
        position = last.position + 1
        return AuditLine(position, entry, last.hash, self._hash(position, entry, last.hash))

    def verify(self, lines: Iterable[AuditLine], after: Head | None = None) -> Break | None:
        """The first break in these lines, which follow `after` (None: the beginning); None when they hold."""
        last = after or Head()
        for line in lines:
            if (found := self._wrong_with(line, last)) is not None:
                return found
            last = line.head
        return None

    def sealed_head(self, anchored: Anchored) -> Mapping[str, str | int]:
        """How far the chain is, to be kept outside the database."""
        head, when = anchored.head, anchored.at.astimezone(UTC).isoformat(timespec="microseconds")
        mark = {anchored.mark.value: 1} if anchored.mark else {}
        seal = self._mac(_HEAD, _json([head.position, head.hash.hex(), when, *mark]))
        return {"position": head.position, "hash": head.hash.hex(), "at": when, **mark, "seal": seal.hex()}

    def opened_head(self, record: Mapping[str, Any]) -> Anchored | None:
        """What `sealed_head` wrote; None when somebody changed it."""
        try:
            head = Head(int(record["position"]), bytes.fromhex(record["hash"]))
            mark = next((one for one in Mark if one in record), None)
            anchored = Anchored(head, datetime.fromisoformat(record["at"]), mark)
            same = hmac.compare_digest(str(self.sealed_head(anchored)["seal"]), str(record["seal"]))
        except (KeyError, TypeError, ValueError):
            return None
        return anchored if same else None

    def derived_key(self, purpose: str) -> bytes:
        """Another key of this service, for this purpose alone: it tells nothing of this one or of other such."""
        return self._mac(_DERIVED, purpose)

    def _wrong_with(self, line: AuditLine, last: Head) -> Break | None:
        expected = last.position + 1
        if line.position != expected:
            return Break(expected, f"line {expected} is missing; {line.position} comes next")
        if not hmac.compare_digest(line.previous_hash, last.hash):
            return Break(line.position, "it does not follow the line before it")
        if not hmac.compare_digest(line.hash, self._hash(line.position, line.entry, last.hash)):
            return Break(line.position, "it was changed after it was written, or made without the key")
        return None

    def _hash(self, position: int, entry: AuditEntry, previous: bytes) -> bytes:
        return self._mac(previous, _json({"position": position, **asdict(entry)}))

    def _mac(self, label: bytes, content: str) -> bytes:
        return hmac.new(self.key.encode(), label + content.encode(), hashlib.sha256).digest()


def _json(content: object) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_written)


def _written(value: object) -> str:
    """The same instant is written in one way, whatever its zone."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)
