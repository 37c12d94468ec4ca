"""Who goes along to an appointment, on PostgreSQL."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.company import (
    OPEN,
    Companion,
    CompanionAsk,
    Company,
    CompanyState,
    Moment,
    PartOfDay,
    Visit,
)
from services.community.store.rows import Row
from services.community.store.swap_tables import COMPANIES, COMPANION_ASKS, COMPANIONS
from services.community.store.table_rows import TableRows


class PostgresCompanions:
    """The tables `companions` and `companion_asks`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, COMPANIONS)

    async def get(self, person_id: UUID) -> Companion | None:
        row = await self._rows.find(person_id)
        return _companion_of(row) if row else None

    async def save(self, companion: Companion) -> None:
        days = sorted(str(one) for one in companion.days)
        lists = {name: sorted(getattr(companion, name)) for name in ("languages", "districts", "visits")}
        await self._rows.write({**asdict(companion), **lists, "days": days})

    async def remove(self, person_id: UUID) -> None:
        await self._rows.remove(person_id)
        await self._connection.execute(delete(COMPANION_ASKS).where(COMPANION_ASKS.c.person_id == person_id))

    async def hold_all(self) -> list[Companion]:
        held = select(COMPANIONS).order_by(COMPANIONS.c.person_id).with_for_update()
        return [_companion_of(row) for row in await self._rows.list_rows(held)]

    async def list_asks(self) -> list[CompanionAsk]:
        in_order = select(COMPANION_ASKS).order_by(COMPANION_ASKS.c.asked_at, COMPANION_ASKS.c.person_id)
        return [CompanionAsk(**row) for row in await self._rows.list_rows(in_order)]

    async def add_ask(self, ask: CompanionAsk) -> None:
        await self._connection.execute(insert(COMPANION_ASKS).values(asdict(ask)))


class PostgresCompanies:
    """The table `companies`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, COMPANIES)

    async def get(self, company_id: UUID) -> Company | None:
        row = await self._rows.find(company_id, locked=True)
        return _company_of(row) if row else None

    async def read(self, company_id: UUID) -> Company | None:
        row = await self._rows.find(company_id)
        return _company_of(row) if row else None

    async def save(self, company: Company) -> None:
        row = asdict(company)
        del row["moment"]
        await self._rows.write({**row, "day": company.moment.day, "part": company.moment.part})

    async def list_of(self, person_id: UUID) -> list[Company]:
        theirs = or_(COMPANIES.c.booked_by == person_id, COMPANIES.c.person_id == person_id)
        in_order = select(COMPANIES).where(theirs).order_by(COMPANIES.c.day, COMPANIES.c.id)
        return [_company_of(row) for row in await self._rows.list_rows(in_order)]

    async def list_busy(self, moment: Moment) -> list[UUID]:
        then: Select[Any] = select(COMPANIES.c.person_id).where(
            COMPANIES.c.day == moment.day, COMPANIES.c.part == moment.part, COMPANIES.c.state.in_(OPEN)
        )
        return list(await self._connection.scalars(then.order_by(COMPANIES.c.person_id)))

    async def remove(self, company_id: UUID) -> None:
        await self._rows.remove(company_id)

    async def forget_before(self, day: date) -> None:
        await self._connection.execute(delete(COMPANIES).where(COMPANIES.c.day < day))


def _companion_of(row: Row) -> Companion:
    lists = {name: frozenset(row[name]) for name in ("languages", "districts")}
    days, visits = frozenset(map(int, row["days"])), frozenset(map(Visit, row["visits"]))
    return Companion(**{**row, **lists, "days": days, "visits": visits})


def _company_of(row: Row) -> Company:
    rest = dict(row)
    moment = Moment(rest.pop("day"), PartOfDay(rest.pop("part")))
    return Company(**{**rest, "moment": moment, "visit": Visit(row["visit"]), "state": CompanyState(row["state"])})
