"""A file with a social map that somebody of the desk sent: looked at, taken over, and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.matching.domain.entry import Changes, FieldChange
from services.matching.domain.map_import_errors import ImportOver, NothingToTakeOver, NothingToUndo
from services.matching.domain.network import Organisation, Person, Service

KEPT_FOR: Final = timedelta(weeks=1)
"""So long a file that was sent can be taken over, and its refused rows downloaded; then the file is gone."""


AS_SENT: Final = -1
REFUSED_ROWS: Final = -2


class ImportState(StrEnum):
    """What is being done with a file, or was. Those in WORKING are the worker's."""

    SENT = "sent"
    COMPARING = "comparing"
    READY = "ready"
    TAKING = "taking"
    TAKEN = "taken"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part of a file as it is kept, and how many rows of the file it has."""

    rows: int
    content: bytes


class LineKind(StrEnum):
    """What a line is about; `row`: only a place in the file."""

    ORGANISATION = "organisation"
    SERVICE = "service"
    PERSON = "person"
    ROW = "row"


class Verdict(StrEnum):
    """What a file makes of something. `missing`: it stood in an earlier file of this source; it is never deleted.

    `back`: it was missing, and stands in this file again, as it is on the map.
    """

    NEW = "new"
    CHANGED = "changed"
    MISSING = "missing"
    BACK = "back"
    REFUSED = "refused"
    REMARK = "remark"


class Outcome(StrEnum):
    """What became of a line. `left`: it was other than the preview said; `kept`: others changed it before the undo."""

    SHOWN = "shown"
    TAKEN = "taken"
    LEFT = "left"
    UNDONE = "undone"
    KEPT = "kept"


WORKING: Final = frozenset({ImportState.SENT, ImportState.COMPARING, ImportState.TAKING, ImportState.UNDOING})
CHANGING: Final = frozenset({ImportState.TAKING, ImportState.UNDOING})
KIND_OF: Final[Mapping[type, LineKind]] = {
    Organisation: LineKind.ORGANISATION, Service: LineKind.SERVICE, Person: LineKind.PERSON,
}  # fmt: skip


@dataclass(slots=True)
class MapImport:
    """One file: who sent it, how far it is, and who took it over or back. `rows` of it there are, `done` of which done.

    While it is worked at, `part` is the next one: a worker that dies goes on there.
    """

    id: UUID
    filename: str
    source: str
    size: int
    digest: str
    sent_by: UUID
    sent_at: datetime
    state: ImportState = ImportState.SENT
    rows: int = 0
    done: int = 0
    part: int = 0
    taken_by: UUID | None = None
    taken_at: datetime | None = None
    undone_by: UUID | None = None
    undone_at: datetime | None = None

    @property
    def kept_until(self) -> datetime:
        """When the file goes."""
        return self.sent_at + KEPT_FOR

    @property
    def is_working(self) -> bool:
        """Whether the worker is at it, or will be."""
        return self.state in WORKING

    def compare(self, rows: int) -> None:
        """It could be read: each of its rows is held against the map."""
        self.state, self.rows, self.done, self.part = ImportState.COMPARING, rows, 0, 0

    def take(self, by: UUID, *, changes: int, at: datetime) -> None:
        """Somebody says yes to what they saw. Raises ImportOver, NothingToTakeOver."""
        if self.state is not ImportState.READY or at >= self.kept_until:
            raise ImportOver
        if not changes:
            raise NothingToTakeOver
        self.state, self.done, self.part = ImportState.TAKING, 0, 0
        self.taken_by, self.taken_at = by, at

    def undo(self, by: UUID, *, lines: int, at: datetime) -> None:
        """Somebody wants it back as it was; `lines`: of so many. Raises NothingToUndo."""
        if not self.can_be_undone:
            raise NothingToUndo
        self.state, self.rows, self.done = ImportState.UNDOING, lines, 0
        self.undone_by, self.undone_at = by, at

    @property
    def can_be_undone(self) -> bool:
        """Whether something of it was taken over that was not taken back; also when either broke off half-way."""
        return self.taken_at is not None and self.state in {ImportState.TAKEN, ImportState.FAILED}

    def done_with_part(self, rows: int, *, is_last: bool) -> None:
        """One part more; after the last one the work is over."""
        self.part, self.done = self.part + 1, min(self.done + rows, self.rows)
        if is_last:
            after = {
                ImportState.COMPARING: ImportState.READY,
                ImportState.TAKING: ImportState.TAKEN,
                ImportState.UNDOING: ImportState.UNDONE,
            }
            self.state, self.done = after[self.state], self.rows

    def break_off(self) -> None:
        """It cannot go on; what was done of it stays done, and can be taken back."""
        self.state = ImportState.FAILED


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One thing that a file says or does. `number` counts within the import; `version`: of the entry, as it was taken.

    Of what is new, `changes` is empty.
    """

    kind: LineKind
    verdict: Verdict
    name: str = ""
    subject_id: UUID | None = None
    line: int = 0
    column: str = ""
    problem: str = ""
    example: str = ""
    changes: Changes = ()
    outcome: Outcome = Outcome.SHOWN
    version: int = 0
    number: int = 0

    def after(self, later: "ImportLine") -> "ImportLine":
        """Both as one: what stood there at first, and what stands there at last."""
        first = {one.field: one.old for one in self.changes}
        merged = {one.field: one for one in self.changes}
        for one in later.changes:
            merged[one.field] = FieldChange(one.field, first.get(one.field, one.old), one.new)
        changes = tuple(merged.values()) if self.verdict is Verdict.CHANGED else ()
        return replace(later, number=self.number, verdict=self.verdict, changes=changes)

    def settled(self, outcome: Outcome, version: int = 0) -> "ImportLine":
        """The same with what became of it; `version`: of the entry, as it was taken."""
        return replace(self, outcome=outcome, version=version or self.version)


@dataclass(frozen=True, slots=True)
class LineCount:
    """How many lines there are of one kind."""

    kind: LineKind
    verdict: Verdict
    outcome: Outcome
    lines: int


@dataclass(frozen=True, slots=True)
class LineQuery:
    """Which lines a page shows."""

    verdict: Verdict
    outcome: Outcome | None = None
    page: int = 1
    per_page: int = 50
