"""People and their attempts to sign in, on PostgreSQL."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import select as select_columns
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete, select, update

from services.matching.domain.network import Person, email_key
from services.matching.domain.second_factor import SecondFactor
from services.matching.domain.sign_in import SignIn
from services.matching.ports.people import PeopleQuery
from services.matching.store.looking_for_people import people_wanted
from services.matching.store.network_rows import person_of, person_values
from services.matching.store.network_tables import PersonRow
from services.matching.store.tables import PEOPLE, SecondFactorRow, SignInRow, upsert
from shared.access.members import from_json
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.storage.bulk_insert import document_of, insert_document
from shared.storage.database import TryAgain
from shared.storage.statements import Statement

# Hot: every batch of mails asks for addresses.
_PEOPLE = """
    SELECT id, name, email, phone, memberships, active, epoch, deputy_id, away_from, away_until,
           kinds, leaves_on, version
    FROM people
"""
_BY_IDS = Statement(f"{_PEOPLE} WHERE id = ANY(CAST(:ids AS uuid[]))")
_BY_EMAILS = Statement(f"{_PEOPLE} WHERE email_key = ANY(CAST(:keys AS text[]))")
# In the order of the ids, so that two who hold the same people never wait for each other.
_HOLD = Statement("SELECT id FROM people WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY id FOR SHARE")
_ADD_ALL = insert_document(PEOPLE, "ON CONFLICT DO NOTHING RETURNING id")


class PostgresPeople:
    """The table `people`. What an import does tens of thousands of times goes over the connection."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit

    async def get(self, person_id: UUID) -> Person | None:
        return await self._one(_people(PEOPLE.c.id == person_id).with_for_update())

    async def read(self, person_id: UUID) -> Person | None:
        return await self._one(_people(PEOPLE.c.id == person_id))

    async def read_by_email(self, email: str) -> Person | None:
        return await self._one(_people(PEOPLE.c.email_key == email_key(email)))

    async def list_by_emails(self, emails: Collection[str]) -> list[Person]:
        keys = list({*map(email_key, emails)})
        return [_person_of(row) for row in await _BY_EMAILS.rows(self._connection, {"keys": keys})]

    async def list_by_ids(self, person_ids: Collection[UUID]) -> list[Person]:
        rows = await _BY_IDS.rows(self._connection, {"ids": list(person_ids)})
        by_id = {row[0]: _person_of(row) for row in rows}
        return [by_id[person_id] for person_id in person_ids if person_id in by_id]

    async def hold(self, person_ids: Collection[UUID]) -> list[Person]:
        await _HOLD.rows(self._connection, {"ids": list(person_ids)})
        return await self.list_by_ids(person_ids)

    async def hold_next(self, after: UUID, limit: int) -> list[Person]:
        query = _people(PEOPLE.c.id > after).order_by(PEOPLE.c.id).limit(limit).with_for_update(read=True)
        return [person_of(row) for row in await self._connection.execute(query)]

    async def list_of_organisation(self, organisation_id: UUID) -> list[Person]:
        here = col(PersonRow.memberships).contains([{"organisationId": str(organisation_id)}])
        active = select(PersonRow).where(here, col(PersonRow.active))
        query = active.order_by(col(PersonRow.name), col(PersonRow.id)).execution_options(populate_existing=True)
        return [person_of(row) for row in await self._unit.session.exec(query)]

    async def list_page(self, query: PeopleQuery) -> tuple[list[Person], int]:
        wanted = people_wanted(query)
        total = await self._connection.scalar(select_columns(func.count()).select_from(PEOPLE).where(*wanted))
        by_name = select_columns(PEOPLE).where(*wanted).order_by(PEOPLE.c.name, PEOPLE.c.id)
        page = by_name.offset((query.page - 1) * query.per_page).limit(query.per_page)
        return [person_of(row) for row in await self._connection.execute(page)], total or 0

    async def add(self, person: Person) -> Person:
        # No error of the database: it would break the transaction, and write the address into the server's log.
        added = insert(PEOPLE).values(person_values(person)).on_conflict_do_nothing()
        if (await self._connection.execute(added)).rowcount:
            return person
        known = await self.read_by_email(person.email) or await self.read(person.id)
        if known is None:
            raise TryAgain("the address was changed in between")
        return known

    async def add_all(self, newcomers: Sequence[Person]) -> set[UUID]:
        # In the order of their addresses, so that two who add the same people never wait for each other.
        rows = [person_values(one) for one in sorted(newcomers, key=lambda one: email_key(one.email))]
        return {row[0] for row in await _ADD_ALL.rows(self._connection, document_of(rows))}

    async def save(self, person: Person) -> None:
        await self._connection.execute(upsert(PEOPLE, person_values(person)))

    async def _one(self, query: Select[Any]) -> Person | None:
        row = (await self._connection.execute(query)).one_or_none()
        return person_of(row) if row else None


def _person_of(row: Any) -> Person:  # noqa: ANN401 - a row of the driver
    memberships, kinds = from_json(row["memberships"]), tuple(row["kinds"])
    return Person(**{**dict(row), "memberships": memberships, "kinds": kinds})


def _people(which: ColumnElement[bool]) -> Select[Any]:
    return select_columns(PEOPLE).where(which)


class PostgresSignIns:
    """The table `sign_ins`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def get(self, sign_in_id: UUID) -> SignIn | None:
        row = await self._unit.session.get(SignInRow, sign_in_id, with_for_update=True, populate_existing=True)
        return _sign_in_of(row) if row else None

    async def read(self, sign_in_id: UUID) -> SignIn | None:
        row = await self._unit.session.get(SignInRow, sign_in_id, populate_existing=True)
        return _sign_in_of(row) if row else None

    async def save(self, sign_in: SignIn) -> None:
        await self._unit.session.merge(_sign_in_row(sign_in))

    async def list_of_lane(self, lane: str, since: datetime, limit: int) -> list[SignIn]:
        # They are deleted soon after they end; what ended before `since` was asked for before it.
        recent = select(SignInRow).where(col(SignInRow.lane) == lane, col(SignInRow.expires_at) > since)
        rows = await self._unit.session.exec(
            recent.order_by(col(SignInRow.expires_at).desc(), col(SignInRow.id).desc()).limit(limit)
        )
        return [_sign_in_of(row) for row in rows]

    async def count_second_tries(self, person_id: UUID, since: datetime) -> int:
        theirs = (col(SignInRow.person_id) == person_id, col(SignInRow.expires_at) > since)
        counted = select(func.coalesce(func.sum(col(SignInRow.second_tries)), 0)).where(*theirs)
        return int((await self._unit.session.exec(counted)).one())

    async def close_all_of(self, person_id: UUID) -> None:
        unused = (col(SignInRow.person_id) == person_id, col(SignInRow.used).is_(False))
        await self._unit.session.exec(update(SignInRow).where(*unused).values(used=True))

    async def forget(self, before: datetime) -> int:
        old = delete(SignInRow).where(col(SignInRow.expires_at) < before)
        return (await self._unit.session.exec(old)).rowcount


def _sign_in_of(row: SignInRow) -> SignIn:
    return SignIn(**{each.name: getattr(row, each.name) for each in fields(SignIn)})


def _sign_in_row(sign_in: SignIn) -> SignInRow:
    return SignInRow(**{each.name: getattr(sign_in, each.name) for each in fields(SignIn)})


class PostgresSecondFactors:
    """The table `second_factors`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def get(self, person_id: UUID) -> SecondFactor | None:
        return await self._read(person_id, lock=True)

    async def read(self, person_id: UUID) -> SecondFactor | None:
        return await self._read(person_id, lock=False)

    async def save(self, factor: SecondFactor) -> None:
        values = {each.name: getattr(factor, each.name) for each in fields(SecondFactor)}
        await self._unit.session.merge(SecondFactorRow(**values | {"recovery_hashes": list(factor.recovery_hashes)}))

    async def remove(self, person_id: UUID) -> None:
        await self._unit.session.exec(delete(SecondFactorRow).where(col(SecondFactorRow.person_id) == person_id))

    async def _read(self, person_id: UUID, *, lock: bool) -> SecondFactor | None:
        row = await self._unit.session.get(SecondFactorRow, person_id, with_for_update=lock, populate_existing=True)
        if row is None:
            return None
        values = {each.name: getattr(row, each.name) for each in fields(SecondFactor)}
        return SecondFactor(**values | {"recovery_hashes": tuple(row.recovery_hashes)})
