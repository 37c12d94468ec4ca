"""Appointments of people who met, and organisations that want to meet, on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.appointment import Appointment, AppointmentState
from services.community.domain.introduction import Introduction, IntroductionState
from services.community.store.acquaintance_tables import APPOINTMENTS, INTRODUCTIONS
from services.community.store.rows import Row
from services.community.store.table_rows import TableRows


class PostgresAppointments:
    """The table `appointments`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, APPOINTMENTS)

    async def get(self, appointment_id: UUID) -> Appointment | None:
        row = await self._rows.find(appointment_id, locked=True)
        return _appointment_of(row) if row else None

    async def read(self, appointment_id: UUID) -> Appointment | None:
        row = await self._rows.find(appointment_id)
        return _appointment_of(row) if row else None

    async def save(self, appointment: Appointment) -> None:
        await self._rows.write(asdict(appointment))

    async def list_of(self, seat_id: UUID) -> list[Appointment]:
        theirs = select(APPOINTMENTS).where(
            or_(APPOINTMENTS.c.seat_id == seat_id, APPOINTMENTS.c.with_seat_id == seat_id)
        )
        in_order = theirs.order_by(APPOINTMENTS.c.starts_at, APPOINTMENTS.c.id)
        return [_appointment_of(row) for row in await self._rows.list_rows(in_order)]

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        theirs = or_(APPOINTMENTS.c.seat_id.in_(seat_ids), APPOINTMENTS.c.with_seat_id.in_(seat_ids))
        await self._connection.execute(delete(APPOINTMENTS).where(theirs))


class PostgresIntroductions:
    """The table `introductions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, INTRODUCTIONS)

    async def add(self, introduction: Introduction) -> bool:
        added = insert(INTRODUCTIONS).values(asdict(introduction))
        once = added.on_conflict_do_nothing(index_elements=["from_id", "to_id"]).returning(INTRODUCTIONS.c.id)
        return await self._connection.scalar(once) is not None

    async def get(self, introduction_id: UUID) -> Introduction | None:
        row = await self._rows.find(introduction_id, locked=True)
        return _introduction_of(row) if row else None

    async def save(self, introduction: Introduction) -> None:
        await self._rows.write(asdict(introduction))

    async def list_of(self, organisation_id: UUID) -> list[Introduction]:
        theirs = or_(INTRODUCTIONS.c.from_id == organisation_id, INTRODUCTIONS.c.to_id == organisation_id)
        in_order = select(INTRODUCTIONS).where(theirs).order_by(INTRODUCTIONS.c.asked_at, INTRODUCTIONS.c.id)
        return [_introduction_of(row) for row in await self._rows.list_rows(in_order)]

    async def forget_of_person(self, person_id: UUID) -> None:
        theirs = or_(INTRODUCTIONS.c.asked_by == person_id, INTRODUCTIONS.c.answered_by == person_id)
        await self._connection.execute(delete(INTRODUCTIONS).where(theirs))

    async def forget_before(self, asked: datetime) -> None:
        await self._connection.execute(delete(INTRODUCTIONS).where(INTRODUCTIONS.c.asked_at < asked))


def _appointment_of(row: Row) -> Appointment:
    return Appointment(**{**row, "state": AppointmentState(row["state"])})


def _introduction_of(row: Row) -> Introduction:
    return Introduction(**{**row, "state": IntroductionState(row["state"])})
