"""Monitoring's tables. A watch is kept whole in `document`; the other columns are what board and clocks ask for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Integer, MetaData, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class MonitoringTable(SQLModel, registry=registry()):
    """Monitoring's own tables, apart from those of every other service."""

    metadata = MetaData()


def _key() -> Any:  # noqa: ANN401 - SQLModel wants the type of the field (as for the next ones)
    return Field(sa_column=Column(Uuid, primary_key=True))


def _ids() -> Any:  # noqa: ANN401
    return Field(sa_column=Column(ARRAY(Uuid), nullable=False))


def _text(*, nullable: bool = False) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(Text, nullable=nullable))


def _at(*, nullable: bool = False) -> Any:  # noqa: ANN401
    return Field(sa_column=Column(DateTime(timezone=True), nullable=nullable))


def _json() -> Any:  # noqa: ANN401
    return Field(sa_column=Column(JSONB, nullable=False))


class WatchRow(MonitoringTable, table=True):
    """One case."""

    __tablename__ = "watches"
    __table_args__ = (
        Index(
            "watches_board",
            "out_of_sight_since",
            text("(open_escalations = 0)"),
            "next_action_at",
            "case_id",
            postgresql_where=text("phase = 'open'"),
        ),
        Index("watches_follow_ups", "follow_up_ids", postgresql_using="gin"),
    )

    case_id: UUID = _key()
    document: dict[str, Any] = _json()
    case_code: str = _text()
    phase: str = _text()
    state: str = _text()
    urgency: str | None = _text(nullable=True)
    district: str | None = _text(nullable=True)
    organisation_id: UUID | None = Field(sa_column=Column(Uuid))
    at_work: list[UUID] = _ids()
    follow_up_ids: list[UUID] = _ids()
    next_action_at: datetime | None = _at(nullable=True)
    next_action: str | None = _text(nullable=True)
    open_escalations: int = Field(sa_column=Column(Integer, nullable=False))
    reasons: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    out_of_sight_since: datetime | None = _at(nullable=True)
    opened_at: datetime = _at()


class TimelineRow(MonitoringTable, table=True):
    """One line of one case."""

    __tablename__ = "timeline"
    __table_args__ = (Index("timeline_case", "case_id", "occurred_at", "position"),)

    position: int | None = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    case_id: UUID = Field(sa_column=Column(Uuid, nullable=False))
    occurred_at: datetime = _at()
    what: str = _text()
    organisation_id: UUID | None = Field(sa_column=Column(Uuid))
    details: dict[str, str] = _json()


class PersonRow(MonitoringTable, table=True):
    """Who belongs where; no name, no address."""

    __tablename__ = "people"

    person_id: UUID = _key()
    organisation_id: UUID = Field(sa_column=Column(Uuid, nullable=False))
    role: str = _text()
    active: bool


class OrganisationRow(MonitoringTable, table=True):
    """What an organisation is called on the social map."""

    __tablename__ = "organisations"

    organisation_id: UUID = _key()
    name: str = _text()
