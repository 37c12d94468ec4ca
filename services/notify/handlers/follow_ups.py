"""Questions how the child is doing."""

from services.notify.domain.outcome import Reason
from services.notify.handlers.queueing import recall
from services.notify.ports import NotifyUnit
from shared.events import monitoring


async def stop_asking_how_the_child_is(event: monitoring.FollowUpRecorded, unit: NotifyUnit) -> None:
    """The ambassador answered: a reminder that has not left stays here."""
    await recall(await unit.messages.get_about(event.follow_up_id), Reason.OVERTAKEN, unit)
