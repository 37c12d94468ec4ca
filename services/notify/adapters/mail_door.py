"""The door for mail that comes in, over SMTP or LMTP: what is taken is received for good, else it is offered again."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from services.notify.adapters.inbound_mail import read_mail
from services.notify.commands import ReceiveMail
from services.notify.domain.errors import MailedTooOften
from services.notify.domain.received import MOST_BYTES, Outcome, Received, why_ignored
from services.notify.domain.reply_addresses import ReplyAddresses
from services.notify.handlers.receiving import receive
from services.notify.ports import NotifyUnit
from shared.access.people_book import PeopleBook, PeopleBookAway
from shared.events.notify import IgnoredReason
from shared.kernel.errors import is_transient
from shared.runtime.listening import listen
from shared.unit_of_work import Units

TAKEN: Final = "250 2.0.0 OK"
LATER: Final = "450 4.3.2 Try again later"
TOO_OFTEN: Final = "450 4.7.1 Too many mails for now, try again later"
TOO_LARGE: Final = "552 5.3.4 Too large"
UNKNOWN: Final = "550 5.1.1 Nobody reads this address"
NOT_OURS: Final = "550 5.7.1 We take no mail for others"
REPLIES: Final = {IgnoredReason.TOO_LARGE: TOO_LARGE, IgnoredReason.UNKNOWN_ADDRESS: UNKNOWN}
# Far above what we read, so that we ourselves say what became of a mail that is too large.
MOST_OFFERED: Final = 2 * MOST_BYTES
TAKEN_WITHIN_SECONDS: Final = 30.0
log = structlog.get_logger(__name__)


class ReceivedTally(Protocol):
    """Counts what is received, for whoever watches."""

    def received(self, outcome: str) -> None:
        """One mail ended so."""


@dataclass(frozen=True, slots=True)
class MailDoor:
    """Takes one mail. `back_to`: where our own mail comes back, besides the addresses at which it is answered."""

    units: Units[NotifyUnit]
    people: PeopleBook
    addresses: ReplyAddresses
    back_to: str
    tally: ReceivedTally

    def takes(self, address: str) -> bool:
        """Whether mail to this address is for us."""
        return self.addresses.takes(address) or address.lower() == self.back_to.lower()

    async def take(self, content: bytes, return_path: str, recipients: Sequence[str]) -> str:
        """The reply to the server that hands it over. Nothing that the mail says is logged."""
        try:
            async with asyncio.timeout(TAKEN_WITHIN_SECONDS):
                mail = await asyncio.to_thread(read_mail, content, return_path, recipients)
                outcome = await self._receive(mail)
        except MailedTooOften:
            return self._later("mailed-too-often", TOO_OFTEN)
        except Exception as error:  # noqa: BLE001 - whatever it is, the mail is not lost: it is offered again
            level = log.warning if is_transient(error) or isinstance(error, PeopleBookAway) else log.error
            level("mail_not_received", error=type(error).__name__)
            return self._later("later", LATER)
        self.tally.received(outcome.value)
        return REPLIES.get(outcome, TAKEN) if isinstance(outcome, IgnoredReason) else TAKEN

    async def _receive(self, mail: Received) -> Outcome | IgnoredReason:
        own_host = self.back_to.rpartition("@")[2]
        answers = mail.bounced is None and any(self.addresses.message_of(one) for one in mail.recipients)
        sender = None
        if answers and mail.sender and why_ignored(mail, own_host) is None:
            sender = await self.people.find_by_address(mail.sender)
        async with self.units.begin() as unit:
            command = ReceiveMail(mail, own_host, sender.person_id if sender else None)
            return await receive(command, unit, self.addresses)

    def _later(self, outcome: str, reply: str) -> str:
        self.tally.received(outcome)
        return reply


class _Handler:
    """What aiosmtpd asks."""

    def __init__(self, door: MailDoor) -> None:
        self._door = door

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self._door.takes(address):
            return NOT_OURS
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return TAKEN

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        reply = await self._door.take(content, envelope.mail_from or "", envelope.rcpt_tos)
        # Over LMTP each recipient has a reply of its own (RFC 2033 section 4.2).
        return "\r\n".join([reply] * len(envelope.rcpt_tos)) if isinstance(server, LMTP) else reply


@contextlib.asynccontextmanager
async def open_door(door: MailDoor, *, host: str, port: int, lmtp: bool) -> AsyncIterator[int]:
    """The port on which it listens, until it closes."""
    kind, handler = (LMTP if lmtp else SMTP), _Handler(door)

    def talk() -> SMTP:
        return kind(handler, hostname="schakel", ident="Schakel", data_size_limit=MOST_OFFERED, enable_SMTPUTF8=True)

    server = await asyncio.get_running_loop().create_server(talk, sock=listen(host, port))
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        # Whoever is in the middle of a mail hears nothing, and offers it again.
        server.close()


def keep_open(
    door: MailDoor, *, host: str, port: int, lmtp: bool
) -> Callable[[asyncio.Event], Coroutine[Any, Any, None]]:
    """A task that keeps it open until it is to stop."""

    async def run(stop: asyncio.Event) -> None:
        async with open_door(door, host=host, port=port, lmtp=lmtp):
            await stop.wait()

    return run
