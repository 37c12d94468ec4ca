"""What becomes of a digest becomes of its parts, which are messages of their own."""

from dataclasses import replace
from datetime import datetime

from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import AttemptOutcome, Reason, Refused, Unknown
from shared.events.base import Event
from shared.events.notify import RefusalKind


def is_still_said(part: Message) -> bool:
    """Whether its digest still has to say it. One that was taken back while it was in an attempt ends with that."""
    is_in_hand = part.state is MessageState.SENDING
    return is_in_hand or (part.recalled is None and part.state not in {MessageState.ACCEPTED, MessageState.WITHDRAWN})


def go_along(part: Message, digest: Message) -> list[Event]:
    """Its digest was claimed: it is in an attempt, or it failed, as the digest."""
    at = digest.settled_at or digest.queued_at
    match digest.state:
        case MessageState.SENDING:
            part.state, part.settled_at = MessageState.SENDING, None
            part.attempt += 1
            return []
        case MessageState.REFUSED:
            return part.record(Refused(RefusalKind.GAVE_UP), at, 0)
        case _:
            return part.record(Unknown(Reason.SENDER_STOPPED), at, 0)


def end_as(part: Message, outcome: AttemptOutcome, at: datetime) -> list[Event]:
    """The attempt of its digest ended so; that the address is at fault, the digest says."""
    if isinstance(outcome, Refused):
        outcome = replace(outcome, address_at_fault=False)
    return part.record(outcome, at, 0)
