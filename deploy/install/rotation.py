"""A wrapping key is replaced while Schakel runs.

The new one goes in front of the old one, every process takes it up, all keys are wrapped anew, and the old one goes
once no row needs it. It may be broken off anywhere: the next run goes on where this one ended.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import asyncpg

from deploy.install.errors import OperatorError
from deploy.install.key_store import KeyKind, KeyStore
from deploy.install.provision import Connection
from deploy.install.wrapped_tables import WrappedTable, wrapped_tables
from shared.kernel.crash_points import crash_point
from shared.privacy.rotating_key import LOOK_SECONDS
from shared.privacy.sealed import Sealing, Unreadable, WrappedKey
from shared.storage.database import driver_dsn

Progress = Callable[[int, int], None]
BATCH: Final = 500
TAKEN_UP_WITHIN: Final = 2 * LOOK_SECONDS
"""Seconds after which every running process wraps with the newest key."""
WRITERS_END_WITHIN: Final = "20s"


class RotationRuns(OperatorError):
    """Another command replaces keys of the same service."""


class KeysLost(OperatorError):
    """Rows need a wrapping key that is not there."""


class NoKeysThere(OperatorError):
    """This file is no copy of the secrets."""


async def rotate(kind: KeyKind, owner_url: str, store: KeyStore, progress: Progress, *, batch: int = BATCH) -> int:
    """Replace it; returns how many keys were wrapped anew. `progress`: how many are done, and of how many.

    Raises RotationRuns or KeysLost; the old key is then still there.
    """
    async with _alone(owner_url) as connection:
        keys = store.read(kind)
        # Two or more: a rotation that was broken off goes on, with the new key that it made.
        if len(keys) == 1:
            keys = [kind.make(), *keys]
        store.write(kind, keys)
        crash_point("rotate.after-new-key")
        await asyncio.sleep(TAKEN_UP_WITHIN)
        sealing, count = kind.sealing(keys), 0
        while True:
            count += await _rewrap_all(connection, kind, sealing, progress, batch)
            if await _nobody_needs_an_older_one(connection, kind, sealing):
                break
        crash_point("rotate.before-removal")
        store.write(kind, keys[:1])
        return count


@asynccontextmanager
async def _alone(owner_url: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(driver_dsn(owner_url), timeout=10)
    try:
        if not await connection.fetchval("SELECT pg_try_advisory_lock(hashtext('schakel.rotate'))"):
            raise RotationRuns("another `schakel keys rotate` is at work here: wait until it ends")
        yield connection
    finally:
        await connection.close()


async def _rewrap_all(connection: Connection, kind: KeyKind, sealing: Sealing, progress: Progress, batch: int) -> int:
    tables = wrapped_tables(kind.service)
    total = sum([await connection.fetchval(_older(table, "count(*)"), sealing.newest_id) for table in tables])
    done = 0
    for table in tables:
        while rows := await connection.fetch(f"{_older(table)} LIMIT {batch}", sealing.newest_id):
            await _rewrap(connection, table, sealing, rows)
            done += len(rows)
            progress(done, max(done, total))
            crash_point("rotate.after-batch")
    return done


async def _rewrap(connection: Connection, table: WrappedTable, sealing: Sealing, rows: list[asyncpg.Record]) -> None:
    try:
        new = [sealing.rewrap(WrappedKey(table.name, row[0], row[1])).wrapped for row in rows]
    except Unreadable:
        msg = (
            f"keys in {table.name} need a wrapping key that is not there: bring it back from a copy of the secrets "
            "(`schakel keys bring-back`); nothing was removed"
        )
        raise KeysLost(msg) from None
    # A row that was deleted, or written by somebody else meanwhile, is left as it is.
    changed = (
        f"UPDATE {table.name} AS t SET {table.column} = n.new "  # noqa: S608 - names of our own tables
        "FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS n (id, old, new) "
        f"WHERE t.{table.id_column} = n.id AND t.{table.column} = n.old"
    )
    await connection.execute(changed, [row[0] for row in rows], [row[1] for row in rows], new)


async def _nobody_needs_an_older_one(connection: Connection, kind: KeyKind, sealing: Sealing) -> bool:
    """Whether every key is wrapped with the newest, also those of transactions that were still open."""
    async with connection.transaction():
        await connection.execute(f"SET LOCAL lock_timeout = '{WRITERS_END_WITHIN}'")
        for table in wrapped_tables(kind.service):
            # Waits for whoever is writing; for the moment of looking nobody writes.
            await connection.execute(f"LOCK TABLE {table.name} IN SHARE MODE")
            if await connection.fetchval(_older(table, "count(*)"), sealing.newest_id):
                return False
    return True


def _older(table: WrappedTable, what: str = "") -> str:
    """In SQL: those that the newest key does not open."""
    what = what or f"{table.id_column}, {table.column}"
    return f"SELECT {what} FROM {table.name} WHERE {table.key_id} <> $1"  # noqa: S608 - as above


def keys_in(file: Path, kind: KeyKind) -> list[str]:
    """Those in a copy of `secrets.json`, or in a file of this key alone. Raises NoKeysThere."""
    text = file.read_text(encoding="utf-8").strip()
    try:
        kept = json.loads(text)
        text = str(kept[kind.secret]) if isinstance(kept, dict) else text
    except (ValueError, KeyError):
        pass
    try:
        kind.sealing(text.splitlines())
    except (ValueError, IndexError):
        raise NoKeysThere(
            f"{file} holds no {kind.secret}: name a copy of secrets.json or of the file of this key"
        ) from None
    return text.splitlines()
