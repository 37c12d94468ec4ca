"""A letter as bytes for the mail server: text and HTML, the right headers, nothing that a name could smuggle in.

Built with the classic half of `email`: its modern header registry takes ten times as long for the same bytes.
"""

from binascii import b2a_qp
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import Compat32
from email.utils import format_datetime, formataddr
from typing import Final

from email_validator import EmailNotValidError, validate_email

from services.notify.domain.letter import MAIL_LANGUAGE, Letter

SENDER_NAME: Final = "Schakel"
LONGEST_NAME: Final = 80
LONGEST_LINE: Final = 76


class _Headers(Compat32):
    """As its parent, but a header that fits on its line, or has no room to break, is written as it is."""

    def fold_binary(self, name: str, value: str) -> bytes:
        fits = len(name) + len(value) < LONGEST_LINE or " " not in value
        if value.isascii() and value.isprintable() and fits:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


ON_THE_WIRE: Final = _Headers(linesep="\r\n")


class UnusableAddress(ValueError):
    """This address cannot stand in a mail."""


def ascii_address(address: str) -> str:
    """The address as every mail server takes it (the domain in punycode). Raises UnusableAddress."""
    try:
        checked = validate_email(
            address, check_deliverability=False, globally_deliverable=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError as error:
        raise UnusableAddress(type(error).__name__) from None
    return checked.ascii_email or checked.normalized


def to_bytes(letter: Letter, *, address: str, sender: str, reply_to: str = "") -> bytes:
    """The whole mail, 7-bit, to an `ascii_address`; two copies of one message differ in nothing but their date.

    An appointment is an alternative of the words, which calendars show as an invitation, and a file for the others.
    """
    key = letter.message_id.partition("@")[0]
    words = MIMEMultipart("alternative", boundary=f"=_{key}", policy=ON_THE_WIRE)
    mail = words if letter.calendar is None else MIMEMultipart("mixed", boundary=f"=_{key}_all", policy=ON_THE_WIRE)
    mail["From"] = formataddr((SENDER_NAME, sender))
    mail["To"] = formataddr((_plain(letter.to_name), address))
    if answered_at := letter.reply_to or reply_to:
        mail["Reply-To"] = answered_at
    mail["Subject"] = _subject(_plain(letter.subject))
    mail["Date"] = format_datetime(letter.written_at)
    mail["Message-ID"] = f"<{letter.message_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    # By which we know our own mail, wherever it comes back from.
    mail["X-Schakel"] = "mail"
    mail["Content-Language"] = MAIL_LANGUAGE
    words.attach(_part("plain", letter.text))
    words.attach(_part("html", letter.html))
    if letter.calendar is not None:
        content = letter.calendar.content.decode()
        words.attach(_part("calendar", content, method=letter.calendar.method))
        mail.attach(words)
        mail.attach(_file(content, letter.calendar.name))
    return mail.as_bytes()


def _file(content: str, name: str) -> MIMENonMultipart:
    part = _part("calendar", content)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _part(kind: str, words: str, **parameters: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", kind, policy=ON_THE_WIRE, charset="utf-8", **parameters)
    part["Content-Transfer-Encoding"] = "quoted-printable"
    # The C way: the one in `email` takes forty times as long.
    part.set_payload(b2a_qp(words.encode(), istext=True).decode("ascii"))
    return part


def _subject(words: str) -> str:
    return words if words.isascii() else Header(words, "utf-8", LONGEST_LINE, "Subject").encode()


def _plain(words: str) -> str:
    """On one line, without control characters, and short enough for a header."""
    printable = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(printable.split())[:LONGEST_NAME]
