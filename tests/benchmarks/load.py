"""A load on one address of this machine: plain HTTP/1.1 on kept connections, so that the client costs little."""

import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

CREATED = 201


@dataclass
class Answers:
    """How many answers of each status came, and how long each took (seconds)."""

    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Good answers per second."""
        good = sum(count for status, count in self.statuses.items() if status < 300)
        return good / self.seconds if self.seconds else 0.0


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send one request; its status and body. A line that the server hung up meanwhile is opened again."""
        try:
            return await self._ask(request)
        except (asyncio.IncompleteReadError, ConnectionError):
            self._reader = self._writer = None
            return await self._ask(request)

    async def _ask(self, request: bytes) -> tuple[int, bytes]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
        body = await self._reader.readexactly(length)
        return int(head[9:12]), body

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()


def post(port: int, path: str, body: bytes, **headers: str) -> bytes:
    """A POST request as bytes."""
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Content-Type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


async def hammer(port: int, request: Callable[[int], bytes], *, count: int, lines: int) -> Answers:
    """`count` requests over `lines` connections, each as soon as the one before is answered."""
    answers, numbers = Answers(), iter(range(count))

    async def one() -> None:
        line = Line(port)
        for number in numbers:
            begun = time.perf_counter()
            status, _ = await line.ask(request(number))
            answers.took.append(time.perf_counter() - begun)
            answers.statuses[status] = answers.statuses.get(status, 0) + 1
        line.close()

    begun = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(lines)))
    answers.seconds = time.perf_counter() - begun
    return answers


async def steady(
    port: int, request: Callable[[int], bytes], *, per_second: float, seconds: float, answered: Callable[[bytes], None]
) -> Answers:
    """Requests at a steady pace, whether or not the ones before are answered."""
    answers, free = Answers(), [Line(port) for _ in range(8)]

    async def one(number: int) -> None:
        line = free.pop() if free else Line(port)
        status, body = await line.ask(request(number))
        answers.statuses[status] = answers.statuses.get(status, 0) + 1
        if status == CREATED:
            answered(body)
        else:
            sys.stderr.write(f"{status}: {body[:200]!r}\n")
        free.append(line)

    begun = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number in range(int(per_second * seconds)):
            pause = begun + number / per_second - time.perf_counter()
            if pause > 0:
                await asyncio.sleep(pause)
            tasks.create_task(one(number))
    answers.seconds = time.perf_counter() - begun
    for line in free:
        line.close()
    return answers


def percentile(values: list[float], share: float) -> float:
    """The value below which this share lies; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
