"""The tables of the family's own page. Each row goes with the key of its case."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field

from services.intake.store.intake_table import IntakeTable
from shared.storage import columns


class FamilyAccessRow(IntakeTable, table=True):
    """A link with its code, hashed."""

    __tablename__: ClassVar[str] = "family_access"

    id: UUID = columns.key()
    case_id: UUID = columns.uuid(references="case_keys.case_id")
    token_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    code_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    made_by: UUID = columns.uuid()
    made_at: datetime = columns.moment()
    expires_at: datetime = columns.moment()

    __table_args__ = (Index("family_access_case", "case_id", unique=True),)


class FamilyVisitRow(IntakeTable, table=True):
    """A browser that is in; what it keeps is hashed."""

    __tablename__: ClassVar[str] = "family_visits"

    hash: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    access_id: UUID = columns.uuid(references="family_access.id")
    ends_at: datetime = columns.moment()

    __table_args__ = (Index("family_visits_access", "access_id"),)


class FamilyAskRow(IntakeTable, table=True):
    """A question of the family to its ambassador; its words are in `case_notes`."""

    __tablename__: ClassVar[str] = "family_asks"

    id: UUID = columns.key()
    case_id: UUID = columns.uuid(references="case_keys.case_id")
    question: str = columns.text()
    asked_at: datetime = columns.moment()
    settled_at: datetime | None = columns.moment(nullable=True)
    settled_by: UUID | None = columns.uuid(nullable=True)

    __table_args__ = (Index("family_asks_case", "case_id", "asked_at"),)


class ExperienceRow(IntakeTable, table=True):
    """How the help for one need was, in three answers."""

    __tablename__: ClassVar[str] = "experiences"

    need_id: UUID = columns.key()
    case_id: UUID = columns.uuid(references="case_keys.case_id")
    organisation_id: UUID = columns.uuid()
    welcome: str = columns.text()
    fitting: str = columns.text()
    tailored: str = columns.text()
    told_at: datetime = columns.moment()

    __table_args__ = (Index("experiences_case", "case_id"),)
