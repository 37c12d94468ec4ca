"""PostgreSQL: a pool of connections, transactions, and what its errors mean."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import orjson
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from shared.kernel.errors import Transient
from shared.storage.statements import Statement, driver_of

CONNECT_SECONDS = 5
# Eight processes of eight stay well below what a server of the usual size admits (100).
POOL_SIZE = 8
COMMAND_SECONDS = 30
# A host that lost its power closes no connection: the server probes it, and after four seconds without an answer it
# releases what that host held, row locks and the relay's lock. The last one (milliseconds) is for data that was sent
# and not acknowledged, a NOTIFY for example: until then the server does not probe, and would retransmit for minutes.
KEEPALIVE = {
    "tcp_keepalives_idle": "2",
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": "2",
    "tcp_user_timeout": "4000",
}
# Classes of SQLSTATE that mean: the server is away, or the same transaction may well succeed next time.
AWAY_STATES = ("08", "53", "57", "58")
TRY_AGAIN_STATES = ("40001", "40P01", "55P03")
# The database's own now; in a demo `schakel clock forward` moves it.
DATABASE_NOW = "(SELECT now() + coalesce((SELECT ahead FROM clock_offset), interval '0'))"
NOW = Statement(f"SELECT {DATABASE_NOW}")


def driver_dsn(url: str | URL) -> str:
    """A database's address as the driver itself reads it, for a connection outside the pool.

    SQLAlchemy hands `ssl` to the driver as an argument and repeats `host`; in the driver's own address `ssl` would be a
    setting of the server's, and of two hosts the first would be lost.
    """
    given = make_url(url)
    query = {("sslmode" if name == "ssl" else name): ",".join(said) for name, said in given.normalized_query.items()}
    return given.set(drivername="postgresql", query=query).render_as_string(hide_password=False)


class DatabaseAway(Transient):
    """The database does not answer now; nothing was written."""


class TryAgain(Transient):
    """Two transactions were in each other's way; nothing was written."""


def translated(error: BaseException) -> Transient | None:
    """What an error of the driver means, when it is transient."""
    invalidated = isinstance(error, DBAPIError) and error.connection_invalidated
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None) or ""
    if state in TRY_AGAIN_STATES:
        return TryAgain(state)
    if invalidated or isinstance(cause, asyncpg.InterfaceError) or state.startswith(AWAY_STATES):
        return DatabaseAway(state or type(cause).__name__)
    return None


class Database:
    """A pool of connections to one service's database."""

    def __init__(self, url: str, *, application_name: str, pool_size: int = POOL_SIZE) -> None:
        self.url = url
        self._engine = create_async_engine(
            url,
            pool_size=pool_size,
            # One more than this waits a moment: making a connection costs far more than the transaction it is for.
            max_overflow=0,
            pool_timeout=CONNECT_SECONDS,
            pool_pre_ping=False,
            # The one used last has most statements prepared.
            pool_use_lifo=True,
            # The transactions are the driver's own: `Statement`s and SQLAlchemy's statements share them.
            isolation_level="AUTOCOMMIT",
            json_deserializer=orjson.loads,
            connect_args={
                "timeout": CONNECT_SECONDS,
                "command_timeout": COMMAND_SECONDS,
                "server_settings": {
                    "application_name": application_name,
                    "timezone": "UTC",
                    "lock_timeout": "10s",
                    **KEEPALIVE,
                },
            },
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: commits on leaving, rolls back on an exception. Raises DatabaseAway or TryAgain."""
        async with self.statements() as connection, (await driver_of(connection)).transaction():
            yield connection

    @asynccontextmanager
    async def statements(self) -> AsyncIterator[AsyncConnection]:
        """A connection on which each statement is a transaction of its own. Raises DatabaseAway or TryAgain."""
        try:
            connection = await self._alive()
        except (OSError, TimeoutError, PoolTimeoutError) as error:
            raise DatabaseAway(str(error)) from error
        except DBAPIError as error:
            raise DatabaseAway(str(error.orig)) from error
        try:
            yield connection
        except (DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            if (passing := translated(error)) is None:
                raise
            raise passing from error
        finally:
            await _give_back(connection)

    async def _alive(self) -> AsyncConnection:
        """From the pool, except those that the driver knows to be closed: a restart of the database closes all at once.

        Asking the driver is no round trip; the pool replaces a connection that is thrown away.
        """
        while (await driver_of(connection := await self._engine.connect())).is_closed():
            await connection.invalidate()
            await connection.close()
        return connection

    async def check(self) -> None:
        """Raises DatabaseAway when the database does not answer."""
        async with self.statements() as connection:
            await NOW.rows(connection)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


async def _give_back(connection: AsyncConnection) -> None:
    """To the pool, unless it is broken or still in the middle of something."""
    if not connection.invalidated:
        driver = await driver_of(connection)
        if driver.is_closed() or driver.is_in_transaction():
            await connection.invalidate()
    await connection.close()
