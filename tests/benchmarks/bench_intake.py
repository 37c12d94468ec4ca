"""Requests per second of intake's web process, against the plain way and against the same route without a database."""

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from deploy.stories.play import AMINA
from tests.benchmarks.load import hammer, post
from tests.parts.cluster import Cluster
from tests.parts.containers import free_port

COUNT = 6_000
WARM_UP = 500
LINES = 48


def body_of(cluster: Cluster) -> bytes:
    """An invented request."""
    return json.dumps(AMINA.request(cluster.world)).encode()


async def requests_per_second(cluster: Cluster, port: int, *, count: int = COUNT) -> float:
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
