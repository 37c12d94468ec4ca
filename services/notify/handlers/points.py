"""The points on the desk's list."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from services.notify.domain.mails import desk
from services.notify.domain.message import Message
from services.notify.domain.outcome import Reason
from services.notify.handlers.queueing import queue, recall
from services.notify.ports import NotifyUnit
from shared.events import monitoring

_NEWER: Final = Reason.NEWER_MAIL


async def strike_point(event: monitoring.EscalationResolved | monitoring.PointPostponed, unit: NotifyUnit) -> None:
    """The point is off the list, or waits: it stands in no digest, until it is said to be there again."""
    await recall(await unit.messages.get_about(event.escalation_id), Reason.OVERTAKEN, unit)


async def tell_whose_point_it_is(event: monitoring.PointAssigned, unit: NotifyUnit) -> None:
    """Somebody has it, or everybody again: what is still unsaid about it says less than this, or asks too many."""
    about = await unit.messages.get_about(event.escalation_id)
    drafts = desk.tell_whose_point_it_is(event)
    told = {one.recipient_id for one in drafts}
    old = [one for one in about if one.draft.mail in desk.SAYS_WHOSE or _is_old(one, event, told)]
    await recall([one for one in old if one.draft.occasion not in {each.occasion for each in drafts}], _NEWER, unit)
    await queue(drafts, unit)


def _is_old(message: Message, event: monitoring.PointAssigned, told: Collection[UUID]) -> bool:
    """While somebody has it, it stands in the digest of nobody else."""
    return message.draft.mail is desk.DESK_POINT and (
        event.owner_id not in {None, message.draft.recipient_id} or message.draft.recipient_id in told
    )
