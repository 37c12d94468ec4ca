"""Which tables of all databases still hold something, as text."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import asyncpg


async def tables_where(databases: Mapping[str, str], says: Callable[[str], str]) -> set[str]:
    """`service.table` of each table with a row `t` of which the SQL that `says` gives for this table is true."""
    found: set[str] = set()
    for service, url in databases.items():
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            for (table,) in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
                if await connection.fetchval(f"SELECT count(*) FROM {table} t WHERE {says(table)}"):  # noqa: S608 - the catalogue's own names
                    found.add(f"{service}.{table}")
        finally:
            await connection.close()
    return found


async def until_nowhere(look: Callable[[], Awaitable[set[str]]], *, within: float) -> None:
    """Raises AssertionError with the tables that hold it still after so many seconds."""
    begun, found = time.monotonic(), await look()
    while found:
        assert time.monotonic() - begun < within, f"still there: {found}"
        await asyncio.sleep(0.2)
        found = await look()
