"""What the two roles of a database may do: the owner migrates, the service only reads and writes rows."""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from deploy.embedded.throw_away_server import migrated_server
from tests.journeys.test_cli import schakel
from tests.parts.city import SCHIEWIJK

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]
FORBIDDEN = (
    "DROP TABLE outbox",
    "ALTER TABLE outbox ADD COLUMN more int",
    "CREATE TABLE more (id int)",
    "TRUNCATE outbox",
    "ALTER TABLE outbox DISABLE TRIGGER ALL",
    "CREATE ROLE more",
    "CREATE DATABASE more",
    "SET ROLE {service}_owner",
)


async def test_service_reads_and_writes_rows_and_can_do_nothing_else() -> None:
    async with migrated_server() as databases:
        for service, database in databases.items():
            connection = await asyncpg.connect(database.app_url.replace("+asyncpg", ""))
            await connection.execute("INSERT INTO clock_offset (ahead) VALUES (interval '1 day')")
            await connection.execute("UPDATE clock_offset SET ahead = interval '0'")
            assert await connection.execute("DELETE FROM clock_offset") == "DELETE 1"
            for statement in FORBIDDEN:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(statement.format(service=f"schakel_{service}"))
            await connection.close()


async def test_service_cannot_enter_the_database_of_another() -> None:
    async with migrated_server() as databases:
        for service, database in databases.items():
            for other in databases.keys() - {service}:
                place = database.app_url.replace("+asyncpg", "").rpartition("/")[0]
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await asyncpg.connect(f"{place}/schakel_{other}")


async def test_what_postgresql_refuses_is_one_line_with_how_to_fix_it(tmp_path: Path) -> None:
    async with migrated_server() as databases:
        url = make_url(databases["intake"].app_url)
        for wrong, command, said in (
            (url.set(password="another"), ("parked", "list"), "`schakel provision`"),
            (url.set(database="nowhere"), ("keys", "list"), "`schakel provision`"),
            (url.set(database="postgres"), ("parked", "list"), "SCHAKEL_…_URL to this role's own database"),
            (url.set(database="postgres"), ("migrate",), "SCHAKEL_…_OWNER_URL"),
        ):
            given = {"SCHAKEL_INTAKE_DATABASE_URL": wrong.render_as_string(hide_password=False)}
            given["SCHAKEL_CITY"] = str(SCHIEWIJK)
            done = await asyncio.to_thread(schakel, *command, folder=tmp_path, **given)

            assert done.returncode == 1
            assert len(done.stderr.splitlines()) == 1, done.stderr
            assert said in done.stderr
