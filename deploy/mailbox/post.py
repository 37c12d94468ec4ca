"""Mails in memory, at most so many; the oldest go first."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Final

KEPT: Final = 1000
_HREF: Final = re.compile(r'href="(https?://[^"]+)"')


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one reader, as it was received."""

    number: int
    sent_at: datetime
    to: str
    sender: str
    subject: str
    text: str
    html: str
    message_id: str
    headers: tuple[tuple[str, str], ...]

    @property
    def links(self) -> list[str]:
        """Where the links of the mail lead, in order, each once."""
        return list(dict.fromkeys(unescape(link) for link in _HREF.findall(self.html)))


@dataclass
class Mailbox:
    """Everybody's mail."""

    keep: int = KEPT
    _mails: deque[Mail] = field(init=False)
    _last: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._mails = deque(maxlen=self.keep)

    def take(self, content: bytes, readers: list[str]) -> None:
        """Keep a mail for each of its readers."""
        parsed = message_from_bytes(content, policy=default)
        for reader in readers:
            self._last += 1
            self._mails.append(_read(parsed, self._last, reader))

    def mails(self, to: str = "") -> list[Mail]:
        """Newest first; everybody's, or one reader's."""
        return [mail for mail in reversed(self._mails) if not to or mail.to == to.lower()]

    def mail(self, number: int) -> Mail | None:
        """One of them."""
        return next((mail for mail in self._mails if mail.number == number), None)

    def readers(self) -> list[tuple[str, int]]:
        """Who has mail, and how much."""
        return sorted(Counter(mail.to for mail in self._mails).items())


def _read(parsed: EmailMessage, number: int, reader: str) -> Mail:
    return Mail(
        number=number,
        sent_at=_moment(parsed),
        to=reader.lower(),
        sender=str(parsed["From"] or ""),
        subject=str(parsed["Subject"] or "(geen onderwerp)"),
        text=_part(parsed, "plain"),
        html=_part(parsed, "html"),
        message_id=str(parsed["Message-ID"] or "").strip("<> "),
        headers=tuple((name, str(value)) for name, value in parsed.items()),
    )


def _moment(parsed: EmailMessage) -> datetime:
    """When it was written, by the sender's clock (in a demo that may be weeks ahead); else now."""
    try:
        written = parsedate_to_datetime(str(parsed["Date"]))
    except ValueError:
        return datetime.now(UTC)
    return written.astimezone(UTC) if written.tzinfo else written.replace(tzinfo=UTC)


def _part(parsed: EmailMessage, kind: str) -> str:
    body = parsed.get_body((kind,))
    if body is None:
        return ""
    try:
        return str(body.get_content())
    except (LookupError, UnicodeError):
        return "(dit deel is onleesbaar)"
