"""Who starts and stops the server of a folder, when Schakel and commands want it at the same time or break off."""

import asyncio
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from deploy.cli.target import FOLDER, deployment
from deploy.embedded.data_folder import FolderInUse, in_use
from deploy.embedded.deployment import admin_url, embedded_databases, embedded_server
from deploy.embedded.postgres_server import SYSTEM_USER, PostgresServer
from deploy.install.deployments import Deployment
from deploy.install.provision import provision
from deploy.install.secret_store import Secrets
from shared.events.catalogue import SERVICES
from tests.journeys.embedded import EmbeddedSchakel, embedded_schakel

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: those above it are closed to the user that PostgreSQL runs as when we are root."""
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        yield Path(made) / "schakel"


@pytest.fixture
def server(folder: Path) -> Iterator[PostgresServer]:
    """Of a Schakel that ran before; it stands still."""
    secrets = Secrets.load_or_make(folder)
    made = embedded_server(folder, secrets, durable=False)
    port = made.start()
    asyncio.run(provision(admin_url(secrets, port), embedded_databases(secrets, port).values()))
    made.stop()
    yield made
    made.stop()


async def answers(found: Deployment) -> bool:
    connection = await asyncpg.connect(found.app_urls["intake"].replace("+asyncpg", ""), timeout=5)
    try:
        return await connection.fetchval("SELECT true") is True
    finally:
        await connection.close()


async def test_command_holds_the_folder_while_its_server_runs_and_stops_it_afterwards(
    folder: Path, server: PostgresServer
) -> None:
    async with deployment(folder) as found:
        assert await answers(found)
        with pytest.raises(FolderInUse, match="try again in a moment"), in_use(folder):
            pass

    assert server.port is None
    with in_use(folder):
        pass


async def test_command_leaves_the_server_of_a_schakel_that_runs_alone(folder: Path, server: PostgresServer) -> None:
    with in_use(folder) as note:
        port = server.start()
        note.write("http://localhost:1", 2)

        async with deployment(folder) as found:
            assert await answers(found)

        assert server.port == port


async def test_command_that_comes_second_waits_for_the_server_of_the_first(
    folder: Path, server: PostgresServer
) -> None:
    async def second() -> bool:
        async with deployment(folder) as found:
            await asyncio.sleep(1)
            return await answers(found)

    async with deployment(folder) as found:
        coming = asyncio.create_task(second())
        await asyncio.sleep(0.5)
        assert await answers(found)

    assert await coming
    assert server.port is None


def test_server_starts_though_another_process_has_its_number_since_a_power_cut(
    folder: Path, server: PostgresServer
) -> None:
    user = SYSTEM_USER if os.geteuid() == 0 else None
    with subprocess.Popen(["sleep", "100"], user=user) as other:
        file = folder / "postgres" / "data" / "postmaster.pid"
        file.write_text(f"{other.pid}\n{file.parent}\n1\n1\n\n127.0.0.1\n\nready   \n")
        try:
            before, started = server.port, server.start()

            assert (before, server.port) == (None, started)
            assert other.poll() is None
        finally:
            other.kill()


async def test_server_that_nobody_waits_for_any_more_is_stopped_once_it_has_started(
    folder: Path, server: PostgresServer
) -> None:
    async def work() -> None:
        async with deployment(folder):
            await asyncio.Event().wait()

    working = asyncio.create_task(work())
    # As Ctrl-C does it, at a moment when the server has only begun to start.
    await asyncio.sleep(0.01)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    # Nothing goes on in a thread that nobody waits for.
    await asyncio.get_running_loop().shutdown_default_executor()

    assert server.port is None


@pytest.mark.parametrize("line", ["starting Schakel", "starting PostgreSQL"])
def test_ctrl_c_while_it_starts_leaves_no_server_behind(folder: Path, line: str) -> None:
    folder.parent.chmod(0o755)
    schakel = EmbeddedSchakel(folder)
    try:
        schakel.begin()
        schakel.wait_until(lambda: line in schakel.output)
        ended = schakel.stop(signal.SIGINT)

        assert ended == 0, schakel.output
        assert not (folder / "postgres" / "data" / "postmaster.pid").exists()
    finally:
        schakel.clear_away()


def test_folder_that_nobody_names_is_the_one_where_the_command_is_given() -> None:
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        with embedded_schakel(Path(made) / FOLDER, says_where=False) as schakel:
            while_it_runs = schakel.command("doctor").stdout
            assert schakel.stop() == 0

            afterwards = schakel.command("doctor").stdout

        assert "the embedded Schakel in .schakel" in while_it_runs
        assert [said.count("the newest tables") for said in (while_it_runs, afterwards)] == [len(SERVICES)] * 2
        assert not (Path(made) / FOLDER / "postgres" / "data" / "postmaster.pid").exists()
