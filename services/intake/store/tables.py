"""Intake's tables. Rows are not cases: no rules stand here.

What tells who a child or family is stands in `vault` and `need_words` only, sealed with the case's own key.
"""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class IntakeTable(SQLModel, registry=registry()):
    """Intake's own tables, apart from those of every other service."""

    metadata = MetaData()


def _key() -> Any:  # noqa: ANN401 - SQLModel wants the type of the field (as for the next ones)
    return Field(sa_column=Column(Uuid, primary_key=True))


def _case_key() -> Any:  # noqa: ANN401
    return Field(sa_column=Column(Uuid, ForeignKey("case_keys.case_id", ondelete="CASCADE"), primary_key=True))


def _id(*, nullable: bool = False) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(Uuid, nullable=nullable))


def _text(*, nullable: bool = False, unique: bool = False) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(Text, nullable=nullable, unique=unique))


def _at(*, nullable: bool = False) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(DateTime(timezone=True), nullable=nullable))


def _day(*, nullable: bool = False) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(Date, nullable=nullable))


def _yes_or_no() -> Any:  # noqa: ANN401
    return Field(sa_column=Column(Boolean, nullable=False))


def _sealed(*, nullable: bool = True) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(LargeBinary, nullable=nullable))


def _json(*, nullable: bool = False) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(JSONB(none_as_null=True), nullable=nullable))


class CaseRow(IntakeTable, table=True):
    """One case. `needs_found` and what follows are there once there was an inventory."""

    __tablename__: ClassVar[str] = "cases"
    __table_args__ = (
        Index("cases_newest", "received_at", "id"),
        Index("cases_newest_of_organisation", "organisation_id", "received_at", "id"),
    )

    id: UUID = _key()
    code: str = _text(unique=True)
    state: str = _text()
    ambassador_id: UUID = _id()
    organisation_id: UUID = _id()
    district: str = _text()
    age_band: str = _text()
    family_language: str = _text()
    interpreter_needed: bool = _yes_or_no()
    consent_given_by: str = _text()
    consent_given_on: date = _day()
    consent_text_version: str = _text()
    needs_asked: list[dict[str, Any]] = _json()
    received_at: datetime = _at()
    changed_at: datetime = _at()
    acknowledged_at: datetime | None = _at(nullable=True)
    needs_found: list[dict[str, Any]] | None = _json(nullable=True)
    discussed_on: date | None = _day(nullable=True)
    home_visit_on: date | None = _day(nullable=True)
    excluded_organisations: list[str] = _json()


class CaseKeyRow(IntakeTable, table=True):
    """The case's own key, wrapped by the environment's. Without it everything below is noise."""

    __tablename__: ClassVar[str] = "case_keys"

    case_id: UUID = _key()
    wrapped: bytes = _sealed(nullable=False)


class VaultRow(IntakeTable, table=True):
    """The sealed facts of one case; the names of the columns are those of `domain.dossier.Fact`."""

    __tablename__: ClassVar[str] = "vault"

    case_id: UUID = _case_key()
    first_name: bytes | None = _sealed()
    last_name: bytes | None = _sealed()
    birth_date: bytes | None = _sealed()
    contact_name: bytes | None = _sealed()
    phone: bytes | None = _sealed()
    email: bytes | None = _sealed()
    address: bytes | None = _sealed()
    story: bytes | None = _sealed()
    consent_name: bytes | None = _sealed()
    context: bytes | None = _sealed()
    bottlenecks: bytes | None = _sealed()
    effect_on_child: bytes | None = _sealed()


class NeedWordsRow(IntakeTable, table=True):
    """The family's own words for one need, sealed."""

    __tablename__: ClassVar[str] = "need_words"
    __table_args__ = (Index("need_words_case", "case_id"),)

    need_id: UUID = _key()
    case_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("case_keys.case_id", ondelete="CASCADE"), nullable=False))
    words: bytes = _sealed(nullable=False)


class AuditRow(IntakeTable, table=True):
    """Who read what of whom, when and why; each line carries the hash of the one before."""

    __tablename__: ClassVar[str] = "audit_lines"
    __table_args__ = (Index("audit_lines_case", "case_id", "position"),)

    position: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    id: UUID = Field(sa_column=Column(Uuid, nullable=False, unique=True))
    at: datetime = _at()
    actor_id: UUID = _id()
    action: str = _text()
    case_id: UUID = _id()
    fields: list[str] = _json()
    purpose: str = _text()
    previous_hash: bytes = _sealed(nullable=False)
    hash: bytes = _sealed(nullable=False)


class OrganisationRow(IntakeTable, table=True):
    """An organisation of the network, by its public name."""

    __tablename__: ClassVar[str] = "organisations"

    id: UUID = _key()
    name: str = _text()


class ServiceRow(IntakeTable, table=True):
    """What an organisation offers, by its public name."""

    __tablename__: ClassVar[str] = "services"

    id: UUID = _key()
    organisation_id: UUID = _id()
    name: str = _text()


class PersonRow(IntakeTable, table=True):
    """What a person of the network may do; never who it is."""

    __tablename__: ClassVar[str] = "people"

    id: UUID = _key()
    organisation_id: UUID = _id()
    role: str = _text()
    active: bool = _yes_or_no()


class MomentRow(IntakeTable, table=True):
    """One line of a case's timeline."""

    __tablename__: ClassVar[str] = "moments"
    __table_args__ = (Index("moments_case", "case_id", "at", "id"),)

    id: UUID = _key()
    case_id: UUID = _id()
    at: datetime = _at()
    kind: str = _text()
    organisation_id: UUID | None = _id(nullable=True)
    need_id: UUID | None = _id(nullable=True)
    detail: str | None = _text(nullable=True)
    on: date | None = _day(nullable=True)


class ProgressRow(IntakeTable, table=True):
    """Where one need stands."""

    __tablename__: ClassVar[str] = "need_progress"
    __table_args__ = (Index("need_progress_case", "case_id"),)

    need_id: UUID = _key()
    case_id: UUID = _id()
    progress: str = _text()
    since: datetime = _at()
    organisation_id: UUID | None = _id(nullable=True)
    service_id: UUID | None = _id(nullable=True)
    on: date | None = _day(nullable=True)


class ApiKeyRow(IntakeTable, table=True):
    """A school's key, hashed."""

    __tablename__: ClassVar[str] = "api_keys"

    id: UUID = _key()
    organisation_id: UUID = _id()
    ambassador_id: UUID = _id()
    label: str = _text()
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    created_at: datetime = _at()
    revoked_at: datetime | None = _at(nullable=True)
