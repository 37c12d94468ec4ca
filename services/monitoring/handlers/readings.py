"""Unusual reading on the board: intake finds it, and somebody else than the reader says that it was looked into."""

from uuid import UUID

from services.monitoring.domain.errors import ReadingPointNotFound, YourOwnReading
from services.monitoring.domain.reading import ReadingPoint
from services.monitoring.ports import MonitoringUnit
from shared.events.intake import UnusualReadingFound


async def raise_reading(event: UnusualReadingFound, unit: MonitoringUnit) -> None:
    """A point for whoever is at the desk."""
    await unit.readings.add(
        ReadingPoint(unit.ids.new(), event.subject, event.kind, event.families, event.since, event.occurred_at)
    )


async def settle_reading(point_id: UUID, by: UUID, unit: MonitoringUnit) -> None:
    """It was looked into, and the point goes. Raises ReadingPointNotFound or YourOwnReading."""
    point = await unit.readings.get(point_id)
    if point is None:
        raise ReadingPointNotFound
    if point.reader_id == by:
        raise YourOwnReading
    await unit.readings.remove(point_id)
