"""The read model of the network: what matching publishes of organisations and services."""

from services.intake.ports import IntakeUnit
from shared.events import directory


async def list_organisation(event: directory.OrganisationListed, unit: IntakeUnit) -> None:
    """Keep its public name."""
    await unit.network.save_organisation(event.subject, event.name)


async def list_service(event: directory.ServiceListed, unit: IntakeUnit) -> None:
    """Keep its public name, and whose it is."""
    await unit.network.save_service(event.subject, event.organisation_id, event.name)
