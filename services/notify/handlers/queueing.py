"""How a message comes into the queue, and is taken back from it."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from services.notify.domain.message import Message, MessageDraft
from services.notify.domain.outcome import Reason
from services.notify.ports import NotifyUnit
from shared.events.base import Event

EventT = TypeVar("EventT", bound=Event)


def mailing(draft: Callable[[EventT], MessageDraft]) -> Callable[[EventT, NotifyUnit], Awaitable[None]]:
    """What follows an event that leads to one mail, for a line in the table of subscriptions."""

    async def queue_mail(event: EventT, unit: NotifyUnit) -> None:
        await queue([draft(event)], unit)

    return queue_mail


def mailing_coordinators(
    drafts: Callable[[EventT, Iterable[UUID]], Iterable[MessageDraft]],
) -> Callable[[EventT, NotifyUnit], Awaitable[None]]:
    """What follows an event that leads to mail for the coordinators, who are given to `drafts`."""

    async def queue_mails(event: EventT, unit: NotifyUnit) -> None:
        await queue(drafts(event, await unit.people.list_coordinators()), unit)

    return queue_mails


async def queue(drafts: Iterable[MessageDraft], unit: NotifyUnit) -> None:
    """Queue each draft once. What is about a closed case is held back; a case that ended for good gets no mail."""
    for draft in drafts:
        ended = await unit.ended_cases.get_reason(draft.case_id) if draft.case_id else None
        if draft.is_stale(ended) and ended is not Reason.CASE_CLOSED:
            continue
        message = Message.queue(draft, unit.ids.new(), unit.now, unit.cause)
        if ended is not None:
            message.recall(ended, unit.now)
        await unit.messages.add(message)


async def recall(messages: Sequence[Message], reason: Reason, unit: NotifyUnit) -> None:
    """Take back what has not left yet."""
    for message in messages:
        message.recall(reason, unit.now)
    await unit.messages.save(messages)
