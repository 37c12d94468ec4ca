"""The points on the desk's list."""

from services.notify.domain.outcome import Reason
from services.notify.handlers.queueing import recall
from services.notify.ports import NotifyUnit
from shared.events import monitoring


async def strike_point(event: monitoring.EscalationResolved, unit: NotifyUnit) -> None:
    """The point is off the list: it stands in no digest any more."""
    await recall(await unit.messages.get_about(event.escalation_id), Reason.OVERTAKEN, unit)
