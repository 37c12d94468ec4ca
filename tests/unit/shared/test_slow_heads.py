"""A client that never finishes the head of its request holds nothing up, and does not stay."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from shared.runtime import http_protocol
from shared.runtime.process import serve

HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
WITHIN = 0.6


@dataclass(frozen=True)
class Served:
    """Where an app answers."""

    port: int

    async def connects(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def ends(self, *sent: bytes, pause: float = 0.05) -> bytes:
        """What is answered to these pieces, sent one after another and again and again, until the connection ends."""
        reader, writer = await self.connects()

        async def trickle() -> None:
            while True:
                for piece in sent:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(pause)

        sending = asyncio.create_task(trickle())
        try:
            async with asyncio.timeout(10):
                with suppress(ConnectionError):
                    return await reader.read()
            return b""
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await sending
            writer.close()


async def answer(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI says it
    """Takes longer than a head may, when it is asked to; and reads the body first."""
    if scope["type"] == "http":
        request = Request(scope, receive)
        body = await request.body()
        await asyncio.sleep(2 * WITHIN if scope["path"] == "/slow" else 0)
        await PlainTextResponse(f"{len(body)}")(scope, receive, send)


@asynccontextmanager
async def served() -> AsyncIterator[Served]:
    stop = asyncio.Event()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        task = asyncio.create_task(serve(answer, listening).run(stop))
        found = Served(listening.getsockname()[1])
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{found.port}") as client:
            while not task.done():
                with suppress(httpx.ConnectError):
                    await client.get("/")
                    break
                await asyncio.sleep(0.02)
        yield found
        stop.set()
        await task


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "HEAD_WITHIN_SECONDS", WITHIN)


async def test_two_hundred_heads_that_never_end_are_ended_and_nobody_waits_for_them() -> None:
    async with served() as found:
        attacks = [asyncio.create_task(found.ends(HEAD + b"X-A: ", b"a")) for _ in range(200)]
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{found.port}") as client:
            while not all(attack.done() for attack in attacks):
                assert (await client.get("/", timeout=5)).status_code == 200
                await asyncio.sleep(0.05)
        ends = [attack.result() for attack in attacks]
    assert {end.split(b"\r\n")[0] for end in ends} <= {b"HTTP/1.1 408 Request Timeout", b""}


@pytest.mark.parametrize(
    "pieces",
    [(b"",), (b"\r\n",), (b"G", b"E"), (HEAD + b"\r\n", b"\r\n"), (HEAD + b"\r\n" + HEAD, b"X-A: a\r\n")],
    ids=["says nothing", "empty lines", "a method without end", "empty lines after a request", "a slow second request"],
)
async def test_connection_on_which_no_request_comes_is_ended(pieces: tuple[bytes, ...]) -> None:
    async with served() as found:
        first, *others = pieces
        reader, writer = await found.connects()
        writer.write(first)
        began = asyncio.get_running_loop().time()
        with suppress(ConnectionError):
            while not reader.at_eof() and asyncio.get_running_loop().time() - began < 10:
                for piece in others:
                    writer.write(piece)
                    await writer.drain()
                with suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(1000), 0.1)
        assert asyncio.get_running_loop().time() - began < 10
        writer.close()


async def test_slow_answer_slow_body_and_the_next_request_are_not_ended() -> None:
    async def slowly() -> AsyncIterator[bytes]:
        for _ in range(6):
            yield b"a"
            await asyncio.sleep(WITHIN / 3)

    async with served() as found, httpx.AsyncClient(base_url=f"http://127.0.0.1:{found.port}") as client:
        assert (await client.get("/slow")).text == "0"
        assert (await client.post("/", content=slowly())).text == "6"
        await asyncio.sleep(2 * WITHIN)
        assert (await client.get("/")).text == "0"


async def test_more_connections_than_there_may_be_are_turned_away_and_others_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http_protocol, "MOST_CONNECTIONS", 20)
    monkeypatch.setattr(http_protocol, "HEAD_WITHIN_SECONDS", 30.0)
    async with served() as found:
        mine = await found.connects()
        others = [await found.connects() for _ in range(60)]
        await asyncio.sleep(0.2)
        turned_away = sum(reader.at_eof() or reader.exception() is not None for reader, _ in others)
        assert turned_away >= 40
        mine[1].write(HEAD + b"Connection: close\r\n\r\n")
        assert (await asyncio.wait_for(mine[0].read(), 5)).startswith(b"HTTP/1.1 200")
        for _, writer in (mine, *others):
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{found.port}") as client:
            await asyncio.sleep(0.1)
            assert (await client.get("/")).status_code == 200
