"""Monitoring's tables. A watch is kept whole in `document`; the other columns are what board and clocks ask for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, MetaData, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.storage import columns
from shared.storage.columns import CityCodes


class MonitoringTable(SQLModel, registry=registry()):
    """Monitoring's own tables, apart from those of every other service."""

    metadata = MetaData()


class WatchRow(MonitoringTable, table=True):
    """One case."""

    __tablename__ = "watches"
    __table_args__ = (
        Index(
            "watches_board",
            text("(open_escalations = 0)"),
            "urgency_rank",
            "waits_since",
            "case_id",
            postgresql_where=text("phase = 'open'"),
        ),
        Index("watches_organisation", "organisation_id", "case_id"),
        Index("watches_asked", "asked", postgresql_using="gin"),
        Index("watches_follow_ups", "follow_up_ids", postgresql_using="gin"),
    )

    case_id: UUID = columns.key()
    document: columns.Json = columns.json()
    case_code: str = columns.text()
    phase: str = columns.text()
    state: str = columns.text()
    urgency: str | None = columns.text(nullable=True)
    district: str | None = columns.text(nullable=True, codes=CityCodes("districts"))
    categories: list[str] = columns.texts(codes=CityCodes("categories"))
    organisation_id: UUID | None = columns.uuid(nullable=True)
    at_work: list[UUID] = columns.uuids()
    follow_up_ids: list[UUID] = columns.uuids()
    asked: list[UUID] = columns.uuids()
    next_action_at: datetime | None = columns.moment(nullable=True)
    next_action: str | None = columns.text(nullable=True)
    open_escalations: int = columns.integer()
    reasons: list[str] = columns.texts()
    level: int = columns.integer()
    urgency_rank: int = columns.integer()
    waits_since: datetime = columns.moment()
    out_of_sight_since: datetime | None = columns.moment(nullable=True)
    opened_at: datetime = columns.moment()
    first_answer_at: datetime | None = columns.moment(nullable=True)
    first_contact_at: datetime | None = columns.moment(nullable=True)
    first_help_at: datetime | None = columns.moment(nullable=True)
    warm_handovers: int = columns.integer()
    cold_handovers: int = columns.integer()


class TimelineRow(MonitoringTable, table=True):
    """One line of one case."""

    __tablename__ = "timeline"
    __table_args__ = (Index("timeline_case", "case_id", "occurred_at", "position"),)

    position: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    case_id: UUID = columns.uuid()
    occurred_at: datetime = columns.moment()
    what: str = columns.text()
    organisation_id: UUID | None = columns.uuid(nullable=True)
    details: columns.Json = columns.json()


class OrganisationRow(MonitoringTable, table=True):
    """What an organisation is called on the social map."""

    __tablename__ = "organisations"

    organisation_id: UUID = columns.key()
    name: str = columns.text()
