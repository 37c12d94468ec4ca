"""The twins of who goes along to an appointment."""

from collections.abc import Collection
from copy import copy
from datetime import date
from uuid import UUID

from services.community.domain.company import OPEN, Companion, CompanionAsk, Company, Moment
from tests.twins.tables import MemoryTables


class HeldLimits:
    """Who is at their limit, as a test says."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, bool] = tables.table("limits")

    def reach(self, person_id: UUID) -> None:
        """From now on this person is."""
        self._rows[person_id] = True

    async def at_limit(self, people: Collection[UUID]) -> frozenset[UUID]:
        return frozenset(one for one in people if one in self._rows)


class InMemoryCompanions:
    """Who goes along by person, and who was asked."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Companion] = tables.table("companions")
        self._asks: dict[tuple[UUID, UUID], CompanionAsk] = tables.table("companion_asks")

    async def get(self, person_id: UUID) -> Companion | None:
        return self._rows.get(person_id)

    async def save(self, companion: Companion) -> None:
        self._rows[companion.person_id] = companion

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)
        for key in [one for one in self._asks if one[1] == person_id]:
            del self._asks[key]

    async def hold_all(self) -> list[Companion]:
        return sorted(self._rows.values(), key=lambda one: one.person_id)

    async def list_asks(self) -> list[CompanionAsk]:
        return sorted(self._asks.values(), key=lambda one: (one.asked_at, one.person_id))

    async def add_ask(self, ask: CompanionAsk) -> None:
        self._asks[ask.company_id, ask.person_id] = ask


class InMemoryCompanies:
    """Bookings by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Company] = tables.table("companies")
        self._asks: dict[tuple[UUID, UUID], CompanionAsk] = tables.table("companion_asks")

    async def get(self, company_id: UUID) -> Company | None:
        return await self.read(company_id)

    async def read(self, company_id: UUID) -> Company | None:
        found = self._rows.get(company_id)
        return copy(found) if found else None

    async def save(self, company: Company) -> None:
        self._rows[company.id] = copy(company)

    async def list_of(self, person_id: UUID) -> list[Company]:
        theirs = (copy(one) for one in self._rows.values() if person_id in {one.booked_by, one.person_id})
        return sorted(theirs, key=lambda one: (one.moment.day, one.id))

    async def list_busy(self, moment: Moment) -> list[UUID]:
        then = (one for one in self._rows.values() if one.moment == moment and one.state in OPEN)
        return sorted(one.person_id for one in then if one.person_id)

    async def remove(self, company_id: UUID) -> None:
        self._rows.pop(company_id, None)
        for key in [one for one in self._asks if one[0] == company_id]:
            del self._asks[key]

    async def forget_before(self, day: date) -> None:
        for one in list(self._rows.values()):
            if one.moment.day < day:
                await self.remove(one.id)
