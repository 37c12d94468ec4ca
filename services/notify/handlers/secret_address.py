"""A family whose address is secret: no mail says in which district it lives."""

from services.notify.ports import NotifyUnit
from shared.events.family_safety import AddressHidden, AddressShown

DISTRICT = "district"


async def hide_address(event: AddressHidden, unit: NotifyUnit) -> None:
    """What waits says nothing of it, and what left is remembered without it."""
    await unit.ended_cases.hide_address(event.subject)
    await unit.messages.forget_fact(event.subject, DISTRICT)
    await unit.erased.blank([event.subject], DISTRICT)


async def show_address(event: AddressShown, unit: NotifyUnit) -> None:
    """What is queued from now on may say it again."""
    await unit.ended_cases.show_address(event.subject)
