"""A key that is replaced while processes run: a file with the newest on its first line and older ones below it.

Whoever uses it looks at the file again once a second, and at once when something does not open.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog

LOOK_SECONDS: Final = 1.0
"""No running process makes anything with an older key for longer than this."""
log = structlog.get_logger(__name__)


class RotatingKey:
    """`given`: the keys, one a line, the newest first; `file`: where they come from. Without one they never change."""

    def __init__(self, given: str, file: Path | None = None, *, now: Callable[[], float] = time.monotonic) -> None:
        self._known = tuple(given.splitlines())
        self._file, self._now = file, now
        self._seen: tuple[int, ...] | None = None
        self._looked_at = -LOOK_SECONDS

    @property
    def newest(self) -> str:
        """What new things are made with."""
        return self.all[0]

    @property
    def all(self) -> tuple[str, ...]:
        """Those of the file, the newest first, then those that were there before.

        What was read from the database a moment ago may still need one that has just left the file.
        """
        if self._now() - self._looked_at >= LOOK_SECONDS:
            self.look()
        return self._known

    def look(self) -> None:
        """Take up what changed in the file. One that cannot be read changes nothing."""
        self._looked_at = self._now()
        if self._file is None:
            return
        try:
            found = self._file.stat()
            seen = (found.st_mtime_ns, found.st_size, found.st_ino)
            if seen == self._seen:
                return
            lines = self._file.read_text(encoding="utf-8").strip().splitlines()
        except (OSError, UnicodeDecodeError) as problem:
            log.warning("key_file_unreadable", error=type(problem).__name__)
            return
        self._seen = seen
        self._known = tuple(dict.fromkeys([*lines, *self._known]))
