"""The twins of tables, appointments and organisations that want to meet."""

from collections.abc import Collection
from copy import copy
from datetime import datetime
from uuid import UUID

from services.community.domain.appointment import Appointment
from services.community.domain.introduction import Introduction
from services.community.domain.seat import Seat
from services.community.domain.table_plan import Placing, TablePlan
from tests.twins.tables import MemoryTables


class InMemoryTables:
    """Plans by gathering, and placings by seat."""

    def __init__(self, tables: MemoryTables) -> None:
        self._plans: dict[UUID, TablePlan] = tables.table("table_plans")
        self._rows: dict[UUID, Placing] = tables.table("table_seats")
        self._seats: dict[UUID, Seat] = tables.table("seats")

    async def read_plan(self, gathering_id: UUID) -> TablePlan | None:
        return self._plans.get(gathering_id)

    async def save_plan(self, plan: TablePlan) -> None:
        self._plans[plan.gathering_id] = plan

    async def place(self, placings: Collection[Placing]) -> None:
        for placing in placings:
            self._rows[placing.seat_id] = placing

    async def read_placing(self, seat_id: UUID) -> Placing | None:
        return self._rows.get(seat_id)

    async def list_of(self, gathering_id: UUID) -> list[Placing]:
        theirs = (one for one in self._rows.values() if self._seats[one.seat_id].gathering_id == gathering_id)
        return sorted(theirs, key=lambda one: one.seat_id)

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        for seat_id in seat_ids:
            self._rows.pop(seat_id, None)


class InMemoryAppointments:
    """Appointments by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Appointment] = tables.table("appointments")

    async def get(self, appointment_id: UUID) -> Appointment | None:
        return await self.read(appointment_id)

    async def read(self, appointment_id: UUID) -> Appointment | None:
        found = self._rows.get(appointment_id)
        return copy(found) if found else None

    async def save(self, appointment: Appointment) -> None:
        self._rows[appointment.id] = copy(appointment)

    async def list_of(self, seat_id: UUID) -> list[Appointment]:
        theirs = (copy(one) for one in self._rows.values() if seat_id in one.both)
        return sorted(theirs, key=lambda one: (one.starts_at, one.id))

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        for one in list(self._rows.values()):
            if set(one.both) & set(seat_ids):
                del self._rows[one.id]


class InMemoryIntroductions:
    """Requests by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Introduction] = tables.table("introductions")

    async def add(self, introduction: Introduction) -> bool:
        pair = (introduction.from_id, introduction.to_id)
        if any((one.from_id, one.to_id) == pair for one in self._rows.values()):
            return False
        await self.save(introduction)
        return True

    async def get(self, introduction_id: UUID) -> Introduction | None:
        found = self._rows.get(introduction_id)
        return copy(found) if found else None

    async def save(self, introduction: Introduction) -> None:
        self._rows[introduction.id] = copy(introduction)

    async def list_of(self, organisation_id: UUID) -> list[Introduction]:
        theirs = (copy(one) for one in self._rows.values() if organisation_id in {one.from_id, one.to_id})
        return sorted(theirs, key=lambda one: (one.asked_at, one.id))

    async def forget_of_person(self, person_id: UUID) -> None:
        for one in list(self._rows.values()):
            if person_id in {one.asked_by, one.answered_by}:
                del self._rows[one.id]

    async def forget_before(self, asked: datetime) -> None:
        for one in list(self._rows.values()):
            if one.asked_at < asked:
                del self._rows[one.id]
