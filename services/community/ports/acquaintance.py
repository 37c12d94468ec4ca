"""Who sits where, who meets again, and which organisations want to meet."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.community.domain.appointment import Appointment
from services.community.domain.introduction import Introduction
from services.community.domain.table_plan import Placing, TablePlan


class Tables(Protocol):
    """The tables of gatherings. Whoever changes them holds the gathering first."""

    async def read_plan(self, gathering_id: UUID) -> TablePlan | None:
        """None: nobody made one."""

    async def save_plan(self, plan: TablePlan) -> None:
        """Keep it."""

    async def place(self, placings: Collection[Placing]) -> None:
        """In place of where these seats were before."""

    async def read_placing(self, seat_id: UUID) -> Placing | None:
        """None: it has no table."""

    async def list_of(self, gathering_id: UUID) -> list[Placing]:
        """Those of one gathering, by seat."""

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        """These seats have no table any more."""


class Appointments(Protocol):
    """The appointments of people who met at a gathering."""

    async def get(self, appointment_id: UUID) -> Appointment | None:
        """One, locked until the transaction ends."""

    async def read(self, appointment_id: UUID) -> Appointment | None:
        """One, to look at."""

    async def save(self, appointment: Appointment) -> None:
        """Keep it."""

    async def list_of(self, seat_id: UUID) -> list[Appointment]:
        """Those of one seat, in their order."""

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        """Those of these seats are gone."""


class Introductions(Protocol):
    """The requests of organisations to meet."""

    async def add(self, introduction: Introduction) -> bool:
        """A new one; False: the one asked the other already."""

    async def get(self, introduction_id: UUID) -> Introduction | None:
        """One, locked until the transaction ends."""

    async def save(self, introduction: Introduction) -> None:
        """Keep it."""

    async def list_of(self, organisation_id: UUID) -> list[Introduction]:
        """Those that it asked, and those that are asked of it, the oldest first."""

    async def forget_of_person(self, person_id: UUID) -> None:
        """Those that this person asked or answered are gone."""

    async def forget_before(self, asked: datetime) -> None:
        """Those that were asked before this are gone."""
