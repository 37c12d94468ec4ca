"""Monitoring's repositories on PostgreSQL, and the unit of work that joins them."""

from collections.abc import Sequence
from uuid import UUID

import orjson
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete, select

from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.ports import KeptWords
from services.monitoring.store.desk import PostgresNotes, PostgresReminders
from services.monitoring.store.in_hand import PostgresFamiliesInHand
from services.monitoring.store.queries import PostgresBoard
from services.monitoring.store.readings import PostgresReadings
from services.monitoring.store.rows import folded
from services.monitoring.store.saved_views import PostgresSavedViews
from services.monitoring.store.tables import OrganisationRow, TimelineRow
from services.monitoring.store.watches import PostgresWatches
from shared.access.links import PostgresLinks
from shared.access.members import PostgresMembers
from shared.access.replies import PostgresReplies
from shared.kernel.working_time import Calendar
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.privacy.marks import Marks, NoMarks
from shared.storage.statements import Statement

# Hot: every event about a case adds lines, and those of a whole batch go in one insert.
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

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit
        self._lines: list[TimelineEntry] = []

    async def add(self, entries: Sequence[TimelineEntry]) -> None:
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

    async def list_of_case(self, case_id: UUID) -> list[TimelineEntry]:
        await self.flush()
        lines = select(TimelineRow).where(TimelineRow.case_id == case_id)
        # Those of one instant in the order in which they were written.
        rows = await self._unit.session.exec(lines.order_by(col(TimelineRow.occurred_at), col(TimelineRow.position)))
        return [TimelineEntry(row.case_id, row.occurred_at, row.what, row.organisation_id, row.details) for row in rows]

    async def erase(self, case_id: UUID) -> None:
        await self.flush()
        await self._unit.session.exec(delete(TimelineRow).where(col(TimelineRow.case_id) == case_id))


class PostgresDirectory:
    """The table `organisations`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit

    async def save_organisation(self, organisation_id: UUID, name: str) -> None:
        # On the connection: an import of the map brings tens of thousands, and the session's `merge` reads first.
        row = {"organisation_id": organisation_id, "name": name, "searched_as": folded(name)}
        added = insert(OrganisationRow).values(row)
        renewed = added.on_conflict_do_update(index_elements=["organisation_id"], set_=row)
        await self._connection.execute(renewed)

    async def read_names(self, organisation_ids: Sequence[UUID]) -> dict[UUID, str]:
        known = select(OrganisationRow.organisation_id, OrganisationRow.name)
        found = await self._unit.session.exec(known.where(col(OrganisationRow.organisation_id).in_(organisation_ids)))
        return dict(found.all())


class PostgresMonitoringUnit(PostgresUnit):
    """One transaction of monitoring."""

    def __init__(
        self, context: UnitContext, calendar: Calendar, follow_up_words: KeptWords, marks: Marks | None = None
    ) -> None:
        super().__init__(context)
        self.marks = marks or NoMarks()
        self.watches = PostgresWatches(context)
        self.timeline = PostgresTimeline(context, self)
        self.notes = PostgresNotes(context, self)
        self.readings = PostgresReadings(context, self)
        self.in_hand = PostgresFamiliesInHand(context, self.watches)
        self.reminders = PostgresReminders(context)
        self.members = PostgresMembers(context.connection)
        self.directory = PostgresDirectory(context, self)
        self.buffers = (self.watches, self.timeline)
        self.board = PostgresBoard(self, self.watches)
        self.saved_views = PostgresSavedViews(context.connection)
        self.links = PostgresLinks(context.connection, context.now, context.ids)
        self.replies = PostgresReplies(context.connection, context.now)
        self.calendar = calendar
        self.follow_up_words = follow_up_words
