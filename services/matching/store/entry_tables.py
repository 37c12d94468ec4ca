"""The tables of how the network keeps itself: who wants to join, and what was changed of which entry."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text

from services.matching.store.network_tables import MatchingTable
from shared.storage import columns
from shared.storage.columns import CityCodes, Json


class ApplicationRow(MatchingTable, table=True):
    """A request to join. Its data goes some weeks after it was refused, or when its address was never confirmed."""

    __tablename__ = "applications"
    __table_args__ = (Index("applications_state", "state", "started_at"),)

    id: UUID = columns.key()
    state: str = columns.text()
    name: str = columns.text()
    kind: str = columns.text(codes=CityCodes("organisation_kinds"))
    contact_name: str = columns.text()
    email: str = columns.text()
    phone: str = columns.text()
    offer: str = columns.text()
    does: str = columns.text()
    limits: str = columns.text()
    website: str = columns.text()
    categories: list[str] = columns.texts(codes=CityCodes("categories"))
    districts: list[str] = columns.texts(codes=CityCodes("districts"))
    languages: list[str] = columns.texts(codes=CityCodes("languages"))
    minimum_age: int | None = columns.small_integer(nullable=True)
    maximum_age: int | None = columns.small_integer(nullable=True)
    is_private: bool = columns.flag()
    asks_for_families: bool = columns.flag()
    started_at: datetime = columns.moment()
    applied_at: datetime | None = columns.moment(nullable=True)
    settled_at: datetime | None = columns.moment(nullable=True)
    settled_by: UUID | None = columns.uuid(nullable=True)
    organisation_id: UUID | None = columns.uuid(nullable=True)
    refusal: str | None = columns.text(nullable=True)


class EntryChangeRow(MatchingTable, table=True):
    """A change of an entry: one that waits for the desk, or one of its history."""

    __tablename__ = "entry_changes"
    __table_args__ = (
        Index("entry_changes_organisation", "organisation_id", "id"),
        Index("entry_changes_waiting", "id", postgresql_where=text("state = 'waiting'")),
    )

    id: UUID = columns.key()
    organisation_id: UUID = columns.uuid()
    service_id: UUID | None = columns.uuid(nullable=True)
    changes: list[Json] = columns.json_list()
    state: str = columns.text()
    proposed_by: UUID = columns.uuid()
    proposed_at: datetime = columns.moment()
    version: int = columns.integer()
    settled_by: UUID | None = columns.uuid(nullable=True)
    settled_at: datetime | None = columns.moment(nullable=True)
    is_new: bool = columns.flag()
