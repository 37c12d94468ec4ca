"""The audit log: who read or changed what, about whom, from where and why; in a chain that only its key can write.

Each line carries a keyed hash (HMAC-SHA256) of itself and of the line before, so that a changed, missing or added line
shows to whoever holds the service's `audit_key`, and cannot be made good by whoever may write to the database.
A line holds codes and ids only, never a value: what stands in it can never be erased.

What a line says, by the names of NEN 7513 (and of the Logboek dataverwerkingen):

| here | NEN 7513 | Logboek dataverwerkingen |
|---|---|---|
| `at` | datum en tijd | start_time |
| `action` | gebeurteniscode, actiecode | name |
| `outcome` | resultaat | status |
| `actor.person_id`, `role`, `organisation_id` | gebruikers-ID, gebruikersrol, zorgaanbieder | dpl.core.user |
| `actor.in_place_of` | ID van verantwoordelijke gebruiker | |
| `actor.via`, `via_id` | toegangspunt: type en ID | resource |
| `about`, `about_id`, `case_id` | object: identificatortype en identificator | dpl.core.data_subject_id |
| `fields` | categorie van gegevens | |
| `purpose` | autorisatieprotocol | dpl.core.processing_activity_id |
| `reason` | noodprocedure, toestemmingsprofiel | |
| `trace_id` | | trace_id |
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

BEGINNING: Final = bytes(32)
_HEAD: Final = b"head"


class Action(StrEnum):
    """What was done, or tried."""

    READ = "read"
    WRITE = "write"
    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    EXPORT = "export"
    ERASE = "erase"
    BREAK_GLASS = "break-glass"
    ADMINISTER = "administer"


class Outcome(StrEnum):
    """What became of it."""

    DONE = "done"
    REFUSED = "refused"


class Via(StrEnum):
    """The way in."""

    PAGE = "page"
    API = "api"  # `via_id`: the key's id
    LINK = "link"  # `via_id`: the mailed link's id, never its token
    COMMAND = "command"  # `via_id`: whose account on the machine, hashed
    JOB = "job"  # the service by itself: an event, a clock; `via_id`: the other service that asked


class About(StrEnum):
    """Whom or what a line is about."""

    CASE = "case"
    PERSON = "person"
    ORGANISATION = "organisation"
    REFERRAL = "referral"
    NEED = "need"
    MESSAGE = "message"
    NOBODY = "nobody"  # many at once, or nobody that is known


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as what, in whose place, and which way they came in."""

    person_id: UUID | None
    via: Via
    via_id: str | None = None
    role: str | None = None
    organisation_id: UUID | None = None
    in_place_of: UUID | None = None


ITSELF: Final = Actor(None, Via.JOB)
"""The service, which follows an event or a clock."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done or tried. Codes and ids only; never the value itself."""

    id: UUID
    at: datetime
    actor: Actor
    action: Action
    about: About
    about_id: UUID | None
    fields: tuple[str, ...]
    purpose: str
    reason: str | None = None
    outcome: Outcome = Outcome.DONE
    trace_id: str | None = None
    case_id: UUID | None = None
    """Of which case it is, when it is about something of one: a need, a referral, a mail."""


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


class Audit(Protocol):
    """The audit log: what is recorded here is written at commit, chained to the lines before."""

    @property
    def actor(self) -> Actor:
        """Whoever acts in this unit; at first the service itself."""

    def by(self, actor: Actor) -> None:
        """Whoever acts from here on."""

    def in_place_of(self, person_id: UUID | None) -> None:
        """Whom the actor stands in for from here on; None: they act for themselves."""

    def of_case(self, case_id: UUID | None) -> None:
        """Of which case everything is that this unit tells about something else than a case."""

    def record(
        self,
        action: Action,
        about: About,
        about_id: UUID | None,
        purpose: str,
        *,
        fields: Collection[str] = (),
        reason: str | None = None,
        outcome: Outcome = Outcome.DONE,
    ) -> None:
        """A line about this. Codes and ids only: what stands in it can never be erased."""

    def at_least(self, action: Action, about: About, about_id: UUID | None, purpose: str) -> None:
        """This line is written when the work tells nothing itself of whom it is about."""
