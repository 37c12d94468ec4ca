"""Whether a person may have a mail sent once more: only what is still so, and only to whom it still concerns."""

from datetime import datetime

from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Reason


def reason_against(message: Message, ended: Reason | None) -> Reason | None:
    """Why what it says is over, if it is; of a digest: all of it. `ended`: why its case ended, if it did."""
    if message.draft.is_stale(ended):
        return ended
    against = [one.recalled for one in message.parts]
    return message.recalled or (against[0] if against and None not in against else None)


def can_be_retried(message: Message, at: datetime) -> bool:
    """Whether it failed, and another attempt is of use."""
    failed = message.state in {MessageState.REFUSED, MessageState.UNKNOWN} and message.next_attempt_at is None
    return failed and not _is_useless(message, at)


def can_be_said_again(message: Message, at: datetime) -> bool:
    """Whether a new message may say the same: this one arrived, as far as is known."""
    mail = message.draft.mail
    arrived = message.state is MessageState.ACCEPTED and mail.is_known and not mail.is_digest
    return arrived and not _is_useless(message, at)


def _is_useless(message: Message, at: datetime) -> bool:
    useless_after = message.draft.useless_after
    return useless_after is not None and at >= useless_after
