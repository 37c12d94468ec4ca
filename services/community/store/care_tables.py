"""Community's tables of how busy people are, who looks after whom, and who thanked whom."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns


class LoadRow(CommunityTable, table=True):
    """How many families wait for somebody, and what they set themselves."""

    __tablename__ = "loads"

    person_id: UUID = columns.key()
    families: int = columns.integer()
    heavy: int = columns.integer()
    limit: int | None = columns.integer(nullable=True)
    paused_until: date | None = columns.day(nullable=True)
    told: str = columns.text()


class CheckInRow(CommunityTable, table=True):
    """Somebody is to be asked how it goes."""

    __tablename__ = "check_ins"

    person_id: UUID = columns.key()
    asked_id: UUID | None = columns.uuid(nullable=True)
    asked_at: datetime = columns.moment()


class ThanksRow(CommunityTable, table=True):
    """A word of thanks."""

    __tablename__ = "thanks"
    __table_args__ = (Index("thanks_person", "person_id"),)

    id: UUID = columns.key()
    person_id: UUID = columns.uuid()
    from_id: UUID | None = columns.uuid(nullable=True)
    helped_with: str = columns.text()
    form: str = columns.text()
    thanked_at: datetime = columns.moment()


class UnthankedRow(CommunityTable, table=True):
    """How often somebody helped since they were thanked."""

    __tablename__ = "unthanked"

    person_id: UUID = columns.key()
    times: int = columns.integer()


LOADS = CommunityTable.metadata.tables["loads"]
CHECK_INS = CommunityTable.metadata.tables["check_ins"]
THANKS = CommunityTable.metadata.tables["thanks"]
UNTHANKED = CommunityTable.metadata.tables["unthanked"]
