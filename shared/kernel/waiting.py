"""Waiting: with a limit, with growing pauses, and until told to stop.

Nothing on the bus is awaited without a limit, not even a client that swallows its cancellation.
"""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")
PauseT = TypeVar("PauseT", float, timedelta)

_UNWIND_WITHIN = 1.0
"""Seconds that a cancelled call gets to unwind; after that it is left behind."""
_MOST_DOUBLINGS = 30


class TookTooLong(Exception):
    """A call did not return within its limit, and was cancelled."""


async def within(seconds: float, call: Coroutine[Any, Any, ResultT]) -> ResultT:
    """What `call` returns or raises. Raises TookTooLong past the limit, or when something inside cancelled it.

    `asyncio.wait_for` waits until a cancelled call has unwound, however long that takes; this does not.
    """
    task = asyncio.ensure_future(call)
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        if not task.done():
            await cut({task})
    if task.cancelled() or not task.done():
        raise TookTooLong(f"{getattr(call, '__qualname__', 'a call')}: {seconds:g} s")
    return task.result()


async def cut(tasks: set[asyncio.Task[Any]]) -> None:
    """Cancel these; returns when they have unwound, or soon, and keeps their exceptions to itself."""
    for task in tasks:
        task.cancel()
        task.add_done_callback(_forget)
    if tasks:
        await asyncio.wait(tasks, timeout=_UNWIND_WITHIN)


async def wait_for(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but wake at once when `stop` is set."""
    if seconds <= 0:
        return
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


def _forget(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        task.exception()


def doubled(first: PauseT, most: PauseT, failures: int) -> PauseT:
    """The pause after `failures` earlier ones in a row: `first` after none, doubling, and never more than `most`."""
    return min(most, first * (1 << min(failures, _MOST_DOUBLINGS)))


class Backoff:
    """How long to wait after each failure in a row: doubling up to `most`, and a random half of that less."""

    def __init__(self, first: float, most: float, random: Random) -> None:
        self._first = first
        self._most = most
        self._random = random
        self._failures = 0

    def after_failure(self) -> float:
        """Seconds to wait before trying again: between half of the pause and the whole."""
        longest = doubled(self._first, self._most, self._failures)
        self._failures += 1
        return longest * self._random.uniform(0.5, 1.0)

    def after_success(self) -> None:
        """The next failure is the first again."""
        self._failures = 0
