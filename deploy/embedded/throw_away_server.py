"""A PostgreSQL server with the databases of all services, for as long as it is needed."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.embedded.deployment import admin_url, embedded_databases, embedded_server
from deploy.embedded.postgres_server import PostgresFailed, PostgresServer
from deploy.install.migrate import migrate
from deploy.install.provision import ServiceDatabase, provision
from deploy.install.secret_store import Secrets

PREFIX = "schakel-demo-"


@contextlib.contextmanager
def throw_away_folder() -> Iterator[Path]:
    """A temporary folder; those that killed runs left behind are cleared away first."""
    _clear_what_killed_runs_left()
    # The process id in the name says to later runs whether somebody still uses it.
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def migrated_server() -> AsyncIterator[Mapping[str, ServiceDatabase]]:
    """The databases of all services with the newest tables and nothing in them."""
    with throw_away_folder() as folder:
        secrets = Secrets.load_or_make(folder)
        server = embedded_server(folder, secrets, durable=False)
        async with server.running() as port:
            databases = embedded_databases(secrets, port)
            await provision(admin_url(secrets, port), databases.values())
            for service, database in databases.items():
                await migrate(service, database.owner_url)
            yield databases


def _clear_what_killed_runs_left() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdecimal() and not _lives(int(pid)):
            with contextlib.suppress(PostgresFailed):
                PostgresServer(folder / "postgres", "").stop()
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
