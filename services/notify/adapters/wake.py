"""Listens for the NOTIFY that every queued message gives, so that the sender need not wait for its poll."""

import asyncio
import contextlib
from collections.abc import Callable
from random import Random
from typing import Final

import asyncpg
import structlog

from shared.kernel.waiting import Backoff, wait_for
from shared.storage.database import driver_dsn

CHECK_SECONDS: Final = 1.0
FIRST_PAUSE_SECONDS: Final = 0.2
LONGEST_PAUSE_SECONDS: Final = 5.0
log = structlog.get_logger(__name__)


class Listener:
    """One connection that listens; without it mail still goes, at the interval of the poll."""

    def __init__(self, url: str, channel: str, wake: Callable[[], None], random: Random) -> None:
        self._dsn = driver_dsn(url)
        self._channel, self._wake = channel, wake
        self._pauses = Backoff(FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, random)

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop` is set; a lost connection is made again."""
        while not stop.is_set():
            try:
                await self._listen(stop)
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
                log.warning("sender_not_woken", error=type(error).__name__)
            await wait_for(stop, self._pauses.after_failure())

    async def _listen(self, stop: asyncio.Event) -> None:
        connection = await asyncpg.connect(
            self._dsn, timeout=5, command_timeout=5, server_settings={"application_name": "schakel-notify-listener"}
        )
        try:
            await connection.add_listener(self._channel, lambda *_: self._wake())
            self._wake()
            self._pauses.after_success()
            while not (stop.is_set() or connection.is_closed()):
                await wait_for(stop, CHECK_SECONDS)
        finally:
            with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
                await connection.close(timeout=2)
