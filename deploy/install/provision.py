"""A database for each service, and two roles for it: one owns the tables and migrates them, one reads and writes rows.

The service connects as the second. It does not own its tables, so it can neither change them nor switch off what
guards them; and it cannot connect to another service's database, nor to the two that a server makes for everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import asyncpg
from sqlalchemy.engine import URL, make_url

from deploy.install.errors import OperatorError
from shared.kernel.settings import DRIVER
from shared.storage.database import driver_dsn

CONNECT_SECONDS = 10
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
RESTORING = "a backup is being put back"
"""What the comment on a database says meanwhile."""

_ROLE_EXISTS = "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)"
_IS_RESTORED = (
    "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND shobj_description(oid, 'pg_database') = $2)"
)
_DATABASE_EXISTS = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)"
_MAKE_ROLE = "CREATE ROLE %I"
_SET_ROLE = "ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L"
_MAKE_DATABASE = "CREATE DATABASE %I OWNER %I ENCODING 'UTF8' TEMPLATE template0"
_OPEN_TO_ALL = "SELECT datname FROM pg_database WHERE datname IN ('postgres', 'template1')"
_CLOSE = "REVOKE ALL ON DATABASE %I FROM PUBLIC"
_ON_SERVER = ("REVOKE ALL ON DATABASE %1$I FROM PUBLIC", "GRANT CONNECT ON DATABASE %1$I TO %3$I")
_IN_DATABASE = (
    "GRANT USAGE, CREATE ON SCHEMA public TO %2$I",
    "GRANT USAGE ON SCHEMA public TO %3$I",
    "ALTER DEFAULT PRIVILEGES FOR ROLE %2$I IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %3$I",
    "ALTER DEFAULT PRIVILEGES FOR ROLE %2$I IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO %3$I",
)


@dataclass(frozen=True)
class ServiceDatabase:
    """One service's database as its two roles reach it: `owner_url` migrates, `app_url` is what the service gets."""

    service: str
    owner_url: str
    app_url: str


def service_database(service: str, *, host: str, port: int, owner_password: str, app_password: str) -> ServiceDatabase:
    """The names that Schakel gives: database and role `schakel_<service>`, owner `schakel_<service>_owner`."""
    name = f"schakel_{service}"

    def url(role: str, password: str) -> str:
        return URL.create(DRIVER, role, password, host, port, name).render_as_string(hide_password=False)

    return ServiceDatabase(service, url(f"{name}_owner", owner_password), url(name, app_password))


class HalfRestored(OperatorError):
    """A restore was broken off: some databases are of today and some are of the backup."""


async def provision(admin_url: str, databases: Iterable[ServiceDatabase]) -> None:
    """Make what is missing and set the passwords. Safe to repeat. `admin_url` must be allowed to make roles.

    Raises HalfRestored: the services were kept out, and would come in again.
    """
    admin = make_url(admin_url)
    connection = await _connect(admin)
    try:
        for row in await connection.fetch(_OPEN_TO_ALL):
            await _run(connection, _CLOSE, row["datname"])
        for database in databases:
            await _provision(admin, connection, make_url(database.owner_url), make_url(database.app_url))
    finally:
        await connection.close()


async def _provision(admin: URL, connection: Connection, owner: URL, app: URL) -> None:
    names = (str(owner.database), str(owner.username), str(app.username))
    if await connection.fetchval(_IS_RESTORED, owner.database, RESTORING):
        raise HalfRestored("a restore was broken off, or is at work: run `schakel restore` again, to its end")
    for role in (owner, app):
        if not await connection.fetchval(_ROLE_EXISTS, role.username):
            await _run(connection, _MAKE_ROLE, str(role.username))
        await _run(connection, _SET_ROLE, str(role.username), str(role.password))
    if not await connection.fetchval(_DATABASE_EXISTS, owner.database):
        await _run(connection, _MAKE_DATABASE, names[0], names[1])
    for statement in _ON_SERVER:
        await _run(connection, statement, *names)
    inside = await _connect(admin.set(database=owner.database))
    try:
        for statement in _IN_DATABASE:
            await _run(inside, statement, *names)
    finally:
        await inside.close()


async def _connect(url: URL) -> Connection:
    return await asyncpg.connect(driver_dsn(url), timeout=CONNECT_SECONDS)


async def _run(connection: Connection, statement: str, *names: str) -> None:
    """PostgreSQL does the quoting itself: %I is a name, %L a text."""
    places = ", ".join(f"${number}::text" for number in range(2, len(names) + 2))
    await connection.execute(await connection.fetchval(f"SELECT format($1::text, {places})", statement, *names))
