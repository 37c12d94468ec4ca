"""A web process that dies as if by `kill -9` around the commit of what was asked: its line, the work and the answer."""

import asyncio
import os
import signal
import sys

import asyncpg
import pytest

from shared.kernel.crash_points import VARIABLE
from shared.storage.database import driver_dsn
from tests.integration.plumbing.conftest import Bench
from tests.integration.plumbing.test_audit import entries_of

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize(
    ("dies_at", "answered", "lines"), [("", "Amina", 1), ("web.before-commit", "", 0), ("web.after-commit", "", 1)]
)
async def test_nothing_is_answered_without_its_line_and_what_was_done_stands_with_it(
    postgres_bench: Bench, dies_at: str, answered: str, lines: int
) -> None:
    url = postgres_bench.units.database.url  # type: ignore[attr-defined]  # PostgresUnits
    web = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.integration.plumbing.answering_process", url),
        env={**os.environ, VARIABLE: dies_at},
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await web.communicate()

    assert (told.decode().strip(), web.returncode) == (answered, -signal.SIGKILL if dies_at else 0)
    assert [entry.purpose for entry in await entries_of(postgres_bench)] == ["case-page"] * lines
    assert [row["key"] for row in await timers_of(postgres_bench)] == ["one"] * lines


async def timers_of(bench: Bench) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(driver_dsn(bench.units.database.url))  # type: ignore[attr-defined]
    try:
        return list(await connection.fetch("SELECT key FROM timers ORDER BY key"))
    finally:
        await connection.close()
