"""Two requests that may be for one child: once it is decided, nobody is asked any more."""

from services.notify.domain.mails import same_children as mails
from services.notify.domain.outcome import Reason
from services.notify.handlers.queueing import queue, recall
from services.notify.ports import NotifyUnit
from shared.events.base import Event
from shared.events.same_child import PlansJoined, SameChildDismissed


async def keep_apart(event: SameChildDismissed, unit: NotifyUnit) -> None:
    """They stay apart; who waits for that is told."""
    await _ask_no_more(event, unit)
    await queue(mails.tell_that_apart(event), unit)


async def go_on_together(event: PlansJoined, unit: NotifyUnit) -> None:
    """They go on together."""
    await _ask_no_more(event, unit)
    await queue([mails.tell_that_joined(event)], unit)


async def _ask_no_more(event: Event, unit: NotifyUnit) -> None:
    about = await unit.messages.get_of_case(event.subject)
    await recall([one for one in about if one.draft.mail is mails.SAME_CHILD], Reason.OVERTAKEN, unit)
