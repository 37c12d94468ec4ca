"""Monitoring's repositories on PostgreSQL: one row per case, locked from reading to the end of the transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Text, cast, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.monitoring.domain.rules import Calendar
from services.monitoring.domain.timeline import Entry
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.ports import Person
from services.monitoring.store.queries import PostgresBoard
from services.monitoring.store.rows import board_row
from services.monitoring.store.tables import OrganisationRow, PersonRow, WatchRow
from shared.access.links import PostgresLinks
from shared.database import PostgresUnit, UnitContext
from shared.events.base import Role
from shared.tables import timers

DOCUMENT: TypeAdapter[Watch] = TypeAdapter(Watch)

# `__table__` is there on every table class; its type is not declared.
WATCHES, TIMELINE = WatchRow.metadata.tables["watches"], WatchRow.metadata.tables["timeline"]
PEOPLE, ORGANISATIONS = PersonRow.metadata.tables["people"], OrganisationRow.metadata.tables["organisations"]


class PostgresWatches:
    """The table `watches`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, case_id: UUID) -> Watch | None:
        """The watch with its row locked; a case that has no row yet is locked by its id."""
        watch = await self._locked(case_id)
        if watch is None:
            # Two topics may bring the first word of a case at once: the second waits here and then sees the row.
            await self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(case_id), 0))))
            watch = await self._locked(case_id)
        return watch

    async def read(self, case_id: UUID) -> Watch | None:
        """The watch as it was last committed."""
        document = await self._connection.scalar(
            select(cast(WATCHES.c.document, Text)).where(WATCHES.c.case_id == case_id)
        )
        return DOCUMENT.validate_json(document) if document else None

    async def is_erased(self, case_id: UUID) -> bool:
        """By the stone."""
        stone = select(WATCHES.c.case_id).where(WATCHES.c.case_id == case_id, WATCHES.c.phase == Phase.ERASED.value)
        return await self._connection.scalar(stone) is not None

    async def save(self, watch: Watch) -> None:
        """Insert or update, with the columns that the board asks for."""
        row = board_row(watch)
        values = {
            "case_id": row.case_id,
            "document": DOCUMENT.dump_python(watch, mode="json"),
            "case_code": row.case_code,
            "phase": watch.phase.value,
            "state": row.state.value,
            "urgency": row.urgency.value if row.urgency else None,
            "district": row.district,
            "organisation_id": row.organisation_id,
            "at_work": list(row.at_work),
            "follow_up_ids": list(watch.follow_ups),
            "next_action_at": row.next_action_at,
            "next_action": row.next_action.value if row.next_action else None,
            "open_escalations": len(watch.open_escalations),
            "reasons": [reason.value for reason in row.reasons],
            "out_of_sight_since": row.out_of_sight_since,
            "opened_at": row.opened_at,
        }
        statement = upsert(WATCHES).values(values)
        changed = {name: statement.excluded[name] for name in values if name != "case_id"}
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=changed))

    async def case_of_follow_up(self, follow_up_id: UUID) -> UUID | None:
        """By the index on the ids."""
        found: UUID | None = await self._connection.scalar(
            select(WATCHES.c.case_id).where(WATCHES.c.follow_up_ids.contains([follow_up_id]))
        )
        return found

    async def without_next_step(self, limit: int) -> list[UUID]:
        """Open, no clock, no escalation."""
        lost = select(WATCHES.c.case_id).where(
            WATCHES.c.phase == Phase.OPEN.value, WATCHES.c.next_action_at.is_(None), WATCHES.c.open_escalations == 0
        )
        return list(await self._connection.scalars(lost.order_by(WATCHES.c.case_id).limit(limit)))

    async def without_timer(self, before: datetime, limit: int) -> list[UUID]:
        """Oldest first."""
        timer = select(timers.c.key).where(
            timers.c.subject == WATCHES.c.case_id, timers.c.due_at == WATCHES.c.next_action_at
        )
        late = select(WATCHES.c.case_id).where(
            WATCHES.c.phase == Phase.OPEN.value, WATCHES.c.next_action_at < before, ~timer.exists()
        )
        order = (WATCHES.c.next_action_at, WATCHES.c.case_id)
        return list(await self._connection.scalars(late.order_by(*order).limit(limit)))

    async def _locked(self, case_id: UUID) -> Watch | None:
        document = await self._connection.scalar(
            select(cast(WATCHES.c.document, Text)).where(WATCHES.c.case_id == case_id).with_for_update()
        )
        return DOCUMENT.validate_json(document) if document else None


class PostgresTimeline:
    """The table `timeline`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, entries: Sequence[Entry]) -> None:
        """One insert, however many lines."""
        rows = [
            {
                "case_id": entry.case_id,
                "occurred_at": entry.occurred_at,
                "what": entry.what,
                "organisation_id": entry.organisation_id,
                "details": dict(entry.details),
            }
            for entry in entries
        ]
        await self._connection.execute(insert(TIMELINE), rows)

    async def of_case(self, case_id: UUID) -> list[Entry]:
        """Oldest first; those of one instant in the order in which they were written."""
        lines = select(TIMELINE).where(TIMELINE.c.case_id == case_id)
        rows = await self._connection.execute(lines.order_by(TIMELINE.c.occurred_at, TIMELINE.c.position))
        return [Entry(row.case_id, row.occurred_at, row.what, row.organisation_id, row.details) for row in rows]

    async def forget(self, case_id: UUID) -> None:
        """Delete."""
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
        self.board = PostgresBoard(context.connection)
        self.links = PostgresLinks(context.connection, context.now, context.ids)
        self.calendar = calendar
