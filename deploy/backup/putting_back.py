"""Put one database back: everything in one transaction, so that whoever kills it finds what was there before."""

import io
import tarfile
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from typing import BinaryIO, Final
from uuid import UUID

import asyncpg

from deploy.backup.archive import DatabaseCopy, TableCopy, reading, table_in
from deploy.backup.chosen import Chosen
from deploy.backup.gate import connect
from deploy.backup.making import VERSIONS
from deploy.install.provision import Connection, ServiceDatabase
from deploy.install.wrapped_tables import wrapped_tables
from shared.kernel.crash_points import crash_point

_TABLES: Final = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> ALL ($1)
"""
_REFERENCES: Final = """
    SELECT conrelid::regclass::text AS source, confrelid::regclass::text AS target, conname AS name,
           pg_get_constraintdef(oid) AS definition,
           (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) AS source_column,
           (SELECT attname FROM pg_attribute WHERE attrelid = confrelid AND attnum = confkey[1]) AS target_column
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""
# What was under way at that moment, and what a broker lost, comes again; who applied it already knows it.
_PUBLISH_AGAIN: Final = "UPDATE outbox SET published_at = NULL WHERE published_at IS NOT NULL"


async def put_back(service: str, database: ServiceDatabase, chosen: Chosen, erased: Collection[UUID]) -> int:
    """Everything that was there goes, everything in the backup comes; returns how many rows.

    Of `erased` no key comes back, and nothing of what only those keys open.
    """
    connection = await connect(database)
    try:
        async with connection.transaction():
            with ExitStack() as files:
                return await _put_back(connection, service, chosen, files, {str(each) for each in erased})
    finally:
        await connection.close()


async def _put_back(
    connection: Connection, service: str, chosen: Chosen, files: ExitStack, erased: Collection[str]
) -> int:
    tables = [row[0] for row in await connection.fetch(_TABLES, list(VERSIONS))]
    references = await connection.fetch(_REFERENCES)
    # Rows come in any order; what refers to what is checked again at the end.
    for one in references:
        await connection.execute(f'ALTER TABLE {one["source"]} DROP CONSTRAINT "{one["name"]}"')
    for table in tables:
        await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    await connection.execute(f"TRUNCATE {', '.join(tables)}")
    data, count = chosen.data.databases[service], 0
    with_data = files.enter_context(reading(chosen.data_file))
    for table in data.tables:
        count += await _load(connection, table, table_in(with_data, service, table.name))
    if chosen.keys is not None and chosen.keys_file is not None:
        with_keys = files.enter_context(reading(chosen.keys_file))
        count += await _load_keys(connection, service, chosen.keys.databases[service], with_keys, erased)
    await _forget_what_no_key_opens(connection, service, references)
    for one in references:
        await connection.execute(f'ALTER TABLE {one["source"]} ADD CONSTRAINT "{one["name"]}" {one["definition"]}')
    for table in tables:
        await connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for name, last in data.sequences.items():
        await connection.execute("SELECT setval($1::text::regclass, $2)", f'public."{name}"', last)
    await connection.execute(_PUBLISH_AGAIN)
    crash_point("restore.before-commit")
    return count


async def _load(connection: Connection, table: TableCopy, content: BinaryIO) -> int:
    await connection.copy_to_table(table.name, source=content, columns=table.columns, format="text")
    return table.rows


async def _load_keys(
    connection: Connection, service: str, copy: DatabaseCopy, tar: tarfile.TarFile, erased: Collection[str]
) -> int:
    ids = {table.name: table.id_column for table in wrapped_tables(service)}
    count = 0
    for table in copy.tables:
        place = table.columns.index(ids[table.name])
        lines = [line for line in table_in(tar, service, table.name) if _id_in(line, place) not in erased]
        await connection.copy_to_table(
            table.name, source=io.BytesIO(b"".join(lines)), columns=table.columns, format="text"
        )
        count += len(lines)
    return count


def _id_in(line: bytes, place: int) -> str:
    return line.rstrip(b"\n").split(b"\t")[place].decode()


async def _forget_what_no_key_opens(connection: Connection, service: str, references: Sequence[asyncpg.Record]) -> None:
    """Rows that a key seals go with the key, as they do when a case is erased."""
    of_keys = {table.name for table in wrapped_tables(service)}
    for one in references:
        if one["target"] in of_keys:
            there = f'SELECT FROM {one["target"]} k WHERE k."{one["target_column"]}" = s."{one["source_column"]}"'
            await connection.execute(f"DELETE FROM {one['source']} s WHERE NOT EXISTS ({there})")  # noqa: S608
