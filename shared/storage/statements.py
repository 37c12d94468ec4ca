"""SQL that runs often: written once, sent straight through the driver, inside the transaction of a connection.

SQLAlchemy's own execution of a text costs more than the round trip itself (0.22 against 0.09 ms of processor); what is
asked once in a while, or is put together at run time, goes through SQLAlchemy.
"""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final, cast

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection

# A parameter is `:name`; a cast (`::uuid`) and a colon inside a word or at the beginning of a text are none.
_PARAMETER: Final = re.compile(r"(?<![:\w']):([a-z_]+)")


async def driver_of(connection: AsyncConnection) -> "asyncpg.Connection[asyncpg.Record]":
    """The driver's own connection."""
    return cast("asyncpg.Connection[asyncpg.Record]", (await connection.get_raw_connection()).driver_connection)


def planned_once(connection: AsyncConnection) -> AbstractAsyncContextManager[None]:
    """What runs inside is planned once for all values: for a statement that takes longer to plan than to run.

    Only where each plan by itself is right for every value: what an index is for must be said by every value.
    """
    return _planned(connection, "force_generic_plan")


def planned_each_time(connection: AsyncConnection) -> AbstractAsyncContextManager[None]:
    """What runs inside is planned for its values and for the tables as they are now.

    For a statement about many rows of a table that an import makes grow: of a plan that was made when the table was
    small, the server never learns that it became a wrong one.
    """
    return _planned(connection, "force_custom_plan")


@asynccontextmanager
async def _planned(connection: AsyncConnection, mode: str) -> AsyncIterator[None]:
    driver = await driver_of(connection)
    await driver.execute(f"SET LOCAL plan_cache_mode = {mode}")
    yield
    # After an error the transaction, or its savepoint, ends and takes this with it.
    await driver.execute("SET LOCAL plan_cache_mode = auto")


class Statement:
    """One statement with named parameters (`:name`)."""

    def __init__(self, sql: str) -> None:
        self._names = tuple(dict.fromkeys(_PARAMETER.findall(sql)))
        self._sql = _PARAMETER.sub(lambda found: f"${self._names.index(found[1]) + 1}", sql)

    async def rows(self, connection: AsyncConnection, values: Mapping[str, Any] | None = None) -> list[asyncpg.Record]:
        """Run it; a record is a tuple that also knows its columns by name. Raises what the driver raises."""
        given = values or {}
        return await (await driver_of(connection)).fetch(self._sql, *[given[name] for name in self._names])
