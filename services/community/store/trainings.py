"""Codes on printed cards, trainings, and organisations in touch, on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.card_code import CardCode
from services.community.domain.contact import ContactKind, OrganisationContact
from services.community.domain.training import Training, TrainingTold
from services.community.store.card_tables import CARD_CODES, ORGANISATION_CONTACTS, TRAININGS
from services.community.store.rows import Row
from services.community.store.table_rows import TableRows


class PostgresCardCodes:
    """The table `card_codes`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, CARD_CODES)

    async def add(self, code: CardCode) -> None:
        await self._rows.write(asdict(code))

    async def read(self, code_id: UUID) -> CardCode | None:
        row = await self._rows.find(code_id)
        return CardCode(**row) if row else None

    async def find_of_person(self, person_id: UUID) -> CardCode | None:
        theirs = select(CARD_CODES).where(CARD_CODES.c.person_id == person_id).limit(1)
        return next((CardCode(**row) for row in await self._rows.list_rows(theirs)), None)

    async def withdraw(self, person_id: UUID) -> None:
        theirs = update(CARD_CODES).where(CARD_CODES.c.person_id == person_id)
        await self._connection.execute(theirs.values(person_id=None))

    async def forget_before(self, made: datetime) -> None:
        await self._connection.execute(delete(CARD_CODES).where(CARD_CODES.c.made_at < made))


class PostgresTrainings:
    """The table `trainings`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, TRAININGS)

    async def get(self, person_id: UUID) -> Training | None:
        row = await self._rows.find(person_id, locked=True)
        return _training_of(row) if row else None

    async def read_each(self, person_ids: Collection[UUID]) -> dict[UUID, Training]:
        rows = await self._rows.list_rows(select(TRAININGS).where(TRAININGS.c.person_id.in_(person_ids)))
        return {row["person_id"]: _training_of(row) for row in rows}

    async def save(self, training: Training) -> None:
        await self._rows.write(asdict(training))

    async def list_untold(self, ending: date, ended: date) -> list[UUID]:
        soon = and_(TRAININGS.c.valid_until <= ending, TRAININGS.c.told == TrainingTold.NOTHING)
        over = and_(TRAININGS.c.valid_until < ended, TRAININGS.c.told != TrainingTold.EXPIRED)
        due = select(TRAININGS.c.person_id).where(or_(soon, over)).order_by(TRAININGS.c.person_id)
        return list(await self._connection.scalars(due))

    async def remove(self, person_id: UUID) -> None:
        await self._rows.remove(person_id)


class PostgresOrganisationContacts:
    """The table `organisation_contacts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, contact: OrganisationContact) -> None:
        new = insert(ORGANISATION_CONTACTS).values(asdict(contact))
        later = new.on_conflict_do_update(
            index_elements=["one_id", "other_id"],
            set_={"day": new.excluded.day, "kind": new.excluded.kind},
            where=new.excluded.day >= ORGANISATION_CONTACTS.c.day,
        )
        await self._connection.execute(later)

    async def read(self, one_id: UUID, other_id: UUID) -> OrganisationContact | None:
        both = select(ORGANISATION_CONTACTS).where(
            ORGANISATION_CONTACTS.c.one_id == min(one_id, other_id),
            ORGANISATION_CONTACTS.c.other_id == max(one_id, other_id),
        )
        row = (await self._connection.execute(both)).mappings().one_or_none()
        return OrganisationContact(**{**row, "kind": ContactKind(row["kind"])}) if row else None

    async def forget_before(self, day: date) -> None:
        old = ORGANISATION_CONTACTS.c.day < day
        await self._connection.execute(delete(ORGANISATION_CONTACTS).where(old))


def _training_of(row: Row) -> Training:
    return Training(**{**row, "told": TrainingTold(row["told"])})
