"""The tables of what is no case yet: forms that are not sent, early signals, and whose training counts."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index

from services.intake.store.intake_table import IntakeTable
from shared.storage import columns
from shared.storage.columns import CityCodes


class DraftKeyRow(IntakeTable, table=True):
    """The draft's own key, wrapped by the environment's."""

    __tablename__: ClassVar[str] = "draft_keys"

    draft_id: UUID = columns.key()
    wrapped: bytes = columns.wrapped_key()


class DraftRow(IntakeTable, table=True):
    """A form that is not sent yet; what was typed in it is sealed."""

    __tablename__: ClassVar[str] = "drafts"
    __table_args__ = (Index("drafts_owner", "owner_id", "saved_at"),)

    id: UUID = columns.key(references="draft_keys.draft_id")
    kind: str = columns.text()
    owner_id: UUID = columns.uuid()
    case_id: UUID | None = columns.uuid(nullable=True)
    saved_at: datetime = columns.moment()
    version: int = columns.integer()
    typed: bytes = columns.sealed()


class SignalRow(IntakeTable, table=True):
    """An early signal, in codes."""

    __tablename__: ClassVar[str] = "signals"
    __table_args__ = (
        Index("signals_ambassador", "ambassador_id", "raised_at"),
        Index("signals_passed_on", "passed_on_by", "raised_at"),
    )

    id: UUID = columns.key()
    code: str = columns.text(unique=True)
    ambassador_id: UUID = columns.uuid()
    organisation_id: UUID = columns.uuid()
    worries: list[str] = columns.texts(codes=CityCodes("signals"))
    district: str | None = columns.text(nullable=True, codes=CityCodes("districts"))
    age_band: str | None = columns.text(nullable=True)
    raised_at: datetime = columns.moment()
    question_at: datetime = columns.moment()
    ends_at: datetime = columns.moment()
    asked_at: datetime | None = columns.moment(nullable=True)
    end: str | None = columns.text(nullable=True)
    ended_at: datetime | None = columns.moment(nullable=True)
    case_id: UUID | None = columns.uuid(nullable=True)
    passed_on_by: UUID | None = columns.uuid(nullable=True)


class SignalKeyRow(IntakeTable, table=True):
    """The key of what stands beside a signal, wrapped by the environment's; gone when the signal ends."""

    __tablename__: ClassVar[str] = "signal_keys"

    signal_id: UUID = columns.key()
    wrapped: bytes = columns.wrapped_key()


class SignalRemarkRow(IntakeTable, table=True):
    """What the ambassador wrote for herself, sealed."""

    __tablename__: ClassVar[str] = "signal_remarks"

    signal_id: UUID = columns.key(references="signal_keys.signal_id")
    remark: bytes = columns.sealed()


class TrainingRow(IntakeTable, table=True):
    """Until when the training of a trusted person counts."""

    __tablename__: ClassVar[str] = "trainings"

    person_id: UUID = columns.key()
    valid_until: date = columns.day()
