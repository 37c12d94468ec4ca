"""Skills passports on PostgreSQL; what stands in one is sealed with a key of its own."""

from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Select, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.passport import Helped, Passport, Skill
from services.community.store.passport_tables import (
    PASSPORT_KEYS,
    PASSPORT_QUESTIONS,
    PASSPORT_SKILLS,
    PASSPORTS,
)
from services.community.store.rows import Row
from services.community.store.seats import SignUpsClosed
from shared.privacy.sealed import Sealing, WrappedKey

_SKILLS: Final = TypeAdapter(tuple[Skill, ...])
_COLUMN: Final = PASSPORT_SKILLS.c.skills.name


class PostgresPassports:
    """The tables `passports`, `passport_keys`, `passport_skills` and `passport_questions`."""

    def __init__(self, connection: AsyncConnection, sealing: Sealing | None) -> None:
        self._connection, self._given = connection, sealing

    async def get(self, person_id: UUID) -> Passport | None:
        # Held first: what belongs to it is read once nobody else changes it.
        held = select(PASSPORTS.c.person_id).where(PASSPORTS.c.person_id == person_id).with_for_update()
        if await self._connection.scalar(held) is None:
            return None
        found = await self._list(_whole().where(PASSPORTS.c.person_id == person_id))
        return found[0] if found else None

    async def save(self, passport: Passport) -> None:
        row = {"person_id": passport.person_id, "on_since": passport.on_since, "helped": passport.helped}
        known = insert(PASSPORTS).values(row).on_conflict_do_update(index_elements=["person_id"], set_=row)
        await self._connection.execute(known)
        # A new key each time: what stood there before opens nowhere, in no copy.
        await self._connection.execute(delete(PASSPORT_KEYS).where(PASSPORT_KEYS.c.person_id == passport.person_id))
        key = self._sealing.new_key(PASSPORT_KEYS.name, passport.person_id)
        text = _SKILLS.dump_json(passport.skills).decode()
        sealed = self._sealing.seal(key, PASSPORT_SKILLS.name, _COLUMN, passport.person_id, text)
        await self._connection.execute(insert(PASSPORT_KEYS).values(person_id=passport.person_id, wrapped=key.wrapped))
        await self._connection.execute(insert(PASSPORT_SKILLS).values(person_id=passport.person_id, skills=sealed))

    async def remove(self, person_id: UUID) -> None:
        await self._connection.execute(delete(PASSPORTS).where(PASSPORTS.c.person_id == person_id))

    async def list_people(self) -> list[UUID]:
        return list(await self._connection.scalars(select(PASSPORTS.c.person_id).order_by(PASSPORTS.c.person_id)))

    async def list_all(self) -> list[Passport]:
        return await self._list(_whole().order_by(PASSPORTS.c.person_id))

    async def add_question(self, endorsement_id: UUID, person_id: UUID) -> None:
        asked = insert(PASSPORT_QUESTIONS).values(endorsement_id=endorsement_id, person_id=person_id)
        await self._connection.execute(asked)

    async def who_asked(self, endorsement_id: UUID) -> UUID | None:
        asked = select(PASSPORT_QUESTIONS.c.person_id).where(PASSPORT_QUESTIONS.c.endorsement_id == endorsement_id)
        found: UUID | None = await self._connection.scalar(asked)
        return found

    async def remove_question(self, endorsement_id: UUID) -> None:
        asked = delete(PASSPORT_QUESTIONS).where(PASSPORT_QUESTIONS.c.endorsement_id == endorsement_id)
        await self._connection.execute(asked)

    async def _list(self, query: Select[Any]) -> list[Passport]:
        return [self._opened(dict(row)) for row in (await self._connection.execute(query)).mappings()]

    def _opened(self, row: Row) -> Passport:
        person_id = row["person_id"]
        key = WrappedKey(PASSPORT_KEYS.name, person_id, row["wrapped"])
        told = self._sealing.open(key, PASSPORT_SKILLS.name, _COLUMN, person_id, row["skills"])
        helped = Helped(row["helped"]) if row["helped"] else None
        return Passport(person_id, row["on_since"], _SKILLS.validate_json(told), helped)

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise SignUpsClosed
        return self._given


def _whole() -> Select[Any]:
    of_key = PASSPORT_KEYS.c.person_id == PASSPORTS.c.person_id
    of_skills = PASSPORT_SKILLS.c.person_id == PASSPORTS.c.person_id
    whole: Select[Any] = select(PASSPORTS, PASSPORT_KEYS.c.wrapped, PASSPORT_SKILLS.c.skills)
    return whole.join(PASSPORT_KEYS, of_key).join(PASSPORT_SKILLS, of_skills)
