"""A data folder that is in use, and by whom: two processes on one folder would undo each other's work."""

import contextlib
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from deploy.embedded.postgres_server import HOST
from deploy.install.errors import OperatorError
from shared.runtime.listening import CannotListen, listen

LOCK = "running.json"
PORTS_TO_TRY = 50


class FolderInUse(OperatorError):
    """Another process runs Schakel on this folder; the message says where it is to be found."""


class FolderUnusable(OperatorError):
    """Nothing can be kept there; the message says how to fix it."""


class NoPortFree(OperatorError):
    """Nothing can be served: every port that was tried is taken."""


@contextlib.contextmanager
def in_use(folder: Path) -> Iterator["RunningNote"]:
    """Hold the folder until left; the lock goes with the process. Raises FolderInUse or FolderUnusable."""
    with _lock_file(folder) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = RunningNote(folder).read().get("url")
            msg = (
                f"Schakel already runs on {folder}: {where}. Stop that one first, or choose another --data"
                if where
                else f"a command works on {folder}, or Schakel is just starting there: try again in a moment"
            )
            raise FolderInUse(msg) from None
        # What a killed one left behind is not where this one is to be found.
        file.truncate(0)
        note = RunningNote(folder)
        try:
            yield note
        finally:
            file.truncate(0)


def _lock_file(folder: Path) -> TextIO:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / LOCK).open("a+", encoding="utf-8")
    except OSError as problem:
        msg = f"{folder} cannot be written ({problem.strerror}): choose another with --data"
        raise FolderUnusable(msg) from None


class RunningNote:
    """Where the running one is to be found; the same file is its lock."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / LOCK

    def write(self, url: str, smtp_port: int) -> None:
        """From now on it is served there."""
        self._file.write_text(json.dumps({"pid": os.getpid(), "url": url, "smtp_port": smtp_port}), encoding="utf-8")

    def read(self) -> dict[str, str]:
        """What is known of the one that runs or ran."""
        try:
            return {name: str(value) for name, value in json.loads(self._file.read_text(encoding="utf-8")).items()}
        except (OSError, ValueError):
            return {}


def listen_near(wanted: int) -> socket.socket:
    """Listening at `wanted`, or at the next port where nobody listens. Raises NoPortFree."""
    for port in range(wanted, min(wanted + PORTS_TO_TRY, 65536)):
        with contextlib.suppress(CannotListen):
            return listen(HOST, port)
    msg = f"ports {wanted} to {wanted + PORTS_TO_TRY - 1} are all taken: choose another with --port"
    raise NoPortFree(msg)
