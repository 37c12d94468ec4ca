"""How busy people are, who looks after whom, and who thanked whom, on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.community.domain.check_in import CheckIn
from services.community.domain.hosting import STANDING
from services.community.domain.load import Busy, Load
from services.community.domain.sparring import AskState
from services.community.domain.thanks import HelpKind, Thanks, ThanksForm
from services.community.ports.load import Loads
from services.community.store.care_tables import CHECK_INS, LOADS, THANKS, UNTHANKED
from services.community.store.sparring_tables import SPARRING_ASKS
from services.community.store.table_rows import TableRows
from services.community.store.tables import GATHERINGS, HOST_TURNS
from shared.messaging.postgres_unit import UnitContext
from shared.storage.statements import Statement

_HOLD = Statement("SELECT pg_advisory_xact_lock(hashtextextended('load ' || CAST(:person AS text), 0))")


class PostgresLoads:
    """The table `loads`, and the turns that are to come."""

    def __init__(self, context: UnitContext) -> None:
        self._connection, self._now = context.connection, context.now
        self._rows = TableRows(context.connection, LOADS)

    async def get(self, person_id: UUID) -> Load:
        await _HOLD.rows(self._connection, {"person": str(person_id)})
        return (await self.read_each([person_id]))[person_id]

    async def read_each(self, people: Collection[UUID]) -> dict[UUID, Load]:
        rows = await self._rows.list_rows(select(LOADS).where(LOADS.c.person_id.in_(people)))
        known = {row["person_id"]: row for row in rows}
        turns, questions = await self._count_turns(people), await self._count_questions(people)
        return {
            one: _load(known.get(one, {"person_id": one}), turns.get(one, 0), questions.get(one, 0)) for one in people
        }

    async def list_all(self) -> list[Load]:
        people = await self._connection.scalars(
            select(LOADS.c.person_id).union(select(HOST_TURNS.c.person_id), select(SPARRING_ASKS.c.person_id))
        )
        everybody = await self.read_each(sorted(people))
        return [one for one in everybody.values() if one != Load(one.person_id)]

    async def save(self, load: Load) -> None:
        await self._rows.write({name: value for name, value in asdict(load).items() if name in LOADS.c})

    async def remove(self, person_id: UUID) -> None:
        await self._rows.remove(person_id)

    async def _count_turns(self, people: Collection[UUID]) -> dict[UUID, int]:
        ahead = select(HOST_TURNS.c.person_id, func.count()).join(
            GATHERINGS, GATHERINGS.c.id == HOST_TURNS.c.gathering_id
        )
        theirs = ahead.where(
            HOST_TURNS.c.person_id.in_(people), HOST_TURNS.c.state.in_(STANDING), GATHERINGS.c.ends_at > self._now
        )
        found = await self._connection.execute(theirs.group_by(HOST_TURNS.c.person_id))
        return {row[0]: row[1] for row in found}

    async def _count_questions(self, people: Collection[UUID]) -> dict[UUID, int]:
        waiting = select(SPARRING_ASKS.c.person_id, func.count()).where(
            SPARRING_ASKS.c.person_id.in_(people), SPARRING_ASKS.c.state == AskState.SENT
        )
        found = await self._connection.execute(waiting.group_by(SPARRING_ASKS.c.person_id))
        return {row[0]: row[1] for row in found}


class LoadLimits:
    """Who is at the limit, by the one rule over what they have in hand."""

    def __init__(self, loads: Loads, limit: int, today: date) -> None:
        self._loads, self._limit, self._today = loads, limit, today

    async def at_limit(self, people: Collection[UUID]) -> frozenset[UUID]:
        known = await self._loads.read_each(people)
        return frozenset(one for one, load in known.items() if load.busy(self._limit, self._today) is Busy.FULL)


class PostgresCheckIns:
    """The table `check_ins`."""

    def __init__(self, context: UnitContext) -> None:
        self._rows = TableRows(context.connection, CHECK_INS)

    async def get(self, person_id: UUID) -> CheckIn | None:
        row = await self._rows.find(person_id)
        return CheckIn(**row) if row else None

    async def save(self, check_in: CheckIn) -> None:
        await self._rows.write(asdict(check_in))

    async def remove(self, person_id: UUID) -> None:
        await self._rows.remove(person_id)

    async def list_for(self, asked_id: UUID | None) -> list[CheckIn]:
        theirs = select(CHECK_INS).where(CHECK_INS.c.asked_id.is_not_distinct_from(asked_id))
        found = await self._rows.list_rows(theirs.order_by(CHECK_INS.c.asked_at, CHECK_INS.c.person_id))
        return [CheckIn(**row) for row in found]


class PostgresThanks:
    """The tables `thanks` and `unthanked`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection
        self._rows = TableRows(context.connection, THANKS)

    async def add(self, thanks: Thanks) -> None:
        await self._rows.write(asdict(thanks))
        await self._thanked_now(thanks.person_id)

    async def list_of(self, person_id: UUID) -> list[Thanks]:
        theirs = select(THANKS).where(THANKS.c.person_id == person_id)
        rows = await self._rows.list_rows(theirs.order_by(THANKS.c.thanked_at.desc(), THANKS.c.id.desc()))
        return [
            Thanks(**row | {"helped_with": HelpKind(row["helped_with"]), "form": ThanksForm(row["form"])})
            for row in rows
        ]

    async def count_help(self, people: Collection[UUID]) -> None:
        for one in sorted(people):
            more = insert(UNTHANKED).values(person_id=one, times=1)
            again = more.on_conflict_do_update(index_elements=["person_id"], set_={"times": UNTHANKED.c.times + 1})
            await self._connection.execute(again)

    async def list_unthanked(self, times: int) -> list[UUID]:
        often = select(UNTHANKED.c.person_id).where(UNTHANKED.c.times >= times)
        return list(await self._connection.scalars(often.order_by(UNTHANKED.c.person_id)))

    async def forget_before(self, moment: datetime) -> None:
        await self._connection.execute(delete(THANKS).where(THANKS.c.thanked_at < moment))

    async def forget_person(self, person_id: UUID) -> None:
        await self._connection.execute(delete(THANKS).where(THANKS.c.person_id == person_id))
        await self._connection.execute(update(THANKS).where(THANKS.c.from_id == person_id).values(from_id=None))
        await self._thanked_now(person_id)

    async def _thanked_now(self, person_id: UUID) -> None:
        await self._connection.execute(delete(UNTHANKED).where(UNTHANKED.c.person_id == person_id))


class PostgresCare:
    """All of these."""

    def __init__(self, context: UnitContext) -> None:
        self.loads = PostgresLoads(context)
        self.limits = LoadLimits(self.loads, context.city.load.limit, context.city.day_of(context.now))
        self.check_ins = PostgresCheckIns(context)
        self.thanks = PostgresThanks(context)


def _load(row: dict[str, Any], turns: int, questions: int) -> Load:
    return Load(**row | {"told": Busy(row.get("told", Busy.FREE)), "turns": turns, "questions": questions})
