"""The twins of what the desk writes down: notes, and whom it asked."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.monitoring.domain.notes import Note
from services.monitoring.domain.reading import ReadingPoint
from shared.events.catalogue import wire_name
from shared.events.monitoring import AmbassadorReminded, EscalationReason
from shared.messaging.outbox_rows import OutboxRow
from tests.twins.tables import MemoryTables


class InMemoryNotes:
    """Notes by case."""

    def __init__(self, tables: MemoryTables) -> None:
        self._notes: dict[UUID, Note] = tables.table("notes")

    async def add(self, note: Note) -> None:
        self._notes[note.note_id] = note

    async def list_of_case(self, case_id: UUID) -> list[Note]:
        ours = [one for one in self._notes.values() if one.case_id == case_id]
        return sorted(ours, key=lambda one: (not one.pinned, -one.written_at.timestamp(), one.note_id))

    async def pin(self, case_id: UUID, note_id: UUID, *, pinned: bool) -> None:
        if (note := self._notes.get(note_id)) and note.case_id == case_id:
            self._notes[note_id] = replace(note, pinned=pinned)

    async def remove(self, case_id: UUID, note_id: UUID) -> None:
        if (note := self._notes.get(note_id)) and note.case_id == case_id:
            del self._notes[note_id]

    async def erase(self, case_id: UUID) -> None:
        for note in await self.list_of_case(case_id):
            del self._notes[note.note_id]


class InMemoryReadings:
    """Unusual reading by point."""

    def __init__(self, tables: MemoryTables) -> None:
        self._points: dict[UUID, ReadingPoint] = tables.table("reading_points")

    async def add(self, point: ReadingPoint) -> None:
        self._points[point.point_id] = point

    async def list_open(self) -> list[ReadingPoint]:
        return sorted(self._points.values(), key=lambda one: (one.raised_at, one.point_id))

    async def get(self, point_id: UUID) -> ReadingPoint | None:
        return self._points.get(point_id)

    async def remove(self, point_id: UUID) -> None:
        self._points.pop(point_id, None)


class InMemoryReminders:
    """Who was asked about what, by day."""

    def __init__(self, tables: MemoryTables) -> None:
        self._asked: dict[tuple[UUID, EscalationReason, date], bool] = tables.table("reminders")
        self._outbox: dict[int, tuple[OutboxRow, bool]] = tables.table("outbox")

    async def claim(self, ambassador_id: UUID, reason: EscalationReason, day: date) -> bool:
        asked = (ambassador_id, reason, day)
        first = asked not in self._asked
        self._asked[asked] = True
        return first

    async def forget_code(self, case_code: str) -> None:
        for position, (row, published) in list(self._outbox.items()):
            if row.type == wire_name(AmbassadorReminded) and case_code in row.data:
                told = AmbassadorReminded.model_validate_json(row.data)
                left = tuple(one for one in told.cases if one.case_code != case_code)
                data = told.model_copy(update={"cases": left}).model_dump_json(by_alias=True)
                self._outbox[position] = (row._replace(data=data), published)
