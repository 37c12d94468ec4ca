"""The read models of people and organisations, and how people like to get mail."""

from services.notify.domain.moments import Preferences
from services.notify.ports import NotifyUnit
from shared.events import directory


async def remember_organisation(event: directory.OrganisationListed, unit: NotifyUnit) -> None:
    """Keep what an organisation is called on the social map."""
    await unit.organisations.save(event.subject, event.name)


async def set_preferences(preferences: Preferences, unit: NotifyUnit) -> None:
    """How this person likes to get mail from now on; what waits already leaves when that was said."""
    await unit.preferences.save(preferences)
