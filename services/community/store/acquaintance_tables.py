"""Community's tables of people and organisations that get to know each other."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns


class TablePlanRow(CommunityTable, table=True):
    """How the tables of a gathering are made."""

    __tablename__ = "table_plans"

    gathering_id: UUID = columns.key(references="gatherings.id")
    arrangement: str = columns.text()
    size: int = columns.integer()


class TableSeatRow(CommunityTable, table=True):
    """The table of a seat."""

    __tablename__ = "table_seats"

    seat_id: UUID = columns.key(references="seats.id")
    number: int = columns.integer()
    why: str = columns.text()


class AppointmentRow(CommunityTable, table=True):
    """Two people who met at a gathering meet again."""

    __tablename__ = "appointments"
    __table_args__ = (Index("appointments_seat", "seat_id"), Index("appointments_with_seat", "with_seat_id"))

    id: UUID = columns.key()
    gathering_id: UUID = columns.uuid(references="gatherings.id")
    seat_id: UUID = columns.uuid(references="seats.id")
    with_seat_id: UUID = columns.uuid(references="seats.id")
    starts_at: datetime = columns.moment()
    place: str = columns.text()
    changed_at: datetime = columns.moment()
    state: str = columns.text()
    sequence: int = columns.integer()
    in_calendar: bool = columns.flag()


class IntroductionRow(CommunityTable, table=True):
    """One organisation that wants to meet another; once for each two of them, in each direction."""

    __tablename__ = "introductions"
    __table_args__ = (
        Index("introductions_once", "from_id", "to_id", unique=True),
        Index("introductions_to", "to_id"),
        Index("introductions_asked_at", "asked_at"),
    )

    id: UUID = columns.key()
    from_id: UUID = columns.uuid()
    to_id: UUID = columns.uuid()
    asked_by: UUID = columns.uuid()
    asked_at: datetime = columns.moment()
    state: str = columns.text()
    answered_by: UUID | None = columns.uuid(nullable=True)


TABLE_PLANS = CommunityTable.metadata.tables["table_plans"]
TABLE_SEATS = CommunityTable.metadata.tables["table_seats"]
APPOINTMENTS = CommunityTable.metadata.tables["appointments"]
INTRODUCTIONS = CommunityTable.metadata.tables["introductions"]
