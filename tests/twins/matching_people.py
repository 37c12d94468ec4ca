"""People and their attempts to sign in, in memory: the twin of `services.matching.store.people`."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.matching.domain.network import Person
from services.matching.domain.second_factor import SecondFactor
from services.matching.domain.sign_in import SignIn
from tests.twins.tables import MemoryTables


class InMemoryPeople:
    """People in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Person] = tables.table("people")

    async def get(self, person_id: UUID) -> Person | None:
        return self._rows.get(person_id)

    async def read(self, person_id: UUID) -> Person | None:
        return self._rows.get(person_id)

    async def list_by_ids(self, person_ids: Collection[UUID]) -> list[Person]:
        return [self._rows[person_id] for person_id in person_ids if person_id in self._rows]

    async def read_by_email(self, email: str) -> Person | None:
        wanted = email.strip().lower()
        return next((row for row in self._rows.values() if row.email.lower() == wanted), None)

    async def list_of_organisation(self, organisation_id: UUID) -> list[Person]:
        rows = (row for row in self._rows.values() if row.works_for(organisation_id))
        return sorted(rows, key=lambda row: (row.name, row.id))

    async def add(self, person: Person) -> Person:
        known = await self.read_by_email(person.email)
        return known or self._rows.setdefault(person.id, person)

    async def save(self, person: Person) -> None:
        self._rows[person.id] = person


class InMemorySignIns:
    """Attempts to sign in, in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, SignIn] = tables.table("sign_ins")

    async def get(self, sign_in_id: UUID) -> SignIn | None:
        return await self.read(sign_in_id)

    async def read(self, sign_in_id: UUID) -> SignIn | None:
        row = self._rows.get(sign_in_id)
        return replace(row) if row else None

    async def save(self, sign_in: SignIn) -> None:
        self._rows[sign_in.id] = replace(sign_in)

    async def list_of_lane(self, lane: str, since: datetime, limit: int) -> list[SignIn]:
        rows = [row for row in self._rows.values() if row.lane == lane and row.expires_at > since]
        return [replace(row) for row in sorted(rows, key=lambda row: (row.expires_at, row.id), reverse=True)[:limit]]

    async def close_all_of(self, person_id: UUID) -> None:
        for row in list(self._rows.values()):
            if row.person_id == person_id:
                self._rows[row.id] = replace(row, used=True)

    async def forget(self, before: datetime) -> int:
        over = [row.id for row in self._rows.values() if row.expires_at < before]
        for sign_in_id in over:
            del self._rows[sign_in_id]
        return len(over)


class InMemorySecondFactors:
    """Second factors in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, SecondFactor] = tables.table("second_factors")

    async def get(self, person_id: UUID) -> SecondFactor | None:
        return self._rows.get(person_id)

    async def read(self, person_id: UUID) -> SecondFactor | None:
        return self._rows.get(person_id)

    async def save(self, factor: SecondFactor) -> None:
        self._rows[factor.person_id] = factor

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)
