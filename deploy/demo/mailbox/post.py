"""Mails in memory, at most so many; the oldest go first."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from functools import cached_property
from html import unescape
from typing import Final

KEPT: Final = 1000
_HREF: Final = re.compile(r'href="(https?://[^"]+)"')


@dataclass(frozen=True)
class Mail:
    """One mail to one reader, as it was received; it is read when somebody looks at it."""

    number: int
    to: str
    content: bytes
    taken_at: datetime

    @cached_property
    def _parsed(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=default)

    @cached_property
    def sent_at(self) -> datetime:
        """When it was written, by the sender's clock (in a demo that may be weeks ahead); else when it was taken."""
        try:
            written = parsedate_to_datetime(str(self._parsed["Date"]))
        except ValueError:
            return self.taken_at
        return written.astimezone(UTC) if written.tzinfo else written.replace(tzinfo=UTC)

    @property
    def sender(self) -> str:
        """Who wrote it."""
        return str(self._parsed["From"] or "")

    @property
    def subject(self) -> str:
        """What it is about."""
        return str(self._parsed["Subject"] or "(geen onderwerp)")

    @cached_property
    def text(self) -> str:
        """The part in plain text."""
        return self._part("plain")

    @cached_property
    def html(self) -> str:
        """The part in HTML."""
        return self._part("html")

    @property
    def message_id(self) -> str:
        """The same for every copy of one message."""
        return str(self._parsed["Message-ID"] or "").strip("<> ")

    @property
    def headers(self) -> list[tuple[str, str]]:
        """All of them."""
        return [(name, str(value)) for name, value in self._parsed.items()]

    @property
    def links(self) -> list[str]:
        """Where the links of the mail lead, in order, each once."""
        return list(dict.fromkeys(unescape(link) for link in _HREF.findall(self.html)))

    def _part(self, kind: str) -> str:
        body = self._parsed.get_body((kind,))
        if body is None:
            return ""
        try:
            return str(body.get_content())
        except (LookupError, UnicodeError):
            return "(dit deel is onleesbaar)"


@dataclass
class Mailbox:
    """Everybody's mail."""

    keep: int = KEPT
    _mails: deque[Mail] = field(init=False)
    _last: int = field(init=False, default=0)
    _refusing: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._mails = deque(maxlen=self.keep)

    def refuse_next(self, reader: str) -> None:
        """The next mail to this reader is not taken, as by a server that does not know the address."""
        self._refusing.add(reader.lower())

    def refuses(self, readers: list[str]) -> bool:
        """Whether this mail is not taken; the one after it is."""
        refusing = self._refusing.intersection(reader.lower() for reader in readers)
        self._refusing -= refusing
        return bool(refusing)

    def take(self, content: bytes, readers: list[str]) -> None:
        """Keep a mail for each of its readers."""
        for reader in readers:
            self._last += 1
            self._mails.append(Mail(self._last, reader.lower(), content, datetime.now(UTC)))

    def mails(self, to: str = "") -> list[Mail]:
        """Newest first; everybody's, or one reader's."""
        return [mail for mail in reversed(self._mails) if not to or mail.to == to.lower()]

    def mail(self, number: int) -> Mail | None:
        """One of them."""
        return next((mail for mail in self._mails if mail.number == number), None)

    def readers(self) -> list[tuple[str, int]]:
        """Who has mail, and how much."""
        return sorted(Counter(mail.to for mail in self._mails).items())
