"""Where mail comes in, over SMTP or LMTP."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any, Final, Protocol

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from services.notify.domain.received import MOST_BYTES
from shared.runtime.listening import listen

NOT_OURS: Final = "550 5.7.1 We take no mail for others"
# Far above what we read, so that we ourselves say what became of a mail that is too large.
MOST_OFFERED: Final = 2 * MOST_BYTES


class Door(Protocol):
    """Who takes the mail."""

    def takes(self, address: str) -> bool:
        """Whether mail to this address is for us."""

    async def take(self, content: bytes, return_path: str, recipients: Sequence[str]) -> str:
        """The reply to the server that hands it over."""


class _Handler:
    """What aiosmtpd asks."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self._door.takes(address):
            return NOT_OURS
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        reply = await self._door.take(content, envelope.mail_from or "", envelope.rcpt_tos)
        # Over LMTP each recipient has a reply of its own (RFC 2033 section 4.2).
        return "\r\n".join([reply] * len(envelope.rcpt_tos)) if isinstance(server, LMTP) else reply


@contextlib.asynccontextmanager
async def open_door(door: Door, *, host: str, port: int, lmtp: bool) -> AsyncIterator[int]:
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


def keep_open(door: Door, *, host: str, port: int, lmtp: bool) -> Callable[[asyncio.Event], Coroutine[Any, Any, None]]:
    """A task that keeps it open until it is to stop."""

    async def run(stop: asyncio.Event) -> None:
        async with open_door(door, host=host, port=port, lmtp=lmtp):
            await stop.wait()

    return run
