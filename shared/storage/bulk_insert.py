"""Many rows in one statement: one round trip, however many rows there are.

A few hundred go as the arrays of `unnest`. Thousands, or rows of which a column is a list, go as one document of JSON:
the driver looks at every value of an array, which costs more than it takes to write the row.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Table
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.engine import Dialect

from shared.storage.statements import Statement

_DIALECT: Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]  # SQLAlchemy's dialects are not typed


def types_of(table: Table) -> dict[str, str]:
    """The columns with their types, as PostgreSQL writes them."""
    return {column.name: column.type.compile(dialect=_DIALECT) for column in table.columns}


def insert_many(table: Table, ending: str = "") -> Statement:
    """`INSERT INTO table SELECT … FROM unnest(…)`; give it `columns_of` the rows. `ending`: ON CONFLICT, RETURNING."""
    return Statement(f"{_insert(table)} {ending}")


def insert_document(
    table: Table, ending: str = "", *, made: Mapping[str, tuple[str, str, str]] | None = None
) -> Statement:
    """The same out of one document; give it `document_of` the rows. Their order is that of the locks.

    `made`: columns that come of another member of each row: how, the name of that member, and its type.
    """
    made = made or {}
    types = {name: kind for name, kind in types_of(table).items() if name not in made}
    read = {**types, **{member: kind for _, member, kind in made.values()}}
    columns = ", ".join(f'"{name}"' for name in (*types, *made))
    taken = ", ".join((*(f'"{name}"' for name in types), *(how for how, _, _ in made.values())))
    given = ", ".join(f'"{name}" {kind}' for name, kind in read.items())
    return Statement(
        f"INSERT INTO {table.name} ({columns}) SELECT {taken} "  # noqa: S608 - our own names
        # As `jsonb` each row is read once; out of `json` again for each of its lists.
        f"FROM jsonb_to_recordset(CAST(CAST(:rows AS text) AS jsonb)) AS given({given}) {ending}"
    )


def taking_over(table: Table, key: str = "id") -> str:
    """The `ending` that takes over every column of a row that is there."""
    others = (name for name in types_of(table) if name != key)
    return f"ON CONFLICT ({key}) DO UPDATE SET " + ", ".join(f'"{name}" = excluded."{name}"' for name in others)


def document_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Rows for `insert_document`; each names every column."""
    # The driver has a kind of UUID of its own.
    return {"rows": orjson.dumps(rows, default=str).decode()}


def insert_into_all(*tables: Table) -> Statement:
    """The same for several tables in one round trip; give it `columns_of_all` the rows."""
    *first, last = tables
    parts = ", ".join(f"into_{table.name} AS ({_insert(table, f'{table.name}_')})" for table in first)
    return Statement(f"WITH {parts} {_insert(last, f'{last.name}_')}")


def _insert(table: Table, prefix: str = "") -> str:
    types = types_of(table)
    columns = ", ".join(f'"{name}"' for name in types)
    arrays = ", ".join(f"CAST(:{prefix}{name} AS {kind}[])" for name, kind in types.items())
    return f"INSERT INTO {table.name} ({columns}) SELECT * FROM unnest({arrays})"  # noqa: S608 - our own names


def columns_of(table: Table, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """These rows as one array per column; a column that a row does not name is NULL there."""
    return {column.name: [row.get(column.name) for row in rows] for column in table.columns}


def columns_of_all(rows: Mapping[Table, Sequence[Mapping[str, Any]]]) -> dict[str, list[Any]]:
    """Rows of several tables, for `insert_into_all`."""
    return {f"{table.name}_{name}": values for table in rows for name, values in columns_of(table, rows[table]).items()}
