"""Matching's tables. Rows are not domain objects: no rules stand here but what the database must hold by itself."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from services.matching.domain.referral import ACTIVE

ONE_ACTIVE_PER_NEED = "referrals_one_active_per_need"
_ACTIVE_STATES = ", ".join(f"'{state}'" for state in sorted(ACTIVE))


def _id() -> Any:  # noqa: ANN401 - SQLModel wants the type of the field (as for the next ones)
    return Field(sa_column=Column(Uuid, primary_key=True))


def _uuid() -> Any:  # noqa: ANN401
    return Field(sa_column=Column(Uuid, nullable=False))


def _text(*, nullable: bool = False) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(Text, nullable=nullable))


def _texts() -> Any:  # noqa: ANN401
    return Field(sa_column=Column(ARRAY(Text), nullable=False))


def _uuids() -> Any:  # noqa: ANN401
    return Field(sa_column=Column(ARRAY(Uuid), nullable=False))


def _flag() -> Any:  # noqa: ANN401
    return Field(sa_column=Column(Boolean, nullable=False))


def _small(*, nullable: bool = False) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(SmallInteger, nullable=nullable))


def _day() -> Any:  # noqa: ANN401
    return Field(sa_column=Column(Date))


def _at(*, nullable: bool = True) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(DateTime(timezone=True), nullable=nullable))


class MatchingTable(SQLModel, registry=registry()):
    """Matching's own tables, apart from those of every other service."""

    metadata = MetaData()


class OrganisationRow(MatchingTable, table=True):
    """An organisation on the map."""

    __tablename__: ClassVar[str] = "organisations"
    __table_args__ = (Index("organisations_name", "name", "id"),)

    id: UUID = _id()
    name: str = _text()
    kind: str = _text()
    description: str = _text()
    website: str = _text()
    email: str = _text()
    phone: str = _text()
    has_agreement: bool = _flag()


class ServiceRow(MatchingTable, table=True):
    """A service on the map. `search_text` is what people can look for, folded; `search` the same, stemmed."""

    __tablename__: ClassVar[str] = "services"
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

    id: UUID = _id()
    organisation_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("organisations.id"), nullable=False))
    name: str = _text()
    categories: list[str] = _texts()
    description: str = _text()
    districts: list[str] = _texts()
    languages: list[str] = _texts()
    minimum_age: int | None = _small(nullable=True)
    maximum_age: int | None = _small(nullable=True)
    is_free: bool = _flag()
    cost: str = _text()
    contact_ids: list[UUID] = _uuids()
    phone: str = _text()
    email: str = _text()
    website: str = _text()
    address: str = _text()
    schedule: str = _text()
    walk_in: bool = _flag()
    interpreter: bool = _flag()
    capacity: int | None = Field(sa_column=Column(Integer))
    does: str = _text()
    does_not: str = _text()
    expects_from_referrer: str = _text()
    response_days: int | None = _small(nullable=True)
    active: bool = _flag()
    search_text: str = _text()
    search: str = Field(sa_column=Column(TSVECTOR, nullable=False))


class PersonRow(MatchingTable, table=True):
    """A professional or volunteer. `email_key` is the address in small letters: one person per address."""

    __tablename__: ClassVar[str] = "people"
    __table_args__ = (
        Index("people_email_key", "email_key", unique=True),
        Index("people_organisation", "organisation_id"),
    )

    id: UUID = _id()
    organisation_id: UUID = _uuid()
    role: str = _text()
    name: str = _text()
    email: str = _text()
    email_key: str = _text()
    phone: str = _text()
    active: bool = _flag()


class CaseRow(MatchingTable, table=True):
    """What matching knows of a case: codes only."""

    __tablename__: ClassVar[str] = "cases"
    __table_args__ = (Index("cases_organisation", "organisation_id"),)

    id: UUID = _id()
    code: str = _text()
    ambassador_id: UUID = _uuid()
    organisation_id: UUID = _uuid()
    district: str = _text()
    age_band: str = _text()
    language: str = _text()
    interpreter_needed: bool = _flag()
    excluded: list[UUID] = _uuids()
    state: str = _text()


class NeedRow(MatchingTable, table=True):
    """One need of a case."""

    __tablename__: ClassVar[str] = "needs"
    __table_args__ = (Index("needs_case", "case_id"),)

    id: UUID = _id()
    case_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("cases.id"), nullable=False))
    category: str = _text()
    urgency: str = _text()
    depends_on: list[UUID] = _uuids()
    state: str = _text()


class ReferralRow(MatchingTable, table=True):
    """One partner asked for one need. The unique index is promise P2: at most one active partner per need."""

    __tablename__: ClassVar[str] = "referrals"
    __table_args__ = (
        Index(ONE_ACTIVE_PER_NEED, "need_id", unique=True, postgresql_where=text(f"state IN ({_ACTIVE_STATES})")),
        Index("referrals_need", "need_id"),
        Index("referrals_case", "case_id"),
        Index("referrals_organisation", "organisation_id"),
        Index("referrals_load", "service_id", postgresql_where=text(f"state IN ({_ACTIVE_STATES})")),
    )

    id: UUID = _id()
    case_id: UUID = _uuid()
    need_id: UUID = _uuid()
    organisation_id: UUID = _uuid()
    service_id: UUID = _uuid()
    contact_id: UUID = _uuid()
    case_code: str = _text()
    ambassador_id: UUID = _uuid()
    category: str = _text()
    attempt: int = _small()
    reasons: list[str] = _texts()
    state: str = _text()
    activated_at: datetime = _at(nullable=False)
    answered_at: datetime | None = _at()
    first_contact_on: date | None = _day()
    decline_reason: str | None = _text(nullable=True)
    failure_reason: str | None = _text(nullable=True)
    outcome: str | None = _text(nullable=True)
    handed_over_on: date | None = _day()
    started_on: date | None = _day()
    delivered_on: date | None = _day()


class RankingRow(MatchingTable, table=True):
    """One line of the newest ranking of a need, for the coordinator. `position` 0: not asked."""

    __tablename__: ClassVar[str] = "rankings"

    need_id: UUID = _id()
    line: int = Field(sa_column=Column(SmallInteger, primary_key=True))
    position: int = _small()
    service_id: UUID = _uuid()
    organisation_id: UUID = _uuid()
    score: int = _small()
    reasons: list[str] = _texts()


class SignInRow(MatchingTable, table=True):
    """An attempt to sign in. The code is not here: it follows from the id and a key."""

    __tablename__: ClassVar[str] = "sign_ins"
    __table_args__ = (Index("sign_ins_expires_at", "expires_at"),)

    id: UUID = _id()
    person_id: UUID = _uuid()
    expires_at: datetime = _at(nullable=False)
    tries: int = _small()
    used: bool = _flag()
