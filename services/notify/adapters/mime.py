"""A letter as bytes for the mail server: text and HTML, the right headers, nothing that a name could smuggle in."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from email_validator import EmailNotValidError, validate_email

from services.notify.ports import Letter

SENDER_NAME: Final = "Schakel"
LONGEST_NAME: Final = 80


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


def to_bytes(letter: Letter, *, sender: str, reply_to: str = "") -> bytes:
    """The whole mail, 7-bit; two copies of one message differ in nothing but their date. Raises UnusableAddress."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(SENDER_NAME, addr_spec=sender)
    mail["To"] = Address(_plain(letter.to_name), addr_spec=ascii_address(letter.to_address))
    if reply_to:
        mail["Reply-To"] = Address(addr_spec=reply_to)
    mail["Subject"] = _plain(letter.subject)
    mail["Date"] = format_datetime(letter.written_at)
    mail["Message-ID"] = f"<{letter.message_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["Content-Language"] = "nl"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{letter.message_id.partition('@')[0]}")
    return mail.as_bytes()


def _plain(words: str) -> str:
    """On one line, without control characters, and short enough for a header."""
    printable = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(printable.split())[:LONGEST_NAME]
