"""The SMTP side: takes every mail for everybody, but one that somebody asked it to refuse."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.demo.mailbox.post import Mailbox
from shared.runtime.listening import listen

LARGEST_BYTES: Final = 1_000_000


class _Taker:
    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self._mailbox.refuses(list(envelope.rcpt_tos)):
            return "550 5.1.1 No such reader"
        content = envelope.original_content
        self._mailbox.take(content if isinstance(content, bytes) else b"", list(envelope.rcpt_tos))
        return "250 OK"


@asynccontextmanager
async def receive_mail(mailbox: Mailbox, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
    """Take mail in this event loop as long as the block runs; gives the port. Raises CannotListen."""
    lines: set[asyncio.BaseTransport] = set()

    class Line(SMTP):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            lines.add(transport)
            super().connection_made(transport)

        def connection_lost(self, error: Exception | None) -> None:
            lines.difference_update({self.transport})
            super().connection_lost(error)

    loop = asyncio.get_running_loop()
    taker = _Taker(mailbox)
    server = await loop.create_server(
        lambda: Line(taker, hostname="postvak", data_size_limit=LARGEST_BYTES, enable_SMTPUTF8=True, loop=loop),
        sock=listen(host, port),
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for line in list(lines):
            line.close()
        await server.wait_closed()
