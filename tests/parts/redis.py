"""Redis for tests: at the address in SCHAKEL_TEST_REDIS, else in a container that tests may stop."""

import asyncio
import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

from redis import ConnectionError as RedisAway
from redis import Redis as Client

from tests.parts.containers import Container, started
from tests.parts.missing import skip_for

IMAGE = "redis:8"
PORT = 6379
READY_WITHIN = 30.0
FIRST_DATABASE = 8
"""Tests keep away from the databases that a Redis of somebody else is likely to use."""


@dataclass(frozen=True)
class Redis:
    """A server; `url` names one database of it, for the tests of this process only."""

    url: str
    container: Container | None = None

    async def stop(self) -> None:
        """The server is killed."""
        await asyncio.to_thread(self._own.kill)

    async def start(self) -> None:
        """The server is back on the same port; returns when it answers."""
        await asyncio.to_thread(self._own.start)
        await asyncio.to_thread(self.wait_until_ready)

    def bring_back(self) -> None:
        """Up again after a test that left it stopped."""
        if self.container is not None and not self.container.is_up:
            self.container.bring_back()
            self.wait_until_ready()

    def wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        with contextlib.closing(Client.from_url(self.url)) as client:
            while True:
                try:
                    client.ping()
                except RedisAway:
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.05)
                else:
                    return

    def empty(self) -> None:
        with contextlib.closing(Client.from_url(self.url)) as client:
            client.flushdb()

    @property
    def _own(self) -> Container:
        if self.container is None:
            skip_for("a part of our own", "SCHAKEL_TEST_REDIS names a server that tests may not stop")
        return self.container


@contextlib.contextmanager
def redis_for_tests() -> Iterator[Redis]:
    database = FIRST_DATABASE + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 8
    given = os.environ.get("SCHAKEL_TEST_REDIS")
    if given:
        yield Redis(f"{given.rstrip('/')}/{database}")
        return
    with started(Container(IMAGE, PORT, {}), "Redis") as container:
        redis = Redis(f"redis://127.0.0.1:{container.host_port}/{database}", container)
        redis.wait_until_ready()
        yield redis
