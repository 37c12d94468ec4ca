"""Notify's tables. Rows are not messages: no rules stand here."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Column, Index, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.storage import columns
from shared.storage.columns import CityCodes, Json


class NotifyTable(SQLModel, registry=registry()):
    """Notify's own tables, apart from those of every other service."""

    metadata = MetaData()


class MessageRow(NotifyTable, table=True):
    """One message. `priority` (0 goes first) and `due_at` are what the sender claims by."""

    __tablename__: ClassVar[str] = "messages"
    __table_args__ = (
        UniqueConstraint("occasion", "template", "recipient_id", name="messages_once"),
        Index("messages_due", "priority", "due_at", postgresql_where=text("due_at IS NOT NULL")),
        Index("messages_case", "case_id"),
        Index("messages_code", "case_code", "queued_at"),
        Index("messages_number", "referral_number", postgresql_where=text("referral_number IS NOT NULL")),
        Index("messages_recipient", "recipient_id", "queued_at"),
        Index("messages_about", "about_id"),
        Index("messages_state", "state", "queued_at"),
        Index("messages_held", "recipient_id", "held_with", postgresql_where=text("held_with IS NOT NULL")),
        Index("messages_parts", "part_of", postgresql_where=text("part_of IS NOT NULL")),
        Index("messages_settled", "settled_at", postgresql_where=text("settled_at IS NOT NULL")),
    )

    id: UUID = columns.key()
    template: str = columns.text()
    recipient_id: UUID = columns.uuid()
    occasion: str = columns.text()
    about_id: UUID = columns.uuid()
    case_id: UUID | None = columns.uuid(nullable=True)
    case_code: str | None = columns.text(nullable=True)
    referral_number: str | None = columns.text(nullable=True)
    facts: Json = columns.json(codes=CityCodes("districts", at="$.district"))
    useless_after: datetime | None = columns.moment(nullable=True)
    bundle: str = columns.text()
    replies_about: UUID | None = columns.uuid(nullable=True)
    queued_at: datetime = columns.moment()
    give_up_at: datetime = columns.moment()
    next_attempt_at: datetime | None = columns.moment(nullable=True)
    lease_until: datetime | None = columns.moment(nullable=True)
    due_at: datetime | None = columns.moment(nullable=True)
    priority: int = columns.small_integer()
    state: str = columns.text()
    attempt: int = columns.integer()
    waits: int = columns.integer()
    doubts: int = columns.integer()
    reason: str | None = columns.text(nullable=True)
    reply_code: int | None = columns.integer(nullable=True)
    recalled: str | None = columns.text(nullable=True)
    settled_at: datetime | None = columns.moment(nullable=True)
    held_with: str | None = columns.text(nullable=True)
    held_until: datetime | None = columns.moment(nullable=True)
    part_of: UUID | None = columns.uuid(nullable=True)
    correlation_id: UUID | None = columns.uuid(nullable=True)
    causation_id: UUID | None = columns.uuid(nullable=True)
    traceparent: str | None = columns.text(nullable=True)


class OrganisationNameRow(NotifyTable, table=True):
    """What an organisation is called on the social map."""

    __tablename__: ClassVar[str] = "organisation_names"

    id: UUID = columns.key()
    name: str = columns.text()


class PreferencesRow(NotifyTable, table=True):
    """How a professional likes to get mail; hours as `HH:MM` by the city's clock."""

    __tablename__: ClassVar[str] = "preferences"

    person_id: UUID = columns.key()
    digest_at: str | None = columns.text(nullable=True)
    quiet_from: str | None = columns.text(nullable=True)
    quiet_until: str | None = columns.text(nullable=True)
    codes_only: bool = columns.flag()


class AppointmentRow(NotifyTable, table=True):
    """What stands in a reader's calendar."""

    __tablename__: ClassVar[str] = "appointments"
    __table_args__ = (
        UniqueConstraint("about_id", "reader_id", "occasion", name="appointments_once"),
        Index("appointments_case", "case_id"),
    )

    id: UUID = columns.key()
    about_id: UUID = columns.uuid()
    case_id: UUID = columns.uuid()
    reader_id: UUID = columns.uuid()
    occasion: str = columns.text()
    on_day: date = columns.day()
    starts_at: datetime | None = columns.moment(nullable=True)
    sequence: int = columns.integer()
    is_cancelled: bool = columns.flag()


class HeartbeatRow(NotifyTable, table=True):
    """When something that runs by itself ended well for the last time."""

    __tablename__: ClassVar[str] = "heartbeats"

    job: str = Field(sa_column=Column(Text, primary_key=True))
    beat_at: datetime = columns.moment()


class SecretAddressRow(NotifyTable, table=True):
    """A case of which no mail says in which district the family lives, also when word of that comes late."""

    __tablename__: ClassVar[str] = "secret_addresses"

    case_id: UUID = columns.key()


class EndedCaseRow(NotifyTable, table=True):
    """A case about which no mail goes out any more."""

    __tablename__: ClassVar[str] = "ended_cases"

    case_id: UUID = columns.key()
    reason: str = columns.text()


class ReceivedMailRow(NotifyTable, table=True):
    """A mail that was received, and what came of it. `mark`: the digest of its Message-ID."""

    __tablename__: ClassVar[str] = "received_mails"
    __table_args__ = (
        UniqueConstraint("mark", name="received_mails_once"),
        Index("received_mails_at", "received_at"),
    )

    id: UUID = columns.key()
    mark: bytes = columns.sealed()
    received_at: datetime = columns.moment()
    outcome: str = columns.text()
    about_id: UUID | None = columns.uuid(nullable=True)
    person_id: UUID | None = columns.uuid(nullable=True)


class ReplyDraftRow(NotifyTable, table=True):
    """What somebody answered by mail, sealed with a key of its own until it is placed."""

    __tablename__: ClassVar[str] = "reply_drafts"
    __table_args__ = (Index("reply_drafts_about", "about_id", "person_id"), Index("reply_drafts_made", "made_at"))

    id: UUID = columns.key()
    about_id: UUID = columns.uuid()
    person_id: UUID = columns.uuid()
    made_at: datetime = columns.moment()
    wrapped: bytes = columns.sealed()
    sealed: bytes = columns.sealed()


class ClosedQuestionRow(NotifyTable, table=True):
    """What no reply is taken about any more."""

    __tablename__: ClassVar[str] = "closed_questions"

    about_id: UUID = columns.key()
    closed_at: datetime = columns.moment()
