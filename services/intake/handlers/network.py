"""The read model of the network: what matching publishes of organisations, services and people."""

from services.intake.ports import IntakeUnit, Person
from shared.events import directory


async def list_organisation(event: directory.OrganisationListed, unit: IntakeUnit) -> None:
    """Keep its public name."""
    await unit.network.save_organisation(event.subject, event.name)


async def list_service(event: directory.ServiceListed, unit: IntakeUnit) -> None:
    """Keep its public name, and whose it is."""
    await unit.network.save_service(event.subject, event.organisation_id, event.name)


async def know_person(event: directory.PersonJoined, unit: IntakeUnit) -> None:
    """Keep what somebody may do; never who it is."""
    await unit.network.save_person(Person(event.subject, event.organisation_id, event.role, event.active))
