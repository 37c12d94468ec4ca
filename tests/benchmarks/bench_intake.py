"""Requests per second of intake's web process, against the plain way and against the same route without a database."""

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import harmonic_mean
from uuid import uuid4

from tests.benchmarks.load import hammer, post
from tests.parts.cluster import Cluster
from tests.parts.containers import free_port
from tests.parts.stories import AMINA

# The machine's own speed changes from minute to minute: the three take turns, so that each meets the same.
ROUNDS = 4
COUNT, PLAIN_COUNT = 1_500, 600
WARM_UP = 300
LINES = 48


def body_of(cluster: Cluster) -> bytes:
    """An invented request."""
    return json.dumps(AMINA.request(cluster.world)).encode()


@dataclass(frozen=True)
class Rates:
    """Requests per second: of intake, of one SQLModel transaction each, and of the route without a database."""

    ours: float
    plain: float
    nothing: float


async def compare(cluster: Cluster, plain_url: str) -> Rates:
    """All three in turns; each rate is over all its rounds together."""
    rates: list[tuple[float, ...]] = []
    async with plain("sqlmodel", plain_url) as plain_port, plain("nothing", plain_url) as nothing_port:
        for _ in range(ROUNDS):
            ours = await requests_per_second(cluster, cluster.ports["intake"], count=COUNT)
            simple = await requests_per_second(cluster, plain_port, count=PLAIN_COUNT)
            rates.append((ours, simple, await requests_per_second(cluster, nothing_port, count=COUNT)))
    return Rates(*(harmonic_mean(each) for each in zip(*rates, strict=True)))


async def requests_per_second(cluster: Cluster, port: int, *, count: int) -> float:
    """How many requests are answered with 201 in a second."""
    body, key = body_of(cluster), f"Bearer {cluster.secrets.school_api_key}"

    def request(_: int) -> bytes:
        return post(port, "/v1/requests", body, Authorization=key, Idempotency_Key=str(uuid4()))

    await hammer(port, request, count=WARM_UP, lines=LINES)
    answers = await hammer(port, request, count=count, lines=LINES)
    if set(answers.statuses) != {201}:
        sys.stderr.write(f"not all were accepted: {answers.statuses}\n")
    return answers.per_second


@asynccontextmanager
async def plain(kind: str, url: str) -> AsyncIterator[int]:
    """One of the things to compare with, as a process of its own; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.plain", kind, str(port), url]
    process = subprocess.Popen(command)  # noqa: ASYNC220 - started once, and the measuring waits for it
    try:
        ends = time.monotonic() + 30
        while time.monotonic() < ends:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            await asyncio.sleep(0.1)
        yield port
    finally:
        process.kill()
        process.wait()
