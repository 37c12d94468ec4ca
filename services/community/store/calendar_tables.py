"""Community's tables of the calendars that people subscribed to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns


class FeedRow(CommunityTable, table=True):
    """One of them, of a person or of an address."""

    __tablename__ = "feeds"
    __table_args__ = (
        Index("feeds_person", "person_id", unique=True),
        Index("feeds_address", "address_digest", unique=True),
    )

    id: UUID = columns.key()
    made_at: datetime = columns.moment()
    person_id: UUID | None = columns.uuid(nullable=True)
    address_digest: bytes | None = columns.sealed(nullable=True)


class FeedSeatRow(CommunityTable, table=True):
    """A seat of whoever subscribed."""

    __tablename__ = "feed_seats"
    __table_args__ = (Index("feed_seats_feed", "feed_id"),)

    seat_id: UUID = columns.key(references="seats.id")
    feed_id: UUID = columns.uuid(references="feeds.id")
