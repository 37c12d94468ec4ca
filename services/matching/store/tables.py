"""Matching's tables. Rows are not domain objects: no rules stand here but what the database must hold by itself."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, MetaData, SmallInteger, Table, Uuid, text
from sqlalchemy.dialects.postgresql import TSVECTOR, Insert, insert
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from services.matching.domain.referral import ACTIVE
from shared.storage import columns
from shared.storage.columns import CityCodes

ONE_ACTIVE_PER_NEED = "referrals_one_active_per_need"
_ACTIVE_STATES = ", ".join(f"'{state}'" for state in sorted(ACTIVE))


class MatchingTable(SQLModel, registry=registry()):
    """Matching's own tables, apart from those of every other service."""

    metadata = MetaData()


class OrganisationRow(MatchingTable, table=True):
    """An organisation on the map."""

    __tablename__ = "organisations"
    __table_args__ = (Index("organisations_name", "name", "id"),)

    id: UUID = columns.key()
    name: str = columns.text()
    kind: str = columns.text(codes=CityCodes("organisation_kinds"))
    description: str = columns.text()
    website: str = columns.text()
    email: str = columns.text()
    phone: str = columns.text()
    has_agreement: bool = columns.flag()


class ServiceRow(MatchingTable, table=True):
    """A service on the map. `search_text` is what people can look for, folded; `search` the same, stemmed."""

    __tablename__ = "services"
    __table_args__ = (
        Index("services_organisation", "organisation_id"),
        Index("services_categories", "categories", postgresql_using="gin"),
        Index("services_search", "search", postgresql_using="gin"),
        Index(
            "services_search_text",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
    )

    id: UUID = columns.key()
    organisation_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("organisations.id"), nullable=False))
    name: str = columns.text()
    categories: list[str] = columns.texts(codes=CityCodes("categories"))
    description: str = columns.text()
    districts: list[str] = columns.texts(codes=CityCodes("districts"))
    languages: list[str] = columns.texts(codes=CityCodes("languages"))
    minimum_age: int | None = columns.small_integer(nullable=True)
    maximum_age: int | None = columns.small_integer(nullable=True)
    is_free: bool = columns.flag()
    cost: str = columns.text()
    contact_ids: list[UUID] = columns.uuids()
    phone: str = columns.text()
    email: str = columns.text()
    website: str = columns.text()
    address: str = columns.text()
    schedule: str = columns.text()
    walk_in: bool = columns.flag()
    interpreter: bool = columns.flag()
    capacity: int | None = columns.integer(nullable=True)
    does: str = columns.text()
    does_not: str = columns.text()
    expects_from_referrer: str = columns.text()
    response_days: int | None = columns.small_integer(nullable=True)
    active: bool = columns.flag()
    search_text: str = columns.text()
    search: str = Field(sa_column=Column(TSVECTOR, nullable=False))


class PersonRow(MatchingTable, table=True):
    """A professional or volunteer. `email_key` is the address in small letters: one person per address."""

    __tablename__ = "people"
    __table_args__ = (
        Index("people_email_key", "email_key", unique=True),
        Index("people_organisation", "organisation_id"),
    )

    id: UUID = columns.key()
    organisation_id: UUID = columns.uuid()
    role: str = columns.text()
    name: str = columns.text()
    email: str = columns.text()
    email_key: str = columns.text()
    phone: str = columns.text()
    active: bool = columns.flag()


class CaseRow(MatchingTable, table=True):
    """What matching knows of a case: codes only."""

    __tablename__ = "cases"
    __table_args__ = (Index("cases_organisation", "organisation_id"),)

    id: UUID = columns.key()
    code: str = columns.text()
    ambassador_id: UUID = columns.uuid()
    organisation_id: UUID = columns.uuid()
    district: str = columns.text(codes=CityCodes("districts"))
    age_band: str = columns.text()
    # Not of the city's list: a family may speak any language, and pages call it by its name in ISO 639.
    language: str = columns.text()
    interpreter_needed: bool = columns.flag()
    excluded: list[UUID] = columns.uuids()
    state: str = columns.text()


class NeedRow(MatchingTable, table=True):
    """One need of a case."""

    __tablename__ = "needs"
    __table_args__ = (Index("needs_case", "case_id"),)

    id: UUID = columns.key()
    case_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("cases.id"), nullable=False))
    category: str = columns.text(codes=CityCodes("categories"))
    urgency: str = columns.text()
    depends_on: list[UUID] = columns.uuids()
    state: str = columns.text()


class ReferralRow(MatchingTable, table=True):
    """One partner asked for one need. The unique index is promise P2: at most one active partner per need."""

    __tablename__ = "referrals"
    __table_args__ = (
        Index(ONE_ACTIVE_PER_NEED, "need_id", unique=True, postgresql_where=text(f"state IN ({_ACTIVE_STATES})")),
        Index("referrals_need", "need_id"),
        Index("referrals_case", "case_id"),
        Index("referrals_organisation", "organisation_id"),
        Index("referrals_load", "service_id", postgresql_where=text(f"state IN ({_ACTIVE_STATES})")),
    )

    id: UUID = columns.key()
    case_id: UUID = columns.uuid()
    need_id: UUID = columns.uuid()
    organisation_id: UUID = columns.uuid()
    service_id: UUID = columns.uuid()
    contact_id: UUID = columns.uuid()
    case_code: str = columns.text()
    ambassador_id: UUID = columns.uuid()
    category: str = columns.text(codes=CityCodes("categories"))
    attempt: int = columns.small_integer()
    reasons: list[str] = columns.texts()
    state: str = columns.text()
    activated_at: datetime = columns.moment()
    answered_at: datetime | None = columns.moment(nullable=True)
    first_contact_on: date | None = columns.day(nullable=True)
    decline_reason: str | None = columns.text(nullable=True)
    failure_reason: str | None = columns.text(nullable=True)
    outcome: str | None = columns.text(nullable=True)
    handed_over_on: date | None = columns.day(nullable=True)
    started_on: date | None = columns.day(nullable=True)
    delivered_on: date | None = columns.day(nullable=True)


class RankingRow(MatchingTable, table=True):
    """One line of the newest ranking of a need, for the coordinator. `position` 0: not asked."""

    __tablename__ = "rankings"

    need_id: UUID = columns.key()
    line: int = Field(sa_column=Column(SmallInteger, primary_key=True))
    position: int = columns.small_integer()
    service_id: UUID = columns.uuid()
    organisation_id: UUID = columns.uuid()
    score: int = columns.small_integer()
    reasons: list[str] = columns.texts()


class SignInRow(MatchingTable, table=True):
    """An attempt to sign in. The code is not here: it follows from the id and a key."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index("sign_ins_expires_at", "expires_at"),)

    id: UUID = columns.key()
    person_id: UUID = columns.uuid()
    expires_at: datetime = columns.moment()
    tries: int = columns.small_integer()
    used: bool = columns.flag()


# For what is put together on the connection: on the way of an event, and where an import brings tens of thousands.
ORGANISATIONS = MatchingTable.metadata.tables["organisations"]
SERVICES = MatchingTable.metadata.tables["services"]
PEOPLE = MatchingTable.metadata.tables["people"]
CASES = MatchingTable.metadata.tables["cases"]
NEEDS = MatchingTable.metadata.tables["needs"]
REFERRALS = MatchingTable.metadata.tables["referrals"]
RANKINGS = MatchingTable.metadata.tables["rankings"]


def upsert(table: Table, rows: dict[str, Any] | list[dict[str, Any]]) -> Insert:
    """Insert, or take over every column of the row with the same id."""
    statement = insert(table).values(rows)
    excluded = {column.name: statement.excluded[column.name] for column in table.columns if column.name != "id"}
    return statement.on_conflict_do_update(index_elements=[table.c.id], set_=excluded)
