"""How busy people are, who looks after whom, and who thanked whom, in dicts."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.community.domain.check_in import CheckIn
from services.community.domain.gathering import Gathering
from services.community.domain.hosting import STANDING, HostTurn
from services.community.domain.load import Load
from services.community.domain.sparring import Ask, AskState
from services.community.domain.thanks import Thanks
from services.community.store.care import LoadLimits
from tests.twins.tables import MemoryTables
from tests.twins.unit_of_work import MemoryContext


class InMemoryLoads:
    """Loads by person, and the turns that are to come."""

    def __init__(self, context: MemoryContext) -> None:
        tables, self._now = context.tables, context.now
        self._rows: dict[UUID, Load] = tables.table("loads")
        self._turns: dict[UUID, HostTurn] = tables.table("host_turns")
        self._gatherings: dict[UUID, Gathering] = tables.table("gatherings")
        self._asks: dict[UUID, Ask] = tables.table("sparring_asks")

    async def get(self, person_id: UUID) -> Load:
        return (await self.read_each([person_id]))[person_id]

    async def read_each(self, people: Collection[UUID]) -> dict[UUID, Load]:
        return {
            one: replace(self._rows.get(one, Load(one)), turns=self._count(one), questions=self._count_questions(one))
            for one in people
        }

    async def list_all(self) -> list[Load]:
        people = sorted(
            {
                *self._rows,
                *(one.person_id for one in self._turns.values()),
                *(one.person_id for one in self._asks.values()),
            }
        )
        return [one for one in (await self.read_each(people)).values() if one != Load(one.person_id)]

    async def save(self, load: Load) -> None:
        self._rows[load.person_id] = replace(load, turns=0, questions=0)

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)

    def _count(self, person_id: UUID) -> int:
        theirs = [one for one in self._turns.values() if one.person_id == person_id and one.state in STANDING]
        return sum(self._gatherings[one.gathering_id].details.ends_at > self._now for one in theirs)

    def _count_questions(self, person_id: UUID) -> int:
        return sum(one.person_id == person_id and one.state is AskState.SENT for one in self._asks.values())


class InMemoryCheckIns:
    """Check-ins by person."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, CheckIn] = tables.table("check_ins")

    async def get(self, person_id: UUID) -> CheckIn | None:
        return self._rows.get(person_id)

    async def save(self, check_in: CheckIn) -> None:
        self._rows[check_in.person_id] = check_in

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)

    async def list_for(self, asked_id: UUID | None) -> list[CheckIn]:
        theirs = (one for one in self._rows.values() if one.asked_id == asked_id)
        return sorted(theirs, key=lambda one: (one.asked_at, one.person_id))


class InMemoryThanks:
    """Thanks by id, and how often somebody helped since."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Thanks] = tables.table("thanks")
        self._times: dict[UUID, int] = tables.table("unthanked")

    async def add(self, thanks: Thanks) -> None:
        self._rows[thanks.id] = thanks
        self._times.pop(thanks.person_id, None)

    async def list_of(self, person_id: UUID) -> list[Thanks]:
        theirs = (one for one in self._rows.values() if one.person_id == person_id)
        return sorted(theirs, key=lambda one: (one.thanked_at, one.id), reverse=True)

    async def count_help(self, people: Collection[UUID]) -> None:
        for one in people:
            self._times[one] = self._times.get(one, 0) + 1

    async def list_unthanked(self, times: int) -> list[UUID]:
        return sorted(one for one, often in self._times.items() if often >= times)

    async def forget_before(self, moment: datetime) -> None:
        for one in [one for one in self._rows.values() if one.thanked_at < moment]:
            del self._rows[one.id]

    async def forget_person(self, person_id: UUID) -> None:
        for one in list(self._rows.values()):
            if one.person_id == person_id:
                del self._rows[one.id]
            elif one.from_id == person_id:
                self._rows[one.id] = replace(one, from_id=None)
        self._times.pop(person_id, None)


class InMemoryCare:
    """All of these."""

    def __init__(self, context: MemoryContext) -> None:
        self.loads = InMemoryLoads(context)
        self.limits = LoadLimits(self.loads, context.city.load.limit, context.city.day_of(context.now))
        self.check_ins = InMemoryCheckIns(context.tables)
        self.thanks = InMemoryThanks(context.tables)
