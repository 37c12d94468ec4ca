"""A stored code of the city that has no words is found wherever it stands: in a text, an array, or inside JSON."""

from typing import Any, ClassVar
from uuid import UUID

import pytest
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import registry
from sqlmodel import SQLModel
from structlog.testing import capture_logs

from shared.kernel.city import City
from shared.runtime.table_check import TableCheck
from shared.storage import columns
from shared.storage.columns import CityCodes, Json
from shared.storage.database import Database
from shared.storage.stored_codes import CodesWithoutWords, CodeWithoutWords, codes_without_words
from tests.conftest import MakeDatabase
from tests.parts.city import a_city

pytestmark = pytest.mark.postgres
NEED = CityCodes("categories", at="$[*].category")


class Sample(SQLModel, registry=registry()):
    """A set of tables of its own."""

    metadata = MetaData()


class HouseRow(Sample, table=True):
    """Codes in every kind of column, and a column of codes that are not the city's."""

    __tablename__: ClassVar[str] = "houses"

    id: UUID = columns.key()
    district: str = columns.text(codes=CityCodes("districts"))
    moved_to: str | None = columns.text(nullable=True, codes=CityCodes("districts"))
    spoken: list[str] = columns.texts(codes=CityCodes("languages"))
    facts: Json = columns.json(codes=CityCodes("districts", at="$.district"))
    needs: list[Json] = columns.json_list(codes=NEED)
    found: list[Json] | None = columns.json_list(nullable=True, codes=NEED)
    mother_tongue: str = columns.text()


HOUSES = Sample.metadata.tables["houses"]
GOOD: dict[str, Any] = {
    "district": "oost", "moved_to": None, "spoken": ["nl", "ar"], "facts": {}, "mother_tongue": "qqq",
    "needs": [{"category": "bike"}, {"category": "food"}], "found": None,
}  # fmt: skip


async def found_in(make_database: MakeDatabase, *houses: dict[str, Any], city: City) -> list[CodeWithoutWords]:
    """What is found when exactly these are stored."""
    database = Database(await make_database(), application_name="test")
    try:
        async with database.transaction() as connection:
            await _store(connection, houses)
            return await codes_without_words(connection, Sample.metadata, city)
    finally:
        await database.close()


async def _store(connection: AsyncConnection, houses: tuple[dict[str, Any], ...]) -> None:
    await connection.run_sync(Sample.metadata.create_all)
    for number, house in enumerate(houses):
        await connection.execute(HOUSES.insert().values(id=UUID(int=number), **GOOD | house))


async def test_codes_with_words_are_well_also_when_they_are_retired_or_empty(make_database: MakeDatabase) -> None:
    city = a_city({"districts": {"oost": {"words": "Oost", "retired": True}}})
    assert await found_in(make_database, {}, {"moved_to": ""}, {"found": GOOD["needs"]}, city=city) == []


@pytest.mark.parametrize(
    ("house", "of", "code"),
    [
        ({"district": "harbour"}, "districts", "harbour"),
        ({"moved_to": "harbour"}, "districts", "harbour"),
        ({"spoken": ["nl", "xx"]}, "languages", "xx"),
        ({"facts": {"district": "harbour"}}, "districts", "harbour"),
        ({"needs": [{"category": "bike"}, {"category": "rocket"}]}, "categories", "rocket"),
        ({"found": [{"category": "rocket"}]}, "categories", "rocket"),
    ],
)
async def test_code_without_words_is_found_with_its_place_and_how_often(
    make_database: MakeDatabase, house: dict[str, Any], of: str, code: str
) -> None:
    (column,) = house
    found = await found_in(make_database, {}, house, house, city=a_city())
    assert [(one.code, one.codes.of, one.place, one.count) for one in found] == [(code, of, f"houses.{column}", 2)]


async def test_everything_that_has_no_words_is_told_at_once_with_how_to_fix_it(make_database: MakeDatabase) -> None:
    found = await found_in(
        make_database, {"district": "harbour", "spoken": ["xx"]}, {"spoken": ["xx", "nl", "yy"]}, city=a_city()
    )
    assert CodesWithoutWords("intake", found).problems == [
        f"intake: houses.{place}, and the city has no words for it: add {code} to [{section}] of the file that "
        "SCHAKEL_CITY (or --city) names, with retired = true if it is not offered any more"
        for place, code, section in (
            ("district holds the code harbour once", "harbour", "districts"),
            ("spoken holds the code xx 2 times", "xx", "languages"),
            ("spoken holds the code yy once", "yy", "languages"),
        )
    ]


async def test_check_at_start_passes_over_tables_that_are_not_there_yet(make_database: MakeDatabase) -> None:
    database = Database(await make_database(), application_name="test")
    with capture_logs() as logs:
        await TableCheck(database, "matching", a_city()).look()
    await database.close()
    assert [line["event"] for line in logs] == ["tables_behind"]
