"""Every code of the city that a service's tables hold has words: else people would read codes.

It is looked at when a process starts. A code can only lose its words when the city's file loses an entry, or when the
service is started with the file of another city.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from sqlalchemy import Column, ColumnElement, MetaData, Table, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, JSONPATH
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from shared.kernel.city import City
from shared.storage.columns import CITY_CODES, CityCodes


@dataclass(frozen=True, slots=True)
class CodeWithoutWords:
    """A code that is stored `count` times in this place (`cases.district`), and does not stand in the city's list."""

    code: str
    codes: CityCodes
    place: str
    count: int

    @property
    def words(self) -> str:
        """What is wrong."""
        times = "once" if self.count == 1 else f"{self.count} times"
        return f"{self.place} holds the code {self.code} {times}, and the city has no words for it"

    @property
    def fix(self) -> str:
        """What to do."""
        return (
            f"add {self.code} to [{self.codes.of}] of the file that SCHAKEL_CITY (or --city) names, "
            "with retired = true if it is not offered any more"
        )


class CodesWithoutWords(Exception):
    """The tables hold codes that the city's file does not know; one line for each, with how to fix it."""

    def __init__(self, service: str, found: list[CodeWithoutWords]) -> None:
        self.problems = [f"{service}: {one.words}: {one.fix}" for one in found]
        super().__init__("\n".join(self.problems))


def tables_of(service: str) -> MetaData:
    """What `services/<service>/store/tables.py` declares, apart from every other service."""
    declared = vars(import_module(f"services.{service}.store.tables")).values()
    models = [each for each in declared if isinstance(each, type) and issubclass(each, SQLModel)]
    found = {id(each.metadata): each.metadata for each in models if each is not SQLModel}
    if len(found) != 1:
        raise LookupError(f"{service} has {len(found)} sets of tables, not one of its own")
    return next(iter(found.values()))


async def codes_without_words(connection: AsyncConnection, tables: MetaData, city: City) -> list[CodeWithoutWords]:
    """Every stored code that the city has no words for, in the order of the tables."""
    found = []
    for table, column, codes in _coded(tables):
        held = select(_each(column, codes).label("code")).select_from(table).subquery()
        # Nothing said is no code.
        said = held.c.code.is_not(None) & (held.c.code != "")
        counted = await connection.execute(select(held.c.code, func.count()).where(said).group_by(held.c.code))
        counts = {row[0]: row[1] for row in counted}
        found += [
            CodeWithoutWords(code, codes, f"{table.name}.{column.name}", counts[code])
            for code in city.codes(codes.of).unknown(counts)
        ]
    return found


def _coded(tables: MetaData) -> Iterator[tuple[Table, Column[object], CityCodes]]:
    for table in tables.sorted_tables:
        for column in table.columns:
            if codes := column.info.get(CITY_CODES):
                yield table, column, codes


def _each(column: Column[object], codes: CityCodes) -> ColumnElement[object]:
    """Each code in it, as text."""
    if isinstance(column.type, ARRAY):
        return func.unnest(column)
    if isinstance(column.type, JSONB):
        return func.jsonb_path_query(column, cast(codes.at, JSONPATH)).op("#>>")(literal_column("'{}'"))
    return column
