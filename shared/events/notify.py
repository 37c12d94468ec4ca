"""What notify publishes: what became of each message (the subject), and of each mail that was received."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.events.base import CaseCode, Code, Count, Event, Instant


class RefusalKind(StrEnum):
    """Why a message was not taken: by the server for good, or we could not find where to send it."""

    REFUSED_BY_SERVER = "refused-by-server"
    NO_ADDRESS = "no-address"
    GAVE_UP = "gave-up"


class MailKind(StrEnum):
    """What was received."""

    REPLY = "reply"
    BOUNCE = "bounce"


class IgnoredReason(StrEnum):
    """Why nothing came of a mail that was received."""

    TOO_LARGE = "too-large"
    OWN_MAIL = "own-mail"
    NO_SENDER = "no-sender"
    AUTOMATIC = "automatic"
    BULK = "bulk"
    MAILING_LIST = "mailing-list"
    AUTOREPLY = "autoreply"
    AWAY = "away"
    UNKNOWN_ADDRESS = "unknown-address"
    CLOSED = "closed"
    OTHER_SENDER = "other-sender"
    NO_TEXT = "no-text"
    PERSONAL_DATA = "personal-data"
    TOO_MANY = "too-many"
    NOT_BOUNCED = "not-bounced"


class MessageFact(Event):
    """A fact about one message to one person; `case_id` is empty for messages about no case (sign-in)."""

    template: Code
    recipient_id: UUID
    case_id: UUID | None = None
    case_code: CaseCode | None = None
    attempt: Count


class MessageAccepted(MessageFact):
    """The mail server took the message."""

    accepted_at: Instant


class MessageRefused(MessageFact):
    """The message will not be tried again; an operator or coordinator sees it."""

    kind: RefusalKind


class MessageUnknown(MessageFact):
    """The line broke after the message was handed over: it may have arrived.

    It is sent once more, with the same Message-ID; `is_last`: that ended so as well, and a person must look.
    """

    is_last: bool = False


class AddressFlagged(Event):
    """Mail to this person (the subject) does not arrive."""

    kind: RefusalKind


class MailReceived(Event):
    """Somebody answered a mail (`about` what that asked), or it came back. The subject is what was received.

    What it says is in no event.
    """

    kind: MailKind
    about_id: UUID | None = None


class MailIgnored(Event):
    """A mail was received (the subject), and nothing came of it."""

    reason: IgnoredReason


class MessagesErased(Event):
    """Confirms `CaseErased`: notify deleted all that it held of the case: messages, calendar entries."""

    is_tombstone: ClassVar[bool] = True
