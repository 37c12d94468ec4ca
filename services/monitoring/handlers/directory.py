"""What organisations are called, as far as monitoring needs to know it."""

from services.monitoring.ports import MonitoringUnit
from shared.events.directory import OrganisationListed


async def remember_organisation(event: OrganisationListed, unit: MonitoringUnit) -> None:
    """What the organisation is called."""
    await unit.directory.save_organisation(event.subject, event.name)
