"""A mail's bytes, read: whatever is in them, it says what was read and raises nothing."""

from collections.abc import Sequence
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from hashlib import sha256
from typing import Final

from services.notify.adapters.html_words import words_of_html
from services.notify.adapters.reply_cut import cut
from services.notify.domain.received import MOST_BYTES, OWN_MARK, Received

_READ: Final = (
    "auto-submitted", "precedence", "list-id", "x-autoreply", "x-autorespond", "x-auto-reply-from",
    "x-ms-exchange-inbox-rules-loop", OWN_MARK,
)  # fmt: skip
# What calls itself Latin-1 is what Windows writes; and every byte means something in it.
_LATIN: Final = frozenset({"iso-8859-1", "latin-1", "us-ascii", "ascii"})
MOST_PARTS: Final = 100
LONGEST_ADDRESS: Final = 320


def read_mail(content: bytes, return_path: str, recipients: Sequence[str]) -> Received:
    """What there is to know of it, `words` included; of one that is too large, its size only."""
    mail = message_from_bytes(content[:MOST_BYTES])
    parts = list(mail.walk())[:MOST_PARTS] if len(content) <= MOST_BYTES else []
    return Received(
        message_id=_text(mail, "Message-ID").strip(" <>") or sha256(content).hexdigest(),
        size=len(content),
        return_path=return_path,
        recipients=tuple(recipients),
        sender=parseaddr(_text(mail, "From"))[1][:LONGEST_ADDRESS],
        subject=_text(mail, "Subject"),
        headers={name: _text(mail, name) for name in _READ if name in mail},
        bounced=_bounced(parts) if mail.get_content_type() == "multipart/report" else None,
        words=cut(_words(parts)),
    )


def _text(mail: Message, name: str) -> str:
    said = mail.get(name, "")
    try:
        return " ".join(str(make_header(decode_header(str(said)))).split())
    except (ValueError, LookupError):
        return " ".join(str(said).split())


def _words(parts: Sequence[Message]) -> str:
    """The first text of it that is no file."""
    shown = [part for part in parts if not part.is_multipart() and part.get_content_disposition() != "attachment"]
    plain = next((_decoded(part) for part in shown if part.get_content_type() == "text/plain"), "")
    if plain.strip():
        return plain
    return words_of_html(next((_decoded(part) for part in shown if part.get_content_type() == "text/html"), ""))


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = (part.get_content_charset() or "utf-8").lower()
    for one in ("utf-8", "cp1252") if charset in _LATIN else (charset, "cp1252"):
        try:
            return content.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def _bounced(parts: Sequence[Message]) -> tuple[str, ...]:
    """The Message-IDs of what did not arrive for good; a report of a delay has none (RFC 3464)."""
    statuses = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    fields = [inner for status in statuses for inner in status.walk() if not inner.is_multipart()]
    if not any(_text(one, "Action").lower() == "failed" for one in fields):
        return ()
    returned = [part for part in parts if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}]
    found = [_returned_id(part) for part in returned]
    return tuple(one for one in found if one)


def _returned_id(part: Message) -> str:
    inner = part.get_payload(0) if part.is_multipart() else message_from_bytes(_decoded(part).encode())
    return _text(inner, "Message-ID").strip(" <>") if isinstance(inner, Message) else ""
