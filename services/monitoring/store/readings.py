"""Unusual reading that nobody looked into yet."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete, select

from services.monitoring.domain.reading import ReadingPoint
from services.monitoring.store.tables import ReadingRow
from shared.events.case_codes import UnusualReading
from shared.messaging.postgres_unit import PostgresUnit, UnitContext


class PostgresReadings:
    """The table `reading_points`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit

    async def add(self, point: ReadingPoint) -> None:
        await self._connection.execute(
            insert(ReadingRow).values(
                point_id=point.point_id,
                reader_id=point.reader_id,
                kind=point.kind.value,
                families=point.families,
                since=point.since,
                raised_at=point.raised_at,
            )
        )

    async def list_open(self) -> list[ReadingPoint]:
        oldest = select(ReadingRow).order_by(col(ReadingRow.raised_at), col(ReadingRow.point_id))
        return [_point(row) for row in await self._unit.session.exec(oldest)]

    async def get(self, point_id: UUID) -> ReadingPoint | None:
        this = select(ReadingRow).where(ReadingRow.point_id == point_id)
        row = (await self._unit.session.exec(this)).one_or_none()
        return _point(row) if row else None

    async def remove(self, point_id: UUID) -> None:
        await self._connection.execute(delete(ReadingRow).where(col(ReadingRow.point_id) == point_id))


def _point(row: ReadingRow) -> ReadingPoint:
    kind = UnusualReading(row.kind)
    return ReadingPoint(row.point_id, row.reader_id, kind, row.families, row.since, row.raised_at)
