"""What becomes of a message: attempts, what they led to, another try, and the end."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.notify.commands import ClaimMessages, RecordOutcome
from services.notify.domain import digest_parts, repeating
from services.notify.domain.draft import MessageDraft
from services.notify.domain.errors import MessageNotFound, NotRetryable
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Accepted, Overtaken, Reason
from services.notify.handlers.queueing import queue
from services.notify.ports import NotifyUnit

# As long as an event may be replayed (the inbox's time), so that a replay queues nothing twice.
KEEP_SETTLED_FOR: Final = timedelta(days=180)


async def claim_messages(command: ClaimMessages, unit: NotifyUnit) -> list[Message]:
    """The messages to attempt now; each is `sending` with its attempt number and a lease when this commits."""
    due = await unit.messages.get_due(command.limit, command.in_hand)
    for message in due:
        _follow(message, unit)
        unit.outbox.append(*message.claim(unit.now, command.lease))
        if message.draft.mail.is_digest:
            await _take_parts_along(message, unit)
    await unit.messages.save(due)
    claimed = [message for message in due if message.state is MessageState.SENDING]
    without_links = await unit.preferences.list_codes_only({message.draft.recipient_id for message in claimed})
    for message in claimed:
        for letter in (message, *message.parts):
            letter.codes_only = message.draft.recipient_id in without_links
    return claimed


async def record_outcomes(commands: Sequence[RecordOutcome], unit: NotifyUnit) -> list[Message]:
    """Write how attempts ended; one that is not the attempt in hand changes nothing. Returns what changed."""
    messages = await unit.messages.get_each([command.message_id for command in commands])
    changed = []
    for command in commands:
        message = messages.get(command.message_id)
        if message is None or (message.state, message.attempt) != (MessageState.SENDING, command.attempt):
            continue
        _follow(message, unit, command.traceparent)
        unit.outbox.append(*message.record(command.outcome, unit.now, command.jitter))
        changed.append(message)
        if message.draft.mail.is_digest:
            changed += await _end_parts(message, command, unit)
    await unit.messages.save(changed)
    return changed


async def retry_message(message_id: UUID, unit: NotifyUnit) -> None:
    """A coordinator or operator asks for another attempt. Raises MessageNotFound or NotRetryable."""
    message = await _held(message_id, unit)
    if not repeating.can_be_retried(message, unit.now) or await why_over(message, unit) is not None:
        raise NotRetryable
    message.retry(unit.now)
    await unit.messages.save([message])


async def why_over(message: Message, unit: NotifyUnit) -> Reason | None:
    """Why this is not said any more, to this reader; None: it is."""
    case_id = message.draft.case_id
    return repeating.reason_against(message, await unit.ended_cases.get_reason(case_id) if case_id else None)


async def send_again(message_id: UUID, unit: NotifyUnit) -> UUID:
    """A coordinator or operator asks for the same mail once more; returns the new message, or the one there is already.

    Raises MessageNotFound or NotRetryable.
    """
    message = await _held(message_id, unit)
    draft = message.draft.again(message_id)
    if (made := await _made(draft, unit)) is not None:
        return made
    if repeating.can_be_said_again(message, unit.now) and await why_over(message, unit) is None:
        await queue([draft], unit)
    if (made := await _made(draft, unit)) is None:
        raise NotRetryable
    return made


async def _held(message_id: UUID, unit: NotifyUnit) -> Message:
    """The case first, then the message: whoever ends the case takes them in this order, too."""
    found = await unit.overview.read(message_id)
    if found is not None and found.draft.case_id is not None:
        await unit.ended_cases.hold([found.draft.case_id])
    message = await unit.messages.get(message_id)
    if message is None:
        raise MessageNotFound
    if message.draft.mail.is_digest:
        message.parts = tuple(await unit.messages.get_parts(message_id))
    return message


async def _made(draft: MessageDraft, unit: NotifyUnit) -> UUID | None:
    about = await unit.messages.get_about(draft.about_id)
    return next((one.id for one in about if one.draft.occasion == draft.occasion), None)


async def forget_old_messages(unit: NotifyUnit) -> None:
    """Delete messages that have been at rest for long."""
    await unit.messages.delete_settled(unit.now - KEEP_SETTLED_FOR)


async def _take_parts_along(digest: Message, unit: NotifyUnit) -> None:
    """What becomes of a digest becomes of its parts; one of which every part was taken back is not sent."""
    parts = [part for part in await unit.messages.get_parts(digest.id) if digest_parts.is_still_said(part)]
    if not parts and digest.state is MessageState.SENDING:
        unit.outbox.append(*digest.record(Overtaken(), unit.now, 0))
    for part in parts:
        unit.outbox.append(*digest_parts.go_along(part, digest))
    await unit.messages.save(parts)
    digest.parts = tuple(parts)


async def _end_parts(digest: Message, command: RecordOutcome, unit: NotifyUnit) -> list[Message]:
    """The attempt of a digest ended: so did that of the parts which were in it."""
    parts = await unit.messages.get_parts(digest.id)
    in_hand = [part for part in parts if part.state is MessageState.SENDING]
    left_out = command.outcome.left_out if isinstance(command.outcome, Accepted) else frozenset()
    for part in in_hand:
        outcome = Overtaken() if part.id in left_out else command.outcome
        unit.outbox.append(*digest_parts.end_as(part, outcome, unit.now))
    return in_hand


def _follow(message: Message, unit: NotifyUnit, traceparent: str | None = None) -> None:
    """What becomes of a message follows from what queued it, under the span of the attempt."""
    cause = message.cause
    unit.caused_by(cause._replace(traceparent=traceparent) if cause and traceparent else cause)
