"""While a backup is put back no service comes in; after a restore that was killed, none does until it is done."""

from collections.abc import Mapping
from typing import Final

import asyncpg
from sqlalchemy.engine import make_url

from deploy.install.errors import OperatorError
from deploy.install.provision import RESTORING, Connection, ServiceDatabase
from shared.storage.database import driver_dsn

_OTHERS: Final = """
    SELECT application_name, count(*) AS count FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        -- What kind of backend another role's is, only superusers see; those without a role are the server's own.
        AND usesysid IS NOT NULL
    GROUP BY application_name ORDER BY application_name
"""


class StillRuns(OperatorError):
    """Somebody works on a database."""


async def close_gate(databases: Mapping[str, ServiceDatabase]) -> None:
    """From now on only the owners come in. Raises StillRuns, and then everything is as before."""
    closed_before = [await _is_closed(database) for database in databases.values()]
    for database in databases.values():
        await _set(database, closed=True)
    if (running := [await _running(name, database) for name, database in databases.items()]) and any(running):
        if not all(closed_before):
            await open_gate(databases)
        told = "; ".join(filter(None, running))
        raise StillRuns(f"Schakel still runs ({told}): stop its webs and workers first, and other commands")


async def open_gate(databases: Mapping[str, ServiceDatabase]) -> None:
    """The services come in again."""
    for database in databases.values():
        await _set(database, closed=False)


async def _is_closed(database: ServiceDatabase) -> bool:
    connection = await connect(database)
    try:
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        return bool(await connection.fetchval(query) == RESTORING)
    finally:
        await connection.close()


async def _set(database: ServiceDatabase, *, closed: bool) -> None:
    """One transaction: the mark and who may come in."""
    name, role = (make_url(url) for url in (database.owner_url, database.app_url))
    statement = "REVOKE CONNECT ON DATABASE %1$I FROM %2$I" if closed else "GRANT CONNECT ON DATABASE %1$I TO %2$I"
    connection = await connect(database)
    try:
        async with connection.transaction():
            for one in (statement, "COMMENT ON DATABASE %1$I IS %3$L"):
                given = (one, name.database, role.username, RESTORING if closed else None)
                await connection.execute(
                    await connection.fetchval("SELECT format($1, $2::text, $3::text, $4::text)", *given)
                )
    finally:
        await connection.close()


async def _running(service: str, database: ServiceDatabase) -> str:
    connection = await connect(database)
    try:
        found = {row["application_name"] or "unnamed": row["count"] for row in await connection.fetch(_OTHERS)}
    finally:
        await connection.close()
    told = ", ".join(f"{count} of {name}" for name, count in found.items())
    return f"{service}: {told}" if told else ""


async def connect(database: ServiceDatabase) -> Connection:
    """As the owner, who is not kept out."""
    return await asyncpg.connect(
        driver_dsn(database.owner_url),
        timeout=10,
        # Nobody who comes in meanwhile is waited for.
        server_settings={"application_name": "schakel-restore", "lock_timeout": "10s"},
    )
