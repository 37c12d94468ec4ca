"""The tables of files with a map that the desk sent: the files, what was read, and what it does line by line."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, Uuid, text
from sqlmodel import Field

from services.matching.domain.map_import import CHANGING
from services.matching.store.network_tables import MatchingTable
from shared.storage import columns
from shared.storage.columns import Json

ONE_AT_A_TIME: Final = "map_imports_one_at_a_time"
ONE_LINE_EACH: Final = "map_import_lines_subject"
_CHANGING: Final = ", ".join(f"'{state}'" for state in sorted(CHANGING))


def _import_id() -> UUID:
    key = ForeignKey("map_imports.id", ondelete="CASCADE")
    field: UUID = Field(sa_column=Column(Uuid, key, primary_key=True))
    return field


def _number() -> int:
    field: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    return field


class MapImportRow(MatchingTable, table=True):
    """A file that somebody sent, and how far it is. One file at a time changes the map, or is taken back."""

    __tablename__ = "map_imports"
    __table_args__ = (
        Index(ONE_AT_A_TIME, text("(true)"), unique=True, postgresql_where=text(f"state IN ({_CHANGING})")),
    )

    id: UUID = columns.key()
    filename: str = columns.text()
    source: str = columns.text()
    size: int = columns.integer()
    digest: str = columns.text()
    sent_by: UUID = columns.uuid()
    sent_at: datetime = columns.moment()
    state: str = columns.text()
    rows: int = columns.integer()
    done: int = columns.integer()
    part: int = columns.integer()
    taken_by: UUID | None = columns.uuid(nullable=True)
    taken_at: datetime | None = columns.moment(nullable=True)
    undone_by: UUID | None = columns.uuid(nullable=True)
    undone_at: datetime | None = columns.moment(nullable=True)


class MapImportPartRow(MatchingTable, table=True):
    """A part of what was read of it; before the first stands the file as it was sent."""

    __tablename__ = "map_import_parts"

    import_id: UUID = _import_id()
    number: int = _number()
    content: bytes = columns.content()


class MapImportLineRow(MatchingTable, table=True):
    """One thing that the file says or does. `changes`: what stood in each field, and what comes there."""

    __tablename__ = "map_import_lines"
    __table_args__ = (
        Index(ONE_LINE_EACH, "import_id", "subject_id", unique=True),
        Index("map_import_lines_verdict", "import_id", "verdict", "outcome", "number"),
    )

    import_id: UUID = _import_id()
    number: int = _number()
    kind: str = columns.text()
    verdict: str = columns.text()
    outcome: str = columns.text()
    subject_id: UUID | None = columns.uuid(nullable=True)
    name: str = columns.text()
    line: int = columns.integer()
    place: str = columns.text()
    problem: str = columns.text()
    example: str = columns.text()
    changes: list[Json] = columns.json_list()
    version: int = columns.integer()
