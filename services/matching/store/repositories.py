"""The store on PostgreSQL: Core statements inside the transaction of the unit."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain.case import CaseFile
from services.matching.domain.errors import PartnerAlreadyActive
from services.matching.domain.network import Organisation, Person
from services.matching.domain.referral import Referral
from services.matching.domain.rules import TAKES_A_PLACE
from services.matching.ports import Considered
from services.matching.store.rows import (
    case_of,
    case_values,
    need_values,
    organisation_of,
    person_of,
    referral_of,
    values_of,
)
from services.matching.store.sign_ins import PostgresSignIns
from services.matching.store.social_map import PostgresServices, index_again
from services.matching.store.statements import (
    CASES,
    NEEDS,
    ORGANISATIONS,
    PEOPLE,
    RANKINGS,
    REFERRALS,
    upsert,
)
from services.matching.store.tables import ONE_ACTIVE_PER_NEED
from shared.access.links import PostgresLinks
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.storage.database import TryAgain
from shared.storage.statements import Statement

_PEOPLE = Statement("SELECT * FROM people WHERE id = ANY(CAST(:ids AS uuid[]))")
_CASE = CASES.columns.keys()
_ADD_CASE = Statement(
    f"""
    INSERT INTO cases ({", ".join(_CASE)})
    VALUES ({", ".join(f":{name}" for name in _CASE)}) ON CONFLICT (id) DO NOTHING
    """  # noqa: S608 - our own columns
)


class PostgresCases:
    """The tables `cases` and `needs`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, case_id: UUID) -> CaseFile | None:
        return await self._read(select(CASES).where(CASES.c.id == case_id).with_for_update())

    async def look_at(self, case_id: UUID) -> CaseFile | None:
        return await self._read(select(CASES).where(CASES.c.id == case_id))

    async def add(self, case: CaseFile) -> None:
        await _ADD_CASE.rows(self._connection, case_values(case))

    async def save(self, case: CaseFile) -> None:
        await self._connection.execute(upsert(CASES, case_values(case)))
        others = delete(NEEDS).where(NEEDS.c.case_id == case.id, NEEDS.c.id.not_in(list(case.needs)))
        await self._connection.execute(others)
        if case.needs:
            await self._connection.execute(upsert(NEEDS, need_values(case)))

    async def _read(self, query: Select[tuple[object, ...]]) -> CaseFile | None:
        row = (await self._connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        needs = await self._connection.execute(select(NEEDS).where(NEEDS.c.case_id == row["id"]))
        return case_of(row, needs.mappings().all())


class PostgresReferrals:
    """The tables `referrals` and `rankings`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, referral_id: UUID) -> Referral | None:
        found = await self._read(select(REFERRALS).where(REFERRALS.c.id == referral_id))
        return found[0] if found else None

    async def of_case(self, case_id: UUID) -> list[Referral]:
        return await self._read(select(REFERRALS).where(REFERRALS.c.case_id == case_id).order_by(REFERRALS.c.id))

    async def of_need(self, need_id: UUID) -> list[Referral]:
        return await self._read(select(REFERRALS).where(REFERRALS.c.need_id == need_id).order_by(REFERRALS.c.id))

    async def newest(
        self, limit: int, *, school_id: UUID | None = None, partner_id: UUID | None = None
    ) -> list[Referral]:
        query = select(REFERRALS).order_by(REFERRALS.c.id.desc()).limit(limit)
        if school_id is not None:
            query = query.join(CASES, CASES.c.id == REFERRALS.c.case_id).where(CASES.c.organisation_id == school_id)
        if partner_id is not None:
            query = query.where(REFERRALS.c.organisation_id == partner_id)
        return await self._read(query)

    async def save(self, referral: Referral) -> None:
        try:
            # Its own savepoint, so that the refusal leaves the transaction whole.
            async with self._connection.begin_nested():
                await self._connection.execute(upsert(REFERRALS, values_of(referral)))
        except IntegrityError as error:
            if ONE_ACTIVE_PER_NEED in str(error.orig):
                raise PartnerAlreadyActive from error
            raise

    async def load(self, service_ids: Collection[UUID]) -> Mapping[UUID, int]:
        query = (
            select(REFERRALS.c.service_id, func.count().label("open"))
            .where(REFERRALS.c.service_id.in_(list(service_ids)), REFERRALS.c.state.in_(sorted(TAKES_A_PLACE)))
            .group_by(REFERRALS.c.service_id)
        )
        return {row.service_id: row.open for row in await self._connection.execute(query)}

    async def keep_ranking(self, need_id: UUID, considered: Sequence[Considered]) -> None:
        await self._connection.execute(delete(RANKINGS).where(RANKINGS.c.need_id == need_id))
        rows = [
            {
                "need_id": need_id,
                "line": line,
                "position": item.position,
                "service_id": item.service_id,
                "organisation_id": item.organisation_id,
                "score": item.score,
                "reasons": list(item.reasons),
            }
            for line, item in enumerate(considered)
        ]
        if rows:
            await self._connection.execute(insert(RANKINGS), rows)

    async def ranking(self, need_id: UUID) -> list[Considered]:
        query = select(RANKINGS).where(RANKINGS.c.need_id == need_id).order_by(RANKINGS.c.line)
        return [
            Considered(row.position, row.service_id, row.organisation_id, row.score, tuple(row.reasons))
            for row in await self._connection.execute(query)
        ]

    async def forget_case(self, case_id: UUID) -> None:
        needs = select(NEEDS.c.id).where(NEEDS.c.case_id == case_id)
        asked = select(REFERRALS.c.need_id).where(REFERRALS.c.case_id == case_id)
        await self._connection.execute(delete(RANKINGS).where(RANKINGS.c.need_id.in_(needs.union(asked))))
        await self._connection.execute(delete(REFERRALS).where(REFERRALS.c.case_id == case_id))

    async def _read(self, query: Select[tuple[object, ...]]) -> list[Referral]:
        return [referral_of(row) for row in (await self._connection.execute(query)).mappings()]


class PostgresOrganisations:
    """The table `organisations`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, organisation_id: UUID) -> Organisation | None:
        query = select(ORGANISATIONS).where(ORGANISATIONS.c.id == organisation_id)
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return organisation_of(row) if row else None

    async def many(self, organisation_ids: Collection[UUID]) -> dict[UUID, Organisation]:
        query = select(ORGANISATIONS).where(ORGANISATIONS.c.id.in_(list(organisation_ids)))
        return {row["id"]: organisation_of(row) for row in (await self._connection.execute(query)).mappings()}

    async def save(self, organisation: Organisation) -> None:
        await self._connection.execute(upsert(ORGANISATIONS, values_of(organisation)))
        await index_again(self._connection, organisation)

    async def page(self, page: int, per_page: int) -> tuple[list[Organisation], int]:
        total = (await self._connection.execute(select(func.count()).select_from(ORGANISATIONS))).scalar_one()
        order = (ORGANISATIONS.c.name, ORGANISATIONS.c.id)
        query = select(ORGANISATIONS).order_by(*order).limit(per_page).offset((page - 1) * per_page)
        return [organisation_of(row) for row in (await self._connection.execute(query)).mappings()], total


class PostgresPeople:
    """The table `people`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, person_id: UUID) -> Person | None:
        found = await self.many([person_id])
        return found[0] if found else None

    async def many(self, person_ids: Collection[UUID]) -> list[Person]:
        rows = await _PEOPLE.rows(self._connection, {"ids": list(person_ids)})
        by_id = {row["id"]: person_of(dict(row)) for row in rows}
        return [by_id[person_id] for person_id in person_ids if person_id in by_id]

    async def by_email(self, email: str) -> Person | None:
        found = await self._read(select(PEOPLE).where(PEOPLE.c.email_key == email.strip().lower()))
        return found[0] if found else None

    async def of_organisation(self, organisation_id: UUID) -> list[Person]:
        query = select(PEOPLE).where(PEOPLE.c.organisation_id == organisation_id, PEOPLE.c.active)
        return await self._read(query.order_by(PEOPLE.c.name, PEOPLE.c.id))

    async def add(self, person: Person) -> Person:
        # No error of the database: it would break the transaction, and write the address into the server's log.
        added = insert(PEOPLE).values(_person_values(person)).on_conflict_do_nothing()
        if (await self._connection.execute(added)).rowcount:
            return person
        known = await self.by_email(person.email) or await self.get(person.id)
        if known is None:
            raise TryAgain("the address was changed in between")
        return known

    async def save(self, person: Person) -> None:
        await self._connection.execute(upsert(PEOPLE, _person_values(person)))

    async def _read(self, query: Select[tuple[object, ...]]) -> list[Person]:
        return [person_of(row) for row in (await self._connection.execute(query)).mappings()]


def _person_values(person: Person) -> dict[str, Any]:
    return values_of(person) | {"email_key": person.email.strip().lower()}


class PostgresMatchingUnit(PostgresUnit):
    """One transaction of matching."""

    def __init__(self, context: UnitContext) -> None:
        super().__init__(context)
        self.cases = PostgresCases(context.connection)
        self.referrals = PostgresReferrals(context.connection)
        self.organisations = PostgresOrganisations(context.connection)
        self.services = PostgresServices(context.connection)
        self.people = PostgresPeople(context.connection)
        self.sign_ins = PostgresSignIns(context.connection)
        self.links = PostgresLinks(context.connection, context.now, context.ids)
