"""Starting and stopping: one stop event, tasks that are watched, and a hard end when stopping takes too long."""

import asyncio
import os
import signal
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from shared.runtime.service import SideTask

HARD_EXIT_SECONDS, CLOSING_SECONDS = 20, 5
HARD_EXIT_CODE = 70
log = structlog.get_logger(__name__)


class SideTaskDied(Exception):
    """A task ended though nobody asked it to: the process must not run on half alive."""


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and SIGINT set the stop event; a second signal ends the process at once."""

    def asked() -> None:
        if stop.is_set():
            os._exit(1)
        stop.set()

    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, asked)


async def run_all(tasks: "Sequence[SideTask]", stop: asyncio.Event, *, hard_exit: float = HARD_EXIT_SECONDS) -> None:
    """Run all until `stop`; let each finish the work in hand. Raises what the first task that died raised.

    When they have not left after `hard_exit` seconds, the process ends hard: that is as safe as `kill -9`.
    """
    running = {asyncio.create_task(task.run(stop), name=task.name): task for task in tasks}
    waiting = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([waiting, *running], return_when=asyncio.FIRST_COMPLETED)
        died = [] if stop.is_set() else [task for task in running if task.done()]
        stop.set()
        for task in died:
            failure = None if task.cancelled() else task.exception()
            log.error("side_task_died", task=task.get_name(), error=type(failure).__name__ if failure else None)
        await _leave(running.keys(), hard_exit)
        for task in died:
            task.result()
            msg = f"{task.get_name()} ended by itself"
            raise SideTaskDied(msg)
        for task in running:
            task.result()
    finally:
        waiting.cancel()


def end_hard_unless_closed(seconds: float = CLOSING_SECONDS) -> None:
    """All work is finished, and connections are closed; when that hangs, the process ends hard as well."""
    asyncio.get_running_loop().call_later(seconds, os._exit, HARD_EXIT_CODE)


async def _leave(tasks: "Iterable[asyncio.Task[None]]", hard_exit: float) -> None:
    _, late = await asyncio.wait(list(tasks), timeout=hard_exit)
    if late:
        log.error("hard_exit", late=[task.get_name() for task in late])
        os._exit(HARD_EXIT_CODE)
