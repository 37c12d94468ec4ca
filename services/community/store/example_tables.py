"""Community's tables of examples: invented, and never of one child."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns
from shared.storage.columns import CityCodes


class ExampleRow(CommunityTable, table=True):
    """An invented example; what many families have in common stands in codes."""

    __tablename__ = "examples"
    __table_args__ = (Index("examples_kept_from", "kept_from"),)

    id: UUID = columns.key()
    categories: list[str] = columns.texts(codes=CityCodes("categories"))
    aged: str | None = columns.text(nullable=True)
    lives_in: str | None = columns.text(nullable=True, codes=CityCodes("districts"))
    speaks: str | None = columns.text(nullable=True)
    children: str | None = columns.text(nullable=True)
    called: str = columns.text()
    body: str = columns.text()
    written_by: UUID | None = columns.uuid(nullable=True)
    kept_from: datetime = columns.moment()
    version: int = columns.integer()
    state: str = columns.text()
    reason: str = columns.text()
    approved_by: UUID | None = columns.uuid(nullable=True)


class ExampleGatheringRow(CommunityTable, table=True):
    """On the table of which gathering an example lies."""

    __tablename__ = "example_gatherings"
    __table_args__ = (Index("example_gatherings_gathering", "gathering_id"),)

    example_id: UUID = columns.key(references="examples.id")
    gathering_id: UUID = columns.key(references="gatherings.id")


EXAMPLES = CommunityTable.metadata.tables["examples"]
EXAMPLE_GATHERINGS = CommunityTable.metadata.tables["example_gatherings"]
