"""What stands in readers' calendars, on PostgreSQL."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete, select

from services.notify.domain.appointment import Appointment, Entry, Occasion
from services.notify.store.tables import AppointmentRow
from shared.messaging.postgres_unit import PostgresUnit


class PostgresAppointments:
    """The table `appointments`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def get(self, about_id: UUID, reader_id: UUID, occasion: Occasion) -> Entry | None:
        found = await self._list(
            col(AppointmentRow.about_id) == about_id,
            col(AppointmentRow.reader_id) == reader_id,
            col(AppointmentRow.occasion) == occasion.value,
        )
        return found[0] if found else None

    async def list_about(self, about_id: UUID) -> list[Entry]:
        return await self._list(col(AppointmentRow.about_id) == about_id)

    async def list_of_case(self, case_id: UUID) -> list[Entry]:
        return await self._list(col(AppointmentRow.case_id) == case_id)

    async def save(self, entry: Entry) -> None:
        appointment = entry.appointment
        changing = {
            "on_day": appointment.on,
            "starts_at": appointment.starts_at,
            "sequence": appointment.sequence,
            "is_cancelled": appointment.is_cancelled,
        }
        row = {
            "id": appointment.id,
            "about_id": entry.about_id,
            "case_id": entry.case_id,
            "reader_id": entry.reader_id,
            "occasion": appointment.occasion.value,
        }
        kept = insert(AppointmentRow).values(**row, **changing)
        await self._unit.session.exec(kept.on_conflict_do_update(index_elements=["id"], set_=changing))

    async def delete_case(self, case_id: UUID) -> int:
        gone = await self._unit.session.exec(delete(AppointmentRow).where(col(AppointmentRow.case_id) == case_id))
        return gone.rowcount

    async def _list(self, *conditions: ColumnElement[Any]) -> list[Entry]:
        query = select(AppointmentRow).where(*conditions).order_by(col(AppointmentRow.id)).with_for_update()
        return [_entry(dict(row)) for row in await self._unit.session.exec(query)]


def _entry(row: dict[str, Any]) -> Entry:
    appointment = Appointment(
        row["id"],
        Occasion(row["occasion"]),
        row["on_day"],
        row["starts_at"],
        row["sequence"],
        row["is_cancelled"],
    )
    return Entry(appointment, row["about_id"], row["case_id"], row["reader_id"])
