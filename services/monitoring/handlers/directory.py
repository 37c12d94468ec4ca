"""The network, as far as monitoring needs to know it."""

from services.monitoring.ports import MonitoringUnit, Person
from shared.events.directory import OrganisationListed, PersonJoined


async def remember_person(event: PersonJoined, unit: MonitoringUnit) -> None:
    """Who belongs where, and whether still."""
    await unit.directory.save_person(Person(event.subject, event.organisation_id, event.role, event.active))


async def remember_organisation(event: OrganisationListed, unit: MonitoringUnit) -> None:
    """What the organisation is called."""
    await unit.directory.save_organisation(event.subject, event.name)
