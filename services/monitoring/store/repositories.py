"""Monitoring's repositories on PostgreSQL, and the unit of work that joins them."""

from collections.abc import Sequence
from uuid import UUID

import orjson
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.monitoring.domain.rules import Calendar
from services.monitoring.domain.timeline import Entry
from services.monitoring.ports import Person
from services.monitoring.store.queries import PostgresBoard
from services.monitoring.store.tables import OrganisationRow, PersonRow, TimelineRow
from services.monitoring.store.watches import PostgresWatches
from shared.access.links import PostgresLinks
from shared.events.base import Role
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.storage.statements import Statement

TIMELINE = TimelineRow.metadata.tables["timeline"]
PEOPLE, ORGANISATIONS = PersonRow.metadata.tables["people"], OrganisationRow.metadata.tables["organisations"]

_ADD_LINES = Statement(
    """
    INSERT INTO timeline (case_id, occurred_at, what, organisation_id, details)
    SELECT case_id, occurred_at, what, organisation_id, CAST(details AS jsonb)
    FROM unnest(CAST(:cases AS uuid[]), CAST(:occurred AS timestamptz[]), CAST(:what AS text[]),
                CAST(:organisations AS uuid[]), CAST(:details AS text[]))
         WITH ORDINALITY AS line (case_id, occurred_at, what, organisation_id, details, place)
    ORDER BY place
    """
)


class PostgresTimeline:
    """The table `timeline`. New lines are collected until `flush`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._lines: list[Entry] = []

    async def add(self, entries: Sequence[Entry]) -> None:
        """Write these with the others."""
        self._lines += entries

    async def flush(self) -> None:
        """One insert, however many lines."""
        lines, self._lines = self._lines, []
        if not lines:
            return
        await _ADD_LINES.rows(
            self._connection,
            {
                "cases": [line.case_id for line in lines],
                "occurred": [line.occurred_at for line in lines],
                "what": [line.what for line in lines],
                "organisations": [line.organisation_id for line in lines],
                "details": [orjson.dumps(dict(line.details)).decode() for line in lines],
            },
        )

    def forget(self) -> None:
        """Lines of a part that was taken back."""
        self._lines.clear()

    async def of_case(self, case_id: UUID) -> list[Entry]:
        """Oldest first; those of one instant in the order in which they were written."""
        await self.flush()
        lines = select(TIMELINE).where(TIMELINE.c.case_id == case_id)
        rows = await self._connection.execute(lines.order_by(TIMELINE.c.occurred_at, TIMELINE.c.position))
        return [Entry(row.case_id, row.occurred_at, row.what, row.organisation_id, row.details) for row in rows]

    async def erase(self, case_id: UUID) -> None:
        """Delete."""
        await self.flush()
        await self._connection.execute(delete(TIMELINE).where(TIMELINE.c.case_id == case_id))


class PostgresDirectory:
    """The tables `people` and `organisations`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def person_joined(self, person: Person) -> None:
        """Insert or update."""
        values = {
            "person_id": person.person_id,
            "organisation_id": person.organisation_id,
            "role": person.role.value,
            "active": person.active,
        }
        statement = upsert(PEOPLE).values(values)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))

    async def person(self, person_id: UUID) -> Person | None:
        """The person, when known."""
        rows = await self._connection.execute(select(PEOPLE).where(PEOPLE.c.person_id == person_id))
        row = rows.one_or_none()
        return Person(row.person_id, row.organisation_id, Role(row.role), row.active) if row else None

    async def organisation_listed(self, organisation_id: UUID, name: str) -> None:
        """Insert or update."""
        statement = upsert(ORGANISATIONS).values(organisation_id=organisation_id, name=name)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["organisation_id"], set_={"name": name})
        )

    async def names(self, organisation_ids: Sequence[UUID]) -> dict[UUID, str]:
        """Those that are known."""
        known = select(ORGANISATIONS).where(ORGANISATIONS.c.organisation_id.in_(organisation_ids))
        return {row.organisation_id: row.name for row in await self._connection.execute(known)}


class PostgresMonitoringUnit(PostgresUnit):
    """One transaction of monitoring."""

    def __init__(self, context: UnitContext, calendar: Calendar) -> None:
        super().__init__(context)
        self.watches = PostgresWatches(context.connection)
        self.timeline = PostgresTimeline(context.connection)
        self.directory = PostgresDirectory(context.connection)
        self.buffers = (self.watches, self.timeline)
        self.board = PostgresBoard(context.connection, self.watches)
        self.links = PostgresLinks(context.connection, context.now, context.ids)
        self.calendar = calendar
