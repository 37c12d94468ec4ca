"""How one attempt to hand over a message can end, and why.

Reasons are codes: a server's own words may hold an address.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.events.notify import RefusalKind


class Reason(StrEnum):
    """Why a message waits, failed or was taken back."""

    ADDRESS_BOOK_AWAY = "address-book-away"  # matching gives no answer
    FOLLOW_UP_LINKS_AWAY = "follow-up-links-away"  # monitoring gives no answer
    SEAT_LETTERS_AWAY = "seat-letters-away"  # community gives no answer
    MAIL_SERVER_AWAY = "mail-server-away"  # no connection, or it broke before the message was handed over
    MAIL_SERVER_BUSY = "mail-server-busy"  # it asked to come back later (4xx)
    NO_LINE_FREE = "no-line-free"  # all our connections to the mail server are in use
    MAIL_SERVER_LOCKED = "mail-server-locked"  # it does not let us in: name, password or encryption
    NOT_WRITABLE = "not-writable"  # the letter cannot be made; an operator must look
    REFUSED_BY_SERVER = "refused-by-server"  # it will never take this message (5xx)
    NO_ADDRESS = "no-address"  # the person is gone, or has no usable address
    GAVE_UP = "gave-up"  # too long without success
    LINE_BROKE = "line-broke"  # the line broke after the message was handed over
    SENDER_STOPPED = "sender-stopped"  # the sender died in the middle of an attempt
    CASE_WITHDRAWN = "case-withdrawn"
    CASE_CLOSED = "case-closed"
    CASE_RESTS = "case-rests"  # until its day nobody asks the family or its ambassador anything
    CASE_ON_HOLD = "case-on-hold"  # for a child's safety: nothing about the case leaves, to nobody
    OVERTAKEN = "overtaken"  # what the message asks is no longer needed
    OTHER_READER = "other-reader"  # somebody else is the family's contact person, or the partner's
    NEWER_MAIL = "newer-mail"  # a newer mail says the same, or more
    YES_AFTER_ALL = "yes-after-all"  # what corrects a yes is no longer true: the partner said yes again
    STANDS_AGAIN = "stands-again"  # its question was closed for a moment, and is open again
    OF_ANOTHER_RELEASE = "of-another-release"  # a reason that this release does not know

    @classmethod
    def _missing_(cls, _value: object) -> "Reason":
        """A newer release wrote this row; it must not stop the others."""
        return cls.OF_ANOTHER_RELEASE


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server took it. `left_out`: the parts of a digest that were no longer needed."""

    left_out: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Deferred:
    """It was surely not taken; try again later."""

    reason: Reason
    reply_code: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be taken. `address_at_fault`: the recipient's address is the cause."""

    kind: RefusalKind
    reply_code: int | None = None
    address_at_fault: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """It was handed over, and no answer came: it may have been taken."""

    reason: Reason = Reason.LINE_BROKE


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What the message asks is no longer needed, so it was not sent."""


AttemptOutcome = Accepted | Deferred | Refused | Unknown | Overtaken
