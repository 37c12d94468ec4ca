"""Many rows in one statement: the arrays of `unnest` cost one round trip, however many rows they hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, TextClause, text
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.engine import Dialect

_DIALECT: Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]  # SQLAlchemy's dialects are not typed


def insert_many(table: Table, ending: str = "") -> TextClause:
    """`INSERT INTO table SELECT … FROM unnest(…)`; give it `columns_of` the rows. `ending`: ON CONFLICT, RETURNING."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    arrays = ", ".join(f"CAST(:{column.name} AS {column.type.compile(dialect=_DIALECT)}[])" for column in table.columns)
    return text(f"INSERT INTO {table.name} ({columns}) SELECT * FROM unnest({arrays}) {ending}")  # noqa: S608 - our own names


def columns_of(table: Table, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """These rows as one array per column; a column that a row does not name is NULL there."""
    return {column.name: [row.get(column.name) for row in rows] for column in table.columns}
