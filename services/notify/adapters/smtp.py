"""The mail server over SMTP, on kept connections. Every await is bounded.

What is known decides the outcome: before the final dot of DATA nothing can have been taken, so it is safe to try again;
after it only the server's answer counts, and without one the outcome is unknown (RFC 5321 section 4.5.3.2.6, 6.1).
"""

import asyncio
import contextlib
import ssl
from dataclasses import dataclass
from time import monotonic
from typing import Final

import aiosmtplib
import structlog

from services.notify.adapters.mime import UnusableAddress, ascii_address, to_bytes
from services.notify.domain.letter import Letter
from services.notify.domain.outcome import Accepted, Deferred, Reason, Refused, Unknown
from shared.events.notify import RefusalKind

GO_AHEAD: Final = 354
CLOSING: Final = 421
# Replies to RCPT that say: this mailbox is the problem (RFC 5321 section 4.2.3, RFC 7504).
MAILBOX_AT_FAULT: Final = frozenset({550, 551, 553, 556})
# Shorter than the five minutes after which servers leave an idle client.
IDLE_SECONDS: Final = 60.0

MailOutcome = Accepted | Deferred | Refused | Unknown
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where the mail server is, who we are to it, and from which address we write."""

    host: str
    port: int
    sender: str
    username: str = ""
    password: str = ""
    starttls: bool = True
    connections: int = 4
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long each step may take, in seconds; together well within a message's lease."""

    waiting_for_a_line: float = 6.0
    entering: float = 6.0
    asking: float = 6.0
    handing_over: float = 15.0


class SmtpMailer:
    """Hands letters to one mail server."""

    def __init__(self, server: MailServer, limits: TimeLimits | None = None) -> None:
        self._server = server
        self._limits = limits or TimeLimits()
        self._lines = asyncio.Semaphore(server.connections)
        self._idle: list[tuple[aiosmtplib.SMTP, float]] = []

    async def send(self, letter: Letter) -> MailOutcome:
        try:
            address = ascii_address(letter.to_address)
            content = to_bytes(letter, address=address, sender=self._server.sender, reply_to=self._server.reply_to)
        except UnusableAddress:
            return Refused(RefusalKind.NO_ADDRESS, address_at_fault=True)
        try:
            async with asyncio.timeout(self._limits.waiting_for_a_line):
                await self._lines.acquire()
        except TimeoutError:
            return Deferred(Reason.NO_LINE_FREE)
        try:
            return await self._send(address, content)
        finally:
            self._lines.release()

    async def reach(self) -> Deferred | None:
        if self._lines.locked():
            return Deferred(Reason.NO_LINE_FREE)
        async with self._lines:
            entered = self._kept() or await self._enter()
        if not isinstance(entered, aiosmtplib.SMTP):
            return entered
        self._idle.append((entered, monotonic()))
        return None

    async def close(self) -> None:
        idle, self._idle = self._idle, []
        for client, _ in idle:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await client.quit(timeout=1)
            client.close()

    async def _send(self, address: str, content: bytes) -> MailOutcome:
        while client := self._kept():
            # The server may have left a kept connection, or be about to (421): then nothing was taken, and the next one
            # is tried at once.
            outcome = await self._converse(client, address, content)
            if outcome is not None and getattr(outcome, "reply_code", None) != CLOSING:
                return outcome
        entered = await self._enter()
        if not isinstance(entered, aiosmtplib.SMTP):
            return entered
        return await self._converse(entered, address, content) or Deferred(Reason.MAIL_SERVER_AWAY)

    def _kept(self) -> aiosmtplib.SMTP | None:
        while self._idle:
            client, since = self._idle.pop()
            if client.is_connected and monotonic() - since < IDLE_SECONDS:
                return client
            client.close()
        return None

    async def _enter(self) -> aiosmtplib.SMTP | Deferred:
        """A new connection: greeting, encryption, login. Whatever goes wrong is not the message's fault."""
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username or None,
            password=server.password or None,
            start_tls=server.starttls,
            local_hostname=server.sender.rpartition("@")[2],
            timeout=self._limits.entering,
        )
        try:
            async with asyncio.timeout(self._limits.entering):
                await client.connect()
                if client.is_ehlo_or_helo_needed:
                    await client.ehlo()
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
            client.close()
            return _not_entered(error)
        except BaseException:
            client.close()
            raise
        return client

    async def _converse(self, client: aiosmtplib.SMTP, address: str, content: bytes) -> MailOutcome | None:
        """Hand over on this connection, and keep it when all went well. None: it was gone before anything was taken."""
        outcome: MailOutcome | None = Unknown()
        try:
            outcome = await self._ask(client, address)
            if isinstance(outcome, Accepted):
                outcome = Unknown()
                outcome = await self._hand_over(client, content)
        finally:
            if isinstance(outcome, Accepted):
                self._idle.append((client, monotonic()))
            else:
                client.close()
        return outcome

    async def _ask(self, client: aiosmtplib.SMTP, address: str) -> MailOutcome | None:
        """MAIL, RCPT and DATA; Accepted means: the server waits for the content."""
        try:
            async with asyncio.timeout(self._limits.asking):
                sender = await client.execute_command(b"MAIL", f"FROM:<{self._server.sender}>".encode())
                if not _is_yes(sender.code):
                    return _not_asked(sender.code)
                recipient = await client.execute_command(b"RCPT", f"TO:<{address}>".encode())
                if not _is_yes(recipient.code):
                    return _judged(recipient.code, at_fault=recipient.code in MAILBOX_AT_FAULT)
                go_ahead = await client.execute_command(b"DATA")
        except aiosmtplib.SMTPServerDisconnected:
            return None
        except aiosmtplib.SMTPResponseException as error:
            return _not_asked(error.code)
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            return Deferred(Reason.MAIL_SERVER_AWAY)
        return Accepted() if go_ahead.code == GO_AHEAD else _judged(go_ahead.code)

    async def _hand_over(self, client: aiosmtplib.SMTP, content: bytes) -> MailOutcome:
        """The content and the final dot. From the first byte on, silence means: unknown."""
        protocol = client.protocol
        if protocol is None:
            return Deferred(Reason.MAIL_SERVER_AWAY)
        try:
            async with asyncio.timeout(self._limits.handing_over):
                protocol.write(_dotted(content))
                reply = await protocol.read_response()
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            log.warning("mail_server_silent_after_message", error=type(error).__name__)
            return Unknown()
        if _is_yes(reply.code):
            return Accepted()
        return _judged(reply.code) if reply.code // 100 in {4, 5} else Unknown()


def _dotted(content: bytes) -> bytes:
    """Lines that start with a dot get a second one; the final dot stands alone (RFC 5321 section 4.5.2)."""
    lines = content.replace(b"\r\n.", b"\r\n..")
    return (
        (b"." + lines if lines.startswith(b".") else lines) + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n"
    )


def _is_yes(code: int) -> bool:
    return code // 100 == 2  # noqa: PLR2004 - the 2 of 2xx


def _judged(code: int, *, at_fault: bool = False) -> Deferred | Refused:
    """A reply that is no yes, before anything was taken or as the server's last word."""
    if code // 100 == 5:  # noqa: PLR2004 - the 5 of 5xx
        return Refused(RefusalKind.REFUSED_BY_SERVER, code, address_at_fault=at_fault)
    return Deferred(Reason.MAIL_SERVER_BUSY, code if code > 0 else None)


def _not_asked(code: int) -> Deferred:
    """A no to MAIL is about us, not about this message: it waits until an operator fixes it."""
    if code // 100 == 5:  # noqa: PLR2004 - the 5 of 5xx
        return Deferred(Reason.MAIL_SERVER_LOCKED, code)
    return Deferred(Reason.MAIL_SERVER_BUSY, code if code > 0 else None)


def _not_entered(error: Exception) -> Deferred:
    # The library raises its bare exception when encryption or a way to log in is asked for and not offered.
    not_offered = type(error) is aiosmtplib.SMTPException
    if not_offered or isinstance(error, aiosmtplib.SMTPAuthenticationError | ssl.SSLError | ValueError):
        return Deferred(Reason.MAIL_SERVER_LOCKED, getattr(error, "code", None))
    code = getattr(error, "code", -1)
    if isinstance(error, aiosmtplib.SMTPResponseException) and code > 0:
        return Deferred(Reason.MAIL_SERVER_BUSY, code)
    return Deferred(Reason.MAIL_SERVER_AWAY)
