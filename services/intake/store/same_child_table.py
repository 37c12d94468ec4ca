"""The table of pairs of cases that may be of one child."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint

from services.intake.store.intake_table import IntakeTable
from shared.storage import columns


class SameChildRow(IntakeTable, table=True):
    """Two cases, the older request first, and how it stands between them. Goes with the key of either."""

    __tablename__: ClassVar[str] = "same_children"
    __table_args__ = (
        UniqueConstraint("older", "younger", name="same_children_pair"),
        Index("same_children_younger", "younger"),
        Index("same_children_state", "state", "found_at"),
    )

    id: UUID = columns.key()
    older: UUID = columns.uuid(references="case_keys.case_id")
    younger: UUID = columns.uuid(references="case_keys.case_id")
    found_at: datetime = columns.moment()
    state: str = columns.text()
    older_agreed_by: UUID | None = columns.uuid(nullable=True)
    younger_agreed_by: UUID | None = columns.uuid(nullable=True)
    settled_at: datetime | None = columns.moment(nullable=True)
    left_out_older: list[str] = columns.json_texts()
    left_out_younger: list[str] = columns.json_texts()
