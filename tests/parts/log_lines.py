"""What a process writes to its log, read by the test in whose process it runs."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from shared.kernel.logs import set_up


@contextmanager
def logs_as_before() -> Iterator[None]:
    """What one process says of its logs must not outlive it in the process of the tests."""
    configured, root = structlog.get_config(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        structlog.configure(**configured)
        structlog.contextvars.clear_contextvars()
        root.handlers[:], root.level = handlers, level


class LogLines:
    """The lines that were written, by the event that each tells of."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    def all(self) -> list[dict[str, Any]]:
        """In the order of writing."""
        return [json.loads(line) for line in self._stream.getvalue().splitlines()]

    def of(self, event: str) -> list[dict[str, Any]]:
        """Those that tell of this."""
        return [line for line in self.all() if line["event"] == event]


@contextmanager
def log_lines(level: str = "debug") -> Iterator[LogLines]:
    """The log as a process of ours sets it up."""
    stream = io.StringIO()
    with logs_as_before():
        set_up("test", level, stream)
        yield LogLines(stream)
