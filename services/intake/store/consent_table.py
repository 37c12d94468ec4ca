"""The tables of what families allow partners to read, and of who helps them."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, text

from services.intake.store.intake_table import IntakeTable
from shared.storage import columns
from shared.storage.columns import CityCodes


class ConsentRow(IntakeTable, table=True):
    """One answer of a family; rows are never overwritten, but for `state` and `ended_at`."""

    __tablename__: ClassVar[str] = "consents"
    __table_args__ = (
        Index("consents_case", "case_id", "recorded_at", "id"),
        Index("consents_until", "until", "id", postgresql_where=text("state = 'given'")),
        Index("consents_growing", "case_id", postgresql_where=text("state = 'given' AND given_by <> 'young-person'")),
    )

    id: UUID = columns.key()
    case_id: UUID = columns.uuid()
    purpose: str = columns.text()
    partner_kind: str | None = columns.text(nullable=True, codes=CityCodes("organisation_kinds"))
    organisation_id: UUID | None = columns.uuid(nullable=True)
    field_sets: list[str] = columns.texts()
    given_by: str = columns.text()
    given_on: date = columns.day()
    text_version: str = columns.text()
    language: str | None = columns.text(nullable=True)
    interpreter: bool = columns.flag()
    how: str | None = columns.text(nullable=True)
    until: date | None = columns.day(nullable=True)
    state: str = columns.text()
    recorded_at: datetime = columns.moment()
    recorded_by: UUID | None = columns.uuid(nullable=True)
    ended_at: datetime | None = columns.moment(nullable=True)


class AcceptedReferralRow(IntakeTable, table=True):
    """An organisation that said yes, and helps; `contact_id` speaks for it."""

    __tablename__: ClassVar[str] = "accepted_referrals"
    __table_args__ = (Index("accepted_referrals_case", "case_id"),)

    referral_id: UUID = columns.key()
    case_id: UUID = columns.uuid()
    need_id: UUID = columns.uuid()
    organisation_id: UUID = columns.uuid()
    contact_id: UUID | None = columns.uuid(nullable=True)
