"""An older release on the tables of a newer one: everything says so in words, and nothing touches them."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from deploy.demo.city.demo_city import demo_city
from deploy.embedded.deployment import embedded_environ
from deploy.embedded.throw_away_server import migrated_server
from deploy.install.check_database import check_database
from deploy.install.provision import ServiceDatabase
from deploy.install.secret_store import Secrets
from shared.storage.database import driver_dsn
from tests.journeys.test_cli import schakel
from tests.parts.containers import free_port
from tests.parts.keys import ring_file

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(180)]
SAID = "these tables are of a newer release (version 0099 where this release knows"
FIX = "install that release, or put back a backup"


@asynccontextmanager
async def intake_of_a_newer_release(version_table: str) -> AsyncIterator[ServiceDatabase]:
    """Intake's database, as a release with more migrations leaves it."""
    async with migrated_server() as databases:
        connection = await asyncpg.connect(driver_dsn(databases["intake"].owner_url))
        await connection.execute(f"UPDATE {version_table} SET version_num = '0099'")  # noqa: S608 - one of two names
        await connection.close()
        yield databases["intake"]


def process(kind: str, database: ServiceDatabase, **own: str) -> subprocess.Popen[str]:
    """A process of intake as it is started on a machine, with a broker that does not answer."""
    environ = {
        **embedded_environ(Secrets.fresh(), database, demo_city(), Path("unused")),
        "SCHAKEL_KEY_RING": ring_file(database.service),
        "SCHAKEL_KAFKA_BOOTSTRAP": f"127.0.0.1:{free_port()}",
        "SCHAKEL_PORT": "0",
        "SCHAKEL_METRICS_PORT": "0",
        **own,
    }
    command = [sys.executable, "-m", "services.intake", kind]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("version_table", ["alembic_version", "alembic_version_plumbing"])
async def test_commands_and_processes_say_that_the_tables_are_newer(version_table: str, tmp_path: Path) -> None:
    async with intake_of_a_newer_release(version_table) as database:
        urls = {"SCHAKEL_INTAKE_OWNER_URL": database.owner_url, "SCHAKEL_INTAKE_DATABASE_URL": database.app_url}
        commands = [
            await asyncio.to_thread(schakel, *command, folder=tmp_path, **urls)
            for command in (("migrate",), ("migrate", "--check"))
        ]
        findings = await check_database("intake", database, clock_may_move=True)
        processes = [process(kind, database) for kind in ("web", "worker")]
        ends = await asyncio.gather(*(asyncio.to_thread(one.communicate, timeout=60) for one in processes))

    for done in commands:
        assert done.returncode == 1
        assert SAID in done.stderr
        assert FIX in done.stderr
        assert "Traceback" not in done.stderr
    (finding,) = [one for one in findings if one.area == "intake migrations"]
    assert (SAID in finding.words, FIX in finding.fix) == (True, True)
    for one, (_, errors) in zip(processes, ends, strict=True):
        assert one.returncode == 78
        assert SAID in errors
        assert FIX in errors
        assert "Traceback" not in errors
