"""The tables of who was named for one question, and of what changed about people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text

from services.matching.store.network_tables import MatchingTable
from shared.storage import columns


class ContactRow(MatchingTable, table=True):
    """Somebody who was named through a link, for one question."""

    __tablename__ = "contacts"
    __table_args__ = (
        Index("contacts_referral", "referral_id"),
        Index("contacts_new", "organisation_id", postgresql_where=text("state = 'named'")),
    )

    id: UUID = columns.key()
    organisation_id: UUID = columns.uuid()
    referral_id: UUID = columns.uuid()
    name: str = columns.text()
    email: str = columns.text()
    phone: str = columns.text()
    named_by: UUID = columns.uuid()
    named_at: datetime = columns.moment()
    state: str = columns.text()
    settled_by: UUID | None = columns.uuid(nullable=True)
    settled_at: datetime | None = columns.moment(nullable=True)


class PersonChangeRow(MatchingTable, table=True):
    """One thing that somebody changed about a person."""

    __tablename__ = "person_changes"
    __table_args__ = (Index("person_changes_person", "person_id", "id"),)

    id: UUID = columns.key()
    person_id: UUID = columns.uuid()
    change: str = columns.text()
    changed_at: datetime = columns.moment()
    changed_by: UUID | None = columns.uuid(nullable=True)
    organisation_id: UUID | None = columns.uuid(nullable=True)
