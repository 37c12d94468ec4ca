"""Events that monitoring consumes, each in a transaction of its own."""

from services.monitoring.ports import MonitoringUnit
from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.events.base import Event
from shared.messaging.subscriptions import by_event
from shared.unit_of_work import Units
from tests.twins.erased import comes_late

HANDLERS = by_event(SUBSCRIPTIONS)


async def consumes(units: Units[MonitoringUnit], *events: Event) -> None:
    for event in events:
        async with units.begin() as unit:
            if not await comes_late(event, unit):
                await HANDLERS[type(event)](event, unit)
