"""A mail that was received, and whether a machine sent it: small steps in a fixed order, each with its reason."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

from shared.events.notify import IgnoredReason

OWN_MARK: Final = "x-schakel"
# With a photo of a telephone in it.
MOST_BYTES: Final = 25_000_000
_OWN_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_AWAY: Final = re.compile(
    r"(?i)^\W*(?:automatisch(?:e)? (?:antwoord|reactie|bericht)|afwezig|niet aanwezig|out of (?:the )?office"
    r"|automatic reply|auto(?:matic)?[- ]?reply|vakantiebericht)"
)
_OF_MACHINES: Final = ("x-autoreply", "x-autorespond", "x-auto-reply-from", "x-ms-exchange-inbox-rules-loop")


@dataclass(frozen=True, slots=True)
class Received:
    """A mail as it was received. `headers` are in small letters; `words` is what its writer wrote, without quotes.

    `bounced` are the Message-IDs that a report says did not arrive; None: it is no report. `size` in bytes.
    """

    message_id: str
    size: int
    return_path: str
    recipients: tuple[str, ...]
    sender: str = ""
    subject: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    bounced: tuple[str, ...] | None = None
    words: str = ""

    @property
    def mark(self) -> bytes:
        """By which it is known when it comes once more."""
        return sha256(self.message_id.encode()).digest()


class Outcome(StrEnum):
    """What came of it, besides the reasons for which nothing did."""

    DRAFTED = "drafted"
    BOUNCED = "bounced"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """What is kept of it: nothing that it says. `outcome` is an `Outcome` or an `IgnoredReason`."""

    id: UUID
    mark: bytes
    received_at: datetime
    outcome: str
    about_id: UUID | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """What somebody answered by mail, until that person places it."""

    id: UUID
    about_id: UUID
    person_id: UUID
    made_at: datetime
    text: str


Step = Callable[[Received, str], bool]


def _is_own(mail: Received, own_host: str) -> bool:
    local, _, host = mail.message_id.partition("@")
    return OWN_MARK in mail.headers or (host == own_host and _OWN_ID.fullmatch(local) is not None)


def _is_automatic(mail: Received, _: str) -> bool:
    return mail.headers.get("auto-submitted", "no").split(";")[0].strip().lower() != "no"


def _is_bulk(mail: Received, _: str) -> bool:
    return mail.headers.get("precedence", "").strip().lower() in {"bulk", "junk", "list", "auto_reply"}


# A report that a mail came back is read after the second one, and is none of the others.
BEFORE_REPORTS: Final[tuple[tuple[Step, IgnoredReason], ...]] = (
    (lambda mail, _: mail.size > MOST_BYTES, IgnoredReason.TOO_LARGE),
    (_is_own, IgnoredReason.OWN_MAIL),
)
AFTER_REPORTS: Final[tuple[tuple[Step, IgnoredReason], ...]] = (
    (lambda mail, _: not mail.return_path, IgnoredReason.NO_SENDER),
    (_is_automatic, IgnoredReason.AUTOMATIC),
    (_is_bulk, IgnoredReason.BULK),
    (lambda mail, _: "list-id" in mail.headers, IgnoredReason.MAILING_LIST),
    (lambda mail, _: any(name in mail.headers for name in _OF_MACHINES), IgnoredReason.AUTOREPLY),
    (lambda mail, _: _AWAY.match(mail.subject) is not None, IgnoredReason.AWAY),
)


def why_ignored(mail: Received, own_host: str) -> IgnoredReason | None:
    """Why nothing comes of it, by what stands around it; None: somebody wrote it, or it reports what came back."""
    steps = BEFORE_REPORTS if mail.bounced is not None else (*BEFORE_REPORTS, *AFTER_REPORTS)
    return next((reason for ends, reason in steps if ends(mail, own_host)), None)
