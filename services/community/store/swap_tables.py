"""Community's tables of who goes along to an appointment, and of what organisations ask and offer each other."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text

from services.community.domain.company import OPEN
from services.community.store.community_table import CommunityTable
from shared.storage import columns
from shared.storage.columns import CityCodes

_STANDING = text("state IN (" + ", ".join(f"'{one}'" for one in sorted(OPEN)) + ")")


class CompanionRow(CommunityTable, table=True):
    """Somebody who goes along, and where, when and in which languages."""

    __tablename__ = "companions"

    person_id: UUID = columns.key()
    languages: list[str] = columns.texts(codes=CityCodes("languages"))
    districts: list[str] = columns.texts(codes=CityCodes("districts"))
    days: list[str] = columns.texts()
    visits: list[str] = columns.texts()
    paused_until: date | None = columns.day(nullable=True)


class CompanyRow(CommunityTable, table=True):
    """One booking; nobody is asked twice for one part of a day."""

    __tablename__ = "companies"
    __table_args__ = (
        Index("companies_once", "person_id", "day", "part", unique=True, postgresql_where=_STANDING),
        Index("companies_booked_by", "booked_by"),
        Index("companies_person", "person_id"),
        Index("companies_day", "day"),
    )

    id: UUID = columns.key()
    booked_by: UUID = columns.uuid()
    booked_at: datetime = columns.moment()
    day: date = columns.day()
    part: str = columns.text()
    area: str = columns.text(codes=CityCodes("districts"))
    language: str = columns.text(codes=CityCodes("languages"))
    visit: str = columns.text()
    state: str = columns.text()
    person_id: UUID | None = columns.uuid(nullable=True)
    answer_by: datetime | None = columns.moment(nullable=True)
    sequence: int = columns.integer()
    went_well: bool | None = columns.flag(nullable=True)


class CompanyKeyRow(CommunityTable, table=True):
    """The key that opens what whoever goes along is to know."""

    __tablename__ = "company_keys"

    company_id: UUID = columns.key(references="companies.id")
    wrapped: bytes = columns.wrapped_key()


class CompanyNoteRow(CommunityTable, table=True):
    """What whoever goes along is to know, sealed; it goes with its key."""

    __tablename__ = "company_notes"

    company_id: UUID = columns.key(references="company_keys.company_id")
    note: bytes = columns.sealed()


class CompanionAskRow(CommunityTable, table=True):
    """Somebody was asked for a booking."""

    __tablename__ = "companion_asks"
    __table_args__ = (Index("companion_asks_person", "person_id"),)

    company_id: UUID = columns.key(references="companies.id")
    person_id: UUID = columns.key()
    asked_at: datetime = columns.moment()


class NoticeRow(CommunityTable, table=True):
    """What an organisation asks or offers."""

    __tablename__ = "notices"
    __table_args__ = (Index("notices_until", "state", "until"), Index("notices_organisation", "organisation_id"))

    id: UUID = columns.key()
    organisation_id: UUID = columns.uuid()
    placed_by: UUID = columns.uuid()
    placed_at: datetime = columns.moment()
    side: str = columns.text()
    good: str = columns.text()
    about: str = columns.text()
    area: str | None = columns.text(nullable=True, codes=CityCodes("districts"))
    until: date = columns.day()
    state: str = columns.text()
    helped: bool | None = columns.flag(nullable=True)


class ReplyRow(CommunityTable, table=True):
    """An organisation that wants it; once for each."""

    __tablename__ = "replies"
    __table_args__ = (
        Index("replies_once", "notice_id", "organisation_id", unique=True),
        Index("replies_organisation", "organisation_id"),
    )

    id: UUID = columns.key()
    notice_id: UUID = columns.uuid(references="notices.id")
    organisation_id: UUID = columns.uuid()
    replied_by: UUID = columns.uuid()
    replied_at: datetime = columns.moment()
    state: str = columns.text()
    answered_by: UUID | None = columns.uuid(nullable=True)


NOTICES = CommunityTable.metadata.tables["notices"]
REPLIES = CommunityTable.metadata.tables["replies"]
COMPANIONS = CommunityTable.metadata.tables["companions"]
COMPANIES = CommunityTable.metadata.tables["companies"]
COMPANY_KEYS = CommunityTable.metadata.tables["company_keys"]
COMPANY_NOTES = CommunityTable.metadata.tables["company_notes"]
COMPANION_ASKS = CommunityTable.metadata.tables["companion_asks"]
