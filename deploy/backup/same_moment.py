"""All databases as they were at one moment: no service knows of an event that its sender does not.

For that moment nobody writes an outbox or an inbox; it takes some milliseconds. What is read afterwards is what was
there then, however long the reading takes.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import asyncpg

from deploy.install.errors import OperatorError
from deploy.install.provision import Connection, ServiceDatabase
from shared.storage.database import driver_dsn

# Below the limit of a service's own statements (10 s), which wait behind these locks.
WRITERS_END_WITHIN: Final = "3s"
ATTEMPTS, PAUSE_SECONDS = 5, 2.0
_LOCK: Final = "LOCK TABLE outbox, inbox IN SHARE MODE"


class NeverQuiet(OperatorError):
    """Somebody is in the middle of something long."""


@asynccontextmanager
async def at_the_same_moment(databases: Mapping[str, ServiceDatabase]) -> AsyncIterator[dict[str, Connection]]:
    """A connection to each, in a transaction that reads what was there at that moment. Raises NeverQuiet."""
    async with AsyncExitStack() as stack:
        readers = {name: await _connect(stack, database) for name, database in databases.items()}
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with _quiet(databases):
                    await asyncio.gather(*map(_begin, readers.values()))
                break
            except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
                if attempt == ATTEMPTS:
                    msg = "some transaction takes too long, an import for example: try again when it has ended"
                    raise NeverQuiet(msg) from None
            await asyncio.sleep(PAUSE_SECONDS)
        yield readers


@asynccontextmanager
async def _quiet(databases: Mapping[str, ServiceDatabase]) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        holders = [await _connect(stack, database) for database in databases.values()]
        await asyncio.gather(*map(_hold, holders))
        yield


async def _hold(connection: Connection) -> None:
    # Ended with the connection.
    await connection.execute(f"BEGIN; SET LOCAL lock_timeout = '{WRITERS_END_WITHIN}'; {_LOCK}")


async def _begin(connection: Connection) -> None:
    await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1")


async def _connect(stack: AsyncExitStack, database: ServiceDatabase) -> Connection:
    connection = await asyncpg.connect(
        driver_dsn(database.owner_url), timeout=10, server_settings={"application_name": "schakel-backup"}
    )
    stack.push_async_callback(connection.close)
    return connection
