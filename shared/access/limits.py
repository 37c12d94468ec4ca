"""Who has enough to do: the read model that services keep of `LoadLimitReached` and `LoadLimitLifted`."""

from collections.abc import Collection
from typing import Final, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.events.care import LoadLimitLifted, LoadLimitReached
from shared.storage.statements import Statement

_REACH: Final = Statement("INSERT INTO people_at_limit (person_id) VALUES (:person) ON CONFLICT DO NOTHING")
_LIFT: Final = Statement("DELETE FROM people_at_limit WHERE person_id = :person")
_THESE: Final = Statement("SELECT person_id FROM people_at_limit WHERE person_id = ANY(CAST(:people AS uuid[]))")


class Limits(Protocol):
    """Whom nobody asks anything new now."""

    async def at_limit(self, people: Collection[UUID]) -> frozenset[UUID]:
        """Those of them who have enough to do, or rest."""


class KeptLimits(Limits, Protocol):
    """The same, as it was published."""

    async def reach(self, person_id: UUID) -> None:
        """This person has enough to do."""

    async def lift(self, person_id: UUID) -> None:
        """This person can be asked again."""


class HasLimits(Protocol):
    """A unit of work that keeps this read model."""

    @property
    def limits(self) -> KeptLimits: ...


async def keep_limit(event: LoadLimitReached, unit: HasLimits) -> None:
    """Nobody asks this person anything new."""
    await unit.limits.reach(event.subject)


async def lift_limit(event: LoadLimitLifted, unit: HasLimits) -> None:
    """This person is asked as everybody."""
    await unit.limits.lift(event.subject)


class PostgresLimits:
    """The table `people_at_limit`, inside the transaction of `connection`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def reach(self, person_id: UUID) -> None:
        await _REACH.rows(self._connection, {"person": person_id})

    async def lift(self, person_id: UUID) -> None:
        await _LIFT.rows(self._connection, {"person": person_id})

    async def at_limit(self, people: Collection[UUID]) -> frozenset[UUID]:
        rows = await _THESE.rows(self._connection, {"people": list(people)})
        return frozenset(row[0] for row in rows)
