"""The read model of the network: what matching publishes of organisations and services."""

from uuid import UUID

from services.intake.ports import IntakeUnit
from shared.events import directory
from shared.events.base import Role


async def list_organisation(event: directory.OrganisationListed, unit: IntakeUnit) -> None:
    """Keep its public name, and its kind."""
    await unit.network.save_organisation(event.subject, event.name, event.kind)


async def list_service(event: directory.ServiceListed, unit: IntakeUnit) -> None:
    """Keep its public name, and whose it is."""
    await unit.network.save_service(event.subject, event.organisation_id, event.name)


async def list_schools(unit: IntakeUnit) -> dict[UUID, str]:
    """The organisations that have an active ambassador, in the order of their names."""
    ambassadors = await unit.members.list_with_role(Role.AMBASSADOR)
    theirs = {one.organisation_id for member in ambassadors for one in member.standing if one.role is Role.AMBASSADOR}
    names = await unit.network.read_names(theirs)
    return dict(sorted(names.items(), key=lambda each: (each[1].casefold(), each[0])))
