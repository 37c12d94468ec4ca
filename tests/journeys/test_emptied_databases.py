"""A service that lost what it keeps of the directory has it again after `schakel announce`; nobody gets mail of it."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import asyncpg
import pytest

from shared.storage.database import driver_dsn
from tests.journeys.embedded import EmbeddedSchakel, embedded_schakel

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]
DIRECTORY: Final = {
    "intake": ("members", "organisations", "services"),
    "matching": ("members",),
    "monitoring": ("members", "organisations"),
    "notify": ("members", "organisation_names"),
    "community": ("members", "organisations"),
}
"""What each service keeps of it."""
INBOX: Final = ("inbox", "inbox_positions")
"""What a service knows of the events that it had; a new one had none."""
FILLED_WITHIN: Final = 60


@pytest.fixture(scope="module")
def schakel() -> Iterator[EmbeddedSchakel]:
    with (
        tempfile.TemporaryDirectory(prefix="schakel-journey-") as made,
        embedded_schakel(Path(made) / "schakel") as running,
    ):
        yield running


async def known_to(schakel: EmbeddedSchakel, service: str) -> dict[str, set[str]]:
    """Whom and what it knows: of each table the rows, as one text each."""
    connection = await asyncpg.connect(driver_dsn(schakel.deployment.databases[service].owner_url))
    try:
        return {
            table: {str(row[0]) for row in await connection.fetch(f"SELECT t::text FROM {table} AS t")}  # noqa: S608 - our own names
            for table in DIRECTORY[service]
        }
    finally:
        await connection.close()


async def empty(schakel: EmbeddedSchakel, service: str) -> None:
    connection = await asyncpg.connect(driver_dsn(schakel.deployment.databases[service].owner_url))
    try:
        await connection.execute(f"TRUNCATE {', '.join((*DIRECTORY[service], *INBOX))}")
    finally:
        await connection.close()


@pytest.mark.parametrize("service", DIRECTORY)
async def test_service_with_emptied_tables_knows_the_directory_again(schakel: EmbeddedSchakel, service: str) -> None:
    before, mails = await known_to(schakel, service), await schakel.world.mails()
    assert all(before.values())
    await empty(schakel, service)

    assert schakel.command("announce").returncode == 0

    async with asyncio.timeout(FILLED_WITHIN):
        while await known_to(schakel, service) != before:  # noqa: ASYNC110 - a database does not tell
            await asyncio.sleep(0.5)
    assert await schakel.world.mails() == mails
    assert await schakel.parked() == []
