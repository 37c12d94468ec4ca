"""Community's tables of who follows themes of gatherings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns

_GROUPS = columns.CityCodes("category_groups")


class FollowerRow(CommunityTable, table=True):
    """A person, or an address; of that there is only a mark here."""

    __tablename__ = "followers"
    __table_args__ = (
        Index("followers_person", "person_id", unique=True),
        Index("followers_address", "address_digest", unique=True),
    )

    id: UUID = columns.key()
    asked_at: datetime = columns.moment()
    person_id: UUID | None = columns.uuid(nullable=True)
    address_digest: bytes | None = columns.sealed(nullable=True)
    themes: list[str] = columns.texts(codes=_GROUPS)
    wanted: list[str] = columns.texts(codes=_GROUPS)
    confirmed_at: datetime | None = columns.moment(nullable=True)


class FollowerKeyRow(CommunityTable, table=True):
    """The key that opens an address."""

    __tablename__ = "follower_keys"

    follower_id: UUID = columns.key(references="followers.id")
    wrapped: bytes = columns.wrapped_key()


class FollowerAddressRow(CommunityTable, table=True):
    """Where the mail goes, sealed; it goes with its key."""

    __tablename__ = "follower_addresses"

    follower_id: UUID = columns.key(references="follower_keys.follower_id")
    email: bytes = columns.sealed()


FOLLOWERS = CommunityTable.metadata.tables["followers"]
FOLLOWER_KEYS = CommunityTable.metadata.tables["follower_keys"]
FOLLOWER_ADDRESSES = CommunityTable.metadata.tables["follower_addresses"]
