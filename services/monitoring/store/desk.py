"""What the desk writes down: notes about cases, and whom it asked about several cases at once."""

from datetime import date
from uuid import UUID

from sqlalchemy import Text, cast, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, JSONPATH, insert
from sqlmodel import col, delete, select, update

from services.monitoring.domain.notes import Note
from services.monitoring.store.tables import NoteRow, ReminderRow
from shared.events.catalogue import wire_name
from shared.events.monitoring import AmbassadorReminded, EscalationReason
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.storage.tables import outbox


class PostgresNotes:
    """The table `notes`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit

    async def add(self, note: Note) -> None:
        await self._connection.execute(
            insert(NoteRow).values(
                note_id=note.note_id,
                case_id=note.case_id,
                written_by=note.written_by,
                written_at=note.written_at,
                words=note.words,
                pinned=note.pinned,
            )
        )

    async def list_of_case(self, case_id: UUID) -> list[Note]:
        notes = select(NoteRow).where(NoteRow.case_id == case_id).execution_options(populate_existing=True)
        newest = notes.order_by(col(NoteRow.pinned).desc(), col(NoteRow.written_at).desc(), col(NoteRow.note_id))
        return [
            Note(row.note_id, row.case_id, row.written_by, row.written_at, row.words, row.pinned)
            for row in await self._unit.session.exec(newest)
        ]

    async def pin(self, case_id: UUID, note_id: UUID, *, pinned: bool) -> None:
        this = update(NoteRow).where(col(NoteRow.case_id) == case_id, col(NoteRow.note_id) == note_id)
        await self._connection.execute(this.values(pinned=pinned))

    async def remove(self, case_id: UUID, note_id: UUID) -> None:
        await self._connection.execute(
            delete(NoteRow).where(col(NoteRow.case_id) == case_id, col(NoteRow.note_id) == note_id)
        )

    async def erase(self, case_id: UUID) -> None:
        await self._connection.execute(delete(NoteRow).where(col(NoteRow.case_id) == case_id))


class PostgresReminders:
    """The table `reminders`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection

    async def claim(self, ambassador_id: UUID, reason: EscalationReason, day: date) -> bool:
        asked = insert(ReminderRow).values(ambassador_id=ambassador_id, reason=reason.value, asked_for=day)
        done = await self._connection.execute(asked.on_conflict_do_nothing())
        return done.rowcount == 1

    async def forget_code(self, case_code: str) -> None:
        # Other cases stand in the same event: it stays, without this one.
        told = cast(outbox.c.data, JSONB)
        others = func.jsonb_path_query_array(
            told, cast("$.cases[*] ? (@.caseCode != $code)", JSONPATH), func.jsonb_build_object("code", case_code)
        )
        left = func.jsonb_set(told, cast(["cases"], ARRAY(Text)), others)
        of_it = outbox.c.type == wire_name(AmbassadorReminded), outbox.c.data.contains(case_code, autoescape=True)
        await self._connection.execute(update(outbox).where(*of_it).values(data=cast(left, Text)))
