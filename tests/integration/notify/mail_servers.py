"""Mail servers for tests: a real one (aiosmtpd) with answers to order, and one that breaks the rules as scripted."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Orders:
    """What the server answers next (then: yes), and what it took."""

    rcpt: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    slowly: float = 0.0
    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    sessions: int = 0

    async def handle_EHLO(  # noqa: N802
        self, _: SMTP, session: Session, __: Envelope, hostname: str, replies: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return replies

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return answer

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.slowly)
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer.startswith("250"):
            content = bytes(envelope.original_content or b"")
            self.raw.append(content)
            self.mails.append(message_from_bytes(content, policy=default))
        return answer


@contextlib.asynccontextmanager
async def real_server(orders: Orders, port: int = 0, **options: Any) -> AsyncIterator[int]:  # noqa: ANN401
    """A mail server on this machine; gives its port."""
    loop = asyncio.get_running_loop()
    open_lines: list[asyncio.BaseTransport] = []

    class Line(SMTP):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            open_lines.append(transport)
            super().connection_made(transport)

    server = await loop.create_server(
        lambda: Line(orders, hostname="mail.test", loop=loop, **options), "127.0.0.1", port
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for line in open_lines:
            line.close()
        await server.wait_closed()
        await asyncio.sleep(0)


@dataclass
class Script:
    """Answers, one per step: greeting, EHLO, MAIL, RCPT, DATA, content. `DROP` cuts the line, `HANG` says nothing.

    After the script every step is answered as it should be, on the same or a new connection.
    """

    steps: list[str]
    took: list[bytes] = field(default_factory=list)
    connections: int = 0


DROP, HANG = "DROP", "HANG"
GOOD = {"greeting": "220 ok", "DATA": "354 go", "content": "250 ok"}


@contextlib.asynccontextmanager
async def scripted_server(script: Script) -> AsyncIterator[int]:
    """A server that follows the script to the letter; gives its port."""
    over = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        script.connections += 1
        step = "greeting"
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while step:
                answer = script.steps.pop(0) if script.steps else GOOD.get(step, "250 ok")
                if answer == HANG:
                    await over.wait()
                if answer in {DROP, HANG}:
                    break
                writer.write(f"{answer}\r\n".encode())
                step = await _next_step(reader, step, answer, script)
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        over.set()
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0.01)


async def _next_step(reader: asyncio.StreamReader, step: str, answer: str, script: Script) -> str:
    if step == "DATA" and answer.startswith("354"):
        script.took.append(await reader.readuntil(b"\r\n.\r\n"))
        return "content"
    return (await reader.readline()).decode().strip().partition(" ")[0].upper()
