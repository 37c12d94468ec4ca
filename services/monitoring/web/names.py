"""What organisations are called, for a page."""

from collections.abc import Iterable
from uuid import UUID

from services.monitoring.ports import MonitoringUnit


async def organisation_names(unit: MonitoringUnit, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of those that are known, each asked once."""
    return await unit.directory.read_names([*dict.fromkeys(one for one in ids if one is not None)])
