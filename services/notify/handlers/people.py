"""The read model of people."""

from services.notify.ports import NotifyUnit, Person
from shared.events import matching


async def remember_person(event: matching.PersonJoined, unit: NotifyUnit) -> None:
    """Keep who has which role, and whether that is still so."""
    await unit.people.save(Person(event.subject, event.organisation_id, event.role, event.active))
