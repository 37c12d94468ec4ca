"""The list of requests with ten thousand cases in it: a page is read by an index, whatever is looked for."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from services.intake.domain.listing import CaseOrder, CaseSearch, Position
from services.intake.store.repositories import PostgresIntakeUnit, page_of
from services.intake.web.pages.cases import PAGE_SIZE
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from tests.unit.intake.app import app_on, person_of
from tests.unit.intake.builders import (
    COORDINATOR,
    NOW,
    ROOS,
    SCHOOL,
    everybody_joins,
    people_book,
    request,
    submit_request,
)

pytestmark = pytest.mark.postgres
MANY: Final = 10_000
# Copies of one case, a minute apart, of 200 schools with an ambassador each.
_COPIES: Final = """
    INSERT INTO cases SELECT (jsonb_populate_record(cases, jsonb_build_object(
        'id', md5('case' || n)::uuid, 'code', 'A' || n,
        'received_at', received_at - n * interval '1 minute', 'changed_at', changed_at - (n % 997) * interval '1 hour',
        'organisation_id', md5('school' || n % 200)::uuid, 'ambassador_id', md5('person' || n % 200)::uuid
    ))).* FROM cases, generate_series(1, :many) AS n WHERE id = :id
"""


@pytest.fixture
async def filled(database: Database, units: PostgresUnits[PostgresIntakeUnit]) -> Database:
    """One case of Roos, and many of other schools."""
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(), unit)
    async with database.transaction() as connection:
        await connection.execute(text(_COPIES), {"many": MANY, "id": case.id})
        await connection.execute(text("ANALYZE cases"))
    return database


async def plan_of(database: Database, search: CaseSearch, after: Position | None = None) -> str:
    """How PostgreSQL reads this page."""
    query = page_of(search, after, PAGE_SIZE + 1)
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    written = query.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    async with database.transaction() as connection:
        rows = await connection.execute(text(f"EXPLAIN {str(written).replace(':', chr(92) + ':')}"))
        return "\n".join(row[0] for row in rows)


SEARCHES: Final = {
    "newest": CaseSearch(),
    "oldest": CaseSearch(order=CaseOrder.OLDEST),
    "changed": CaseSearch(order=CaseOrder.CHANGED),
    "of a school": CaseSearch(organisations=frozenset({SCHOOL})),
    "of an ambassador": CaseSearch(ambassadors=frozenset({ROOS.person_id})),
}


async def test_page_is_read_by_an_index(filled: Database) -> None:
    for name, search in SEARCHES.items():
        for after in (None, Position(NOW - timedelta(days=3), UUID(int=0))):
            plan = await plan_of(filled, search, after)
            assert "Index Scan" in plan, name
            assert "Seq Scan" not in plan, name


async def test_pages_of_the_desk_are_whole_and_follow_each_other(
    filled: Database, units: PostgresUnits[PostgresIntakeUnit]
) -> None:
    async with person_of(app_on(units, people=people_book()), COORDINATOR) as client:
        first = (await client.get("/aanvragen")).text
        assert f"{MANY + 1}" in first
        following = _next(first)
        second = (await client.get(following)).text
    assert first.count("<tr") == second.count("<tr") == PAGE_SIZE + 1
    assert _next(second) != following


def _next(page: str) -> str:
    return page.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
