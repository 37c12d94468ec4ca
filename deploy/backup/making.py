"""Make a backup: all databases at one moment, data and keys in a file each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from deploy import __version__
from deploy.backup.archive import (
    DatabaseCopy,
    Manifest,
    Part,
    TableCopy,
    Writing,
    clear_partial,
    file_of,
    files_in,
    writing,
)
from deploy.backup.same_moment import at_the_same_moment
from deploy.install.errors import OperatorError
from deploy.install.provision import Connection, ServiceDatabase
from deploy.install.wrapped_tables import WrappedTable, wrapped_tables
from shared.kernel.crash_points import crash_point
from shared.storage.table_versions import PLUMBING_VERSIONS, SERVICE_VERSIONS

KEYS_KEPT: Final = timedelta(days=30)
"""As long as what is erased can still be opened with a backup of before."""
VERSIONS: Final = (PLUMBING_VERSIONS, SERVICE_VERSIONS)
_TABLES: Final = """
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1)
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES: Final = """
    SELECT sequencename::text AS name, last_value FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL
"""
Tell = Callable[[str], None]


class FolderUnusable(OperatorError):
    """Nothing can be written there."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, and which files of keys were removed."""

    data: Path
    keys: Path
    rows: int
    removed: tuple[Path, ...]


async def make_backup(databases: Mapping[str, ServiceDatabase], folder: Path, at: datetime, tell: Tell) -> Made:
    """Write both files, then remove those of keys that are too old. Raises FolderUnusable or NeverQuiet."""
    _ready(folder)
    at = at.replace(microsecond=0)
    files = {part: file_of(folder, part, at) for part in Part}
    backup_id, rows = uuid4(), 0
    async with at_the_same_moment(databases) as readers:
        # Data without keys are of no use; keys without data betray nothing. So the keys are there first.
        for part in (Part.KEYS, Part.DATA):
            with writing(files[part]) as file:
                copies = {name: await _copy(name, reader, part, file) for name, reader in readers.items()}
                file.close(Manifest(id=backup_id, part=part, release=__version__, made_at=at, databases=copies))
            counted = sum(table.rows for copy in copies.values() for table in copy.tables)
            tell(f"{files[part].name}: {counted} rows of {len(copies)} databases")
            rows += counted
            crash_point("backup.after-file")
    return Made(files[Part.DATA], files[Part.KEYS], rows, _without_old_keys(folder, at))


def _ready(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        clear_partial(folder)
    except OSError as problem:
        msg = f"{folder} cannot be written ({problem.strerror}): name a folder that this user may write to"
        raise FolderUnusable(msg) from None


def _without_old_keys(folder: Path, at: datetime) -> tuple[Path, ...]:
    old = [file for moment, file in files_in(folder, Part.KEYS).items() if moment < at - KEYS_KEPT]
    for file in old:
        file.unlink()
    return tuple(old)


async def _copy(service: str, reader: Connection, part: Part, file: Writing) -> DatabaseCopy:
    of_keys = wrapped_tables(service)
    names = {table.name for table in of_keys}
    wanted = [
        (row["name"], tuple(row["columns"]))
        for row in await reader.fetch(_TABLES, list(VERSIONS))
        if (row["name"] in names) == (part is Part.KEYS)
    ]
    tables = [await _table(service, reader, name, columns, file) for name, columns in wanted]
    return DatabaseCopy(
        versions=await versions_of(reader),
        tables=tuple(tables),
        # Read after the rows: a number that was given meanwhile is not given again.
        sequences=await _sequences(reader) if part is Part.DATA else {},
        key_ids=await _key_ids(reader, of_keys) if part is Part.KEYS else (),
    )


async def _sequences(reader: Connection) -> dict[str, int]:
    return {row["name"]: row["last_value"] for row in await reader.fetch(_SEQUENCES)}


async def versions_of(connection: Connection) -> dict[str, str | None]:
    """Which migrations made the tables."""
    return {
        table: await connection.fetchval(f"SELECT version_num FROM {table}")  # noqa: S608 - a table of ours
        if await connection.fetchval("SELECT to_regclass($1) IS NOT NULL", table)
        else None
        for table in VERSIONS
    }


async def _table(service: str, reader: Connection, name: str, columns: tuple[str, ...], file: Writing) -> TableCopy:
    with file.scratch() as copied:
        said = await reader.copy_from_table(name, columns=columns, output=copied, format="text")
        digest = file.add(service, name, copied)
    return TableCopy(name=name, columns=columns, rows=int(said.split()[-1]), sha256=digest)


async def _key_ids(reader: Connection, tables: list[WrappedTable]) -> tuple[str, ...]:
    found: set[str] = set()
    for table in tables:
        query = f"SELECT DISTINCT encode({table.key_id}, 'hex') FROM {table.name}"  # noqa: S608 - names of our own tables
        found |= {row[0] for row in await reader.fetch(query)}
    return tuple(sorted(found))
