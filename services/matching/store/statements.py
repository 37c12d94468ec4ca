"""Core tables, and the one way in which a row is kept."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlmodel import SQLModel

from services.matching.store.tables import (
    CaseRow,
    NeedRow,
    OrganisationRow,
    PersonRow,
    RankingRow,
    ReferralRow,
    ServiceRow,
    SignInRow,
)


def _table(row: type[SQLModel]) -> Table:
    table: Table = row.__table__  # type: ignore[attr-defined] # SQLModel adds it to classes with table=True
    return table


ORGANISATIONS = _table(OrganisationRow)
SERVICES = _table(ServiceRow)
PEOPLE = _table(PersonRow)
CASES = _table(CaseRow)
NEEDS = _table(NeedRow)
REFERRALS = _table(ReferralRow)
RANKINGS = _table(RankingRow)
SIGN_INS = _table(SignInRow)


def upsert(table: Table, rows: dict[str, Any] | list[dict[str, Any]]) -> Insert:
    """Insert, or take over every column of the row with the same id."""
    statement = insert(table).values(rows)
    columns = {column.name: statement.excluded[column.name] for column in table.columns if column.name != "id"}
    return statement.on_conflict_do_update(index_elements=[table.c.id], set_=columns)
