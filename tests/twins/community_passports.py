"""The twin of the skills passports."""

from copy import copy
from uuid import UUID

from services.community.domain.passport import Passport
from tests.twins.tables import MemoryTables


class InMemoryPassports:
    """Passports by person, and who asked for which word."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Passport] = tables.table("passports")
        self._questions: dict[UUID, UUID] = tables.table("passport_questions")

    async def get(self, person_id: UUID) -> Passport | None:
        found = self._rows.get(person_id)
        return copy(found) if found else None

    async def save(self, passport: Passport) -> None:
        self._rows[passport.person_id] = copy(passport)

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)
        for one in [key for key, whose in self._questions.items() if whose == person_id]:
            del self._questions[one]

    async def list_people(self) -> list[UUID]:
        return sorted(self._rows)

    async def list_all(self) -> list[Passport]:
        return [copy(self._rows[one]) for one in sorted(self._rows)]

    async def add_question(self, endorsement_id: UUID, person_id: UUID) -> None:
        self._questions[endorsement_id] = person_id

    async def who_asked(self, endorsement_id: UUID) -> UUID | None:
        return self._questions.get(endorsement_id)

    async def remove_question(self, endorsement_id: UUID) -> None:
        self._questions.pop(endorsement_id, None)
