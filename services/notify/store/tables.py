"""Notify's tables. Rows are not messages: no rules stand here."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


def _at(name: str, *, nullable: bool = True) -> Any:  # noqa: ANN401 - SQLModel wants the type of the field
    return Field(sa_column=Column(name, DateTime(timezone=True), nullable=nullable))


class NotifyTable(SQLModel, registry=registry()):
    """Notify's own tables, apart from those of every other service."""

    metadata = MetaData()


class MessageRow(NotifyTable, table=True):
    """One message. `due_at` and `turn` (0 goes first) are what the sender claims by."""

    __tablename__: ClassVar[str] = "messages"
    __table_args__ = (
        UniqueConstraint("occasion", "template", "recipient_id", name="messages_once"),
        Index("messages_due", "turn", "due_at", postgresql_where=text("due_at IS NOT NULL")),
        Index("messages_case", "case_id"),
        Index("messages_about", "about_id"),
        Index("messages_state", "state", "queued_at"),
        Index("messages_settled", "settled_at", postgresql_where=text("settled_at IS NOT NULL")),
    )

    id: UUID = Field(sa_column=Column(Uuid, primary_key=True))
    template: str = Field(sa_column=Column(Text, nullable=False))
    recipient_id: UUID = Field(sa_column=Column(Uuid, nullable=False))
    occasion: str = Field(sa_column=Column(Text, nullable=False))
    about_id: UUID = Field(sa_column=Column(Uuid, nullable=False))
    case_id: UUID | None = Field(sa_column=Column(Uuid))
    case_code: str | None = Field(sa_column=Column(Text))
    facts: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    useless_after: datetime | None = _at("useless_after")
    queued_at: datetime = _at("queued_at", nullable=False)
    give_up_at: datetime = _at("give_up_at", nullable=False)
    next_attempt_at: datetime | None = _at("next_attempt_at")
    lease_until: datetime | None = _at("lease_until")
    due_at: datetime | None = _at("due_at")
    turn: int = Field(sa_column=Column(SmallInteger, nullable=False))
    state: str = Field(sa_column=Column(Text, nullable=False))
    attempt: int = Field(sa_column=Column(Integer, nullable=False))
    waits: int = Field(sa_column=Column(Integer, nullable=False))
    doubts: int = Field(sa_column=Column(Integer, nullable=False))
    reason: str | None = Field(sa_column=Column(Text))
    reply_code: int | None = Field(sa_column=Column(Integer))
    recalled: str | None = Field(sa_column=Column(Text))
    settled_at: datetime | None = _at("settled_at")


class PersonRow(NotifyTable, table=True):
    """Who can be written to."""

    __tablename__: ClassVar[str] = "people"

    id: UUID = Field(sa_column=Column(Uuid, primary_key=True))
    organisation_id: UUID = Field(sa_column=Column(Uuid, nullable=False))
    role: str = Field(sa_column=Column(Text, nullable=False))
    active: bool = Field(sa_column=Column(Boolean, nullable=False))


class EndedCaseRow(NotifyTable, table=True):
    """A case about which no mail goes out any more."""

    __tablename__: ClassVar[str] = "ended_cases"

    case_id: UUID = Field(sa_column=Column(Uuid, primary_key=True))
    reason: str = Field(sa_column=Column(Text, nullable=False))
