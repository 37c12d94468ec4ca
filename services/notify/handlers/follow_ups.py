"""Questions how the child is doing."""

from services.notify.domain.outcome import Reason
from services.notify.handlers.queueing import recall
from services.notify.ports import NotifyUnit
from shared.events import monitoring


async def stop_asking_how_the_child_is(
    event: monitoring.FollowUpRecorded | monitoring.FollowUpMissed, unit: NotifyUnit
) -> None:
    """Somebody answered, or the time is over: a question that has not left stays here, for both readers."""
    await recall(await unit.messages.get_about(event.follow_up_id), Reason.OVERTAKEN, unit)
