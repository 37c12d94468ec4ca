"""Monitoring's tables. A watch is kept whole in `document`; the other columns are what board and clocks ask for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Identity, Index, MetaData, Text, text
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
            "lane_rank",
            "urgency_rank",
            "waits_since",
            "case_id",
            postgresql_where=text("phase = 'open'"),
        ),
        Index("watches_held", "held_since", "case_id", postgresql_where=text("held_since IS NOT NULL")),
        Index("watches_organisation", "organisation_id", "case_id"),
        Index("watches_asked", "asked", postgresql_using="gin"),
        Index("watches_in_hand", "in_hand_of", postgresql_where=text("in_hand_of IS NOT NULL")),
        Index("watches_follow_ups", "follow_up_ids", postgresql_using="gin"),
    )

    case_id: UUID = columns.key()
    document: columns.Json = columns.json()
    case_code: str = columns.text()
    case_search: str = columns.text()
    phase: str = columns.text()
    state: str = columns.text()
    lane_rank: int = columns.integer()
    urgency: str | None = columns.text(nullable=True)
    district: str | None = columns.text(nullable=True, codes=CityCodes("districts"))
    categories: list[str] = columns.texts(codes=CityCodes("categories"))
    beneficiaries: list[str] = columns.texts()
    organisation_id: UUID | None = columns.uuid(nullable=True)
    at_work: list[UUID] = columns.uuids()
    follow_up_ids: list[UUID] = columns.uuids()
    asked: list[UUID] = columns.uuids()
    next_action_at: datetime | None = columns.moment(nullable=True)
    next_action: str | None = columns.text(nullable=True)
    open_escalations: int = columns.integer()
    reasons: list[str] = columns.texts()
    level: int = columns.integer()
    owner_ids: list[UUID] = columns.uuids()
    without_owner: bool = columns.flag()
    waits_until: date | None = columns.day(nullable=True)
    call_id: UUID | None = columns.uuid(nullable=True)
    urgency_rank: int = columns.integer()
    waits_since: datetime = columns.moment()
    held_since: datetime | None = columns.moment(nullable=True)
    outgrown_since: datetime | None = columns.moment(nullable=True)
    out_of_sight_since: datetime | None = columns.moment(nullable=True)
    opened_at: datetime = columns.moment()
    first_answer_at: datetime | None = columns.moment(nullable=True)
    first_contact_at: datetime | None = columns.moment(nullable=True)
    first_help_at: datetime | None = columns.moment(nullable=True)
    warm_handovers: int = columns.integer()
    cold_handovers: int = columns.integer()
    in_hand_of: UUID | None = columns.uuid(nullable=True)
    was_for_today: bool = columns.flag()
    needs_named: int = columns.integer()


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


class NoteRow(MonitoringTable, table=True):
    """Words of the desk about a case; they leave with it."""

    __tablename__ = "notes"
    __table_args__ = (Index("notes_case", "case_id"),)

    note_id: UUID = columns.key()
    case_id: UUID = columns.uuid()
    written_by: UUID = columns.uuid()
    written_at: datetime = columns.moment()
    words: str = columns.text()
    pinned: bool = columns.flag()


class ReadingRow(MonitoringTable, table=True):
    """What somebody read unusually; about no family."""

    __tablename__ = "reading_points"

    point_id: UUID = columns.key()
    reader_id: UUID = columns.uuid()
    kind: str = columns.text()
    families: int = columns.integer()
    since: datetime = columns.moment()
    raised_at: datetime = columns.moment()


class ToldRow(MonitoringTable, table=True):
    """What was told last of how many families wait for somebody."""

    __tablename__ = "families_told"

    person_id: UUID = columns.key()
    families: int = columns.integer()
    heavy: int = columns.integer()


class CheckInRow(MonitoringTable, table=True):
    """From when on somebody is asked how it goes; after which family is kept nowhere."""

    __tablename__ = "check_ins"

    person_id: UUID = columns.key()
    due_at: datetime = columns.moment()


class ReminderRow(MonitoringTable, table=True):
    """That an ambassador was asked about this on this working day."""

    __tablename__ = "reminders"

    ambassador_id: UUID = columns.key()
    reason: str = Field(sa_column=Column(Text, primary_key=True))
    asked_for: date = Field(sa_column=Column(Date, primary_key=True))


class OrganisationRow(MonitoringTable, table=True):
    """What an organisation is called on the social map; `searched_as` is the same without accents, in one case."""

    __tablename__ = "organisations"
    __table_args__ = (
        Index(
            "organisations_searched_as",
            "searched_as",
            postgresql_using="gin",
            postgresql_ops={"searched_as": "gin_trgm_ops"},
        ),
    )

    organisation_id: UUID = columns.key()
    name: str = columns.text()
    searched_as: str = columns.text()


class SavedViewRow(MonitoringTable, table=True):
    """A choice of filters under a name; `shared`: of the whole team."""

    __tablename__ = "saved_views"
    __table_args__ = (Index("saved_views_person", "person_id"),)

    view_id: UUID = columns.key()
    person_id: UUID = columns.uuid()
    title: str = columns.text()
    query: str = columns.text()
    shared: bool = columns.flag()


class DefaultViewRow(MonitoringTable, table=True):
    """With which view the board opens for somebody."""

    __tablename__ = "default_views"

    person_id: UUID = columns.key()
    view_id: UUID = columns.uuid(references="saved_views.view_id")


# For what is put together of columns: on the way of an event, and for the filters of the board.
WATCHES = MonitoringTable.metadata.tables["watches"]
ORGANISATIONS = MonitoringTable.metadata.tables["organisations"]
SAVED_VIEWS = MonitoringTable.metadata.tables["saved_views"]
DEFAULT_VIEWS = MonitoringTable.metadata.tables["default_views"]
