"""Who goes along to an appointment, on PostgreSQL."""

from dataclasses import asdict
from datetime import date
from typing import Any, Final
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
from services.community.store.seats import SignUpsClosed
from services.community.store.swap_tables import (
    COMPANIES,
    COMPANION_ASKS,
    COMPANIONS,
    COMPANY_KEYS,
    COMPANY_NOTES,
)
from services.community.store.table_rows import TableRows
from shared.privacy.sealed import Sealing, WrappedKey

_NOTE: Final = COMPANY_NOTES.c.note.name


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
    """The tables `companies`, `company_keys` and `company_notes`."""

    def __init__(self, connection: AsyncConnection, sealing: Sealing | None) -> None:
        self._connection, self._given = connection, sealing
        self._rows = TableRows(connection, COMPANIES)

    async def get(self, company_id: UUID) -> Company | None:
        row = await self._rows.find(company_id, locked=True)
        return await self.read(company_id) if row else None

    async def read(self, company_id: UUID) -> Company | None:
        found = await self._list(_whole().where(COMPANIES.c.id == company_id))
        return found[0] if found else None

    async def save(self, company: Company) -> None:
        row = asdict(company)
        del row["moment"], row["note"]
        await self._rows.write({**row, "day": company.moment.day, "part": company.moment.part})
        await self._connection.execute(delete(COMPANY_KEYS).where(COMPANY_KEYS.c.company_id == company.id))
        if company.note:
            await self._seal(company.id, company.note)

    async def list_of(self, person_id: UUID) -> list[Company]:
        theirs = or_(COMPANIES.c.booked_by == person_id, COMPANIES.c.person_id == person_id)
        return await self._list(_whole().where(theirs).order_by(COMPANIES.c.day, COMPANIES.c.id))

    async def list_busy(self, moment: Moment) -> list[UUID]:
        then: Select[Any] = select(COMPANIES.c.person_id).where(
            COMPANIES.c.day == moment.day, COMPANIES.c.part == moment.part, COMPANIES.c.state.in_(OPEN)
        )
        return list(await self._connection.scalars(then.order_by(COMPANIES.c.person_id)))

    async def remove(self, company_id: UUID) -> None:
        await self._rows.remove(company_id)

    async def forget_before(self, day: date) -> None:
        await self._connection.execute(delete(COMPANIES).where(COMPANIES.c.day < day))

    async def _list(self, query: Select[Any]) -> list[Company]:
        return [self._company_of(row) for row in await self._rows.list_rows(query)]

    async def _seal(self, company_id: UUID, note: str) -> None:
        key = self._sealing.new_key(COMPANY_KEYS.name, company_id)
        sealed = self._sealing.seal(key, COMPANY_NOTES.name, _NOTE, company_id, note)
        await self._connection.execute(insert(COMPANY_KEYS).values(company_id=company_id, wrapped=key.wrapped))
        await self._connection.execute(insert(COMPANY_NOTES).values(company_id=company_id, note=sealed))

    def _company_of(self, row: Row) -> Company:
        rest = dict(row)
        moment = Moment(rest.pop("day"), PartOfDay(rest.pop("part")))
        wrapped, sealed = rest.pop("wrapped"), rest["note"]
        rest["note"] = self._opened(rest["id"], wrapped, sealed) if sealed else ""
        visit, state = Visit(rest["visit"]), CompanyState(rest["state"])
        return Company(**{**rest, "moment": moment, "visit": visit, "state": state})

    def _opened(self, company_id: UUID, wrapped: bytes, sealed: bytes) -> str:
        key = WrappedKey(COMPANY_KEYS.name, company_id, wrapped)
        return self._sealing.open(key, COMPANY_NOTES.name, _NOTE, company_id, sealed)

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise SignUpsClosed
        return self._given


def _whole() -> Select[Any]:
    whole: Select[Any] = select(COMPANIES, COMPANY_KEYS.c.wrapped, COMPANY_NOTES.c.note)
    return whole.outerjoin(COMPANY_KEYS, COMPANY_KEYS.c.company_id == COMPANIES.c.id).outerjoin(
        COMPANY_NOTES, COMPANY_NOTES.c.company_id == COMPANIES.c.id
    )


def _companion_of(row: Row) -> Companion:
    lists = {name: frozenset(row[name]) for name in ("languages", "districts")}
    days, visits = frozenset(map(int, row["days"])), frozenset(map(Visit, row["visits"]))
    return Companion(**{**row, **lists, "days": days, "visits": visits})
