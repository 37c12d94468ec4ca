"""What must not go back when a database does: files outside it, to which lines are added and from which none is taken.

A restored backup brings back every row of its day, and whoever may write to a database may change what stands in it.
Who was erased, and how far the audit log went, therefore stand in a folder of the service's own as well.
"""

import fcntl
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

READABLE_BY_THE_SERVICE: Final = 0o600
_SUFFIX: Final = ".jsonl"

Record = Mapping[str, str | int]


class AnchorsUnreadable(Exception):
    """A whole line of a file is no record: somebody changed it."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__(f"{file}: line {line} is no record; put back a copy of the file")


class Anchors:
    """The files of one service, in `folder`; several processes may add at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def append(self, name: str, *records: Record) -> None:
        """Add lines to this file; they are on the disk when this returns. Raises OSError when they cannot be."""
        written = "".join(json.dumps(record, sort_keys=True) + "\n" for record in records)
        self._folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._file(name), os.O_RDWR | os.O_CREAT | os.O_APPEND, READABLE_BY_THE_SERVICE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            _cut_half_a_line(handle)
            _write(handle, written)
        finally:
            os.close(handle)

    def read(self, name: str) -> list[dict[str, Any]]:
        """Every record of this file, oldest first; none when there is no file. Raises AnchorsUnreadable or OSError.

        A last line without an end is passed over: its writer was stopped, and says it again.
        """
        file = self._file(name)
        try:
            lines = file.read_text(encoding="utf-8").split("\n")[:-1]
        except FileNotFoundError:
            return []
        return [_record(file, number, line) for number, line in enumerate(lines, start=1) if line]

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"


def _cut_half_a_line(handle: int) -> None:
    """What a process that died left without an end would spoil the next line."""
    size = os.fstat(handle).st_size
    kept = os.pread(handle, size, 0).rfind(b"\n") + 1
    if kept < size:
        os.ftruncate(handle, kept)


def _write(handle: int, text: str) -> None:
    left = memoryview(text.encode())
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)


def _record(file: Path, number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError:
        record = None
    if not isinstance(record, dict):
        raise AnchorsUnreadable(file, number)
    return record
