"""Community's table of invitations."""

from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns


class InvitationRow(CommunityTable, table=True):
    """Somebody of the network who was asked to come."""

    __tablename__ = "invitations"
    __table_args__ = (
        Index("invitations_once", "gathering_id", "person_id", unique=True),
        Index("invitations_person", "person_id"),
    )

    id: UUID = columns.key()
    gathering_id: UUID = columns.uuid(references="gatherings.id")
    person_id: UUID = columns.uuid()
    state: str = columns.text()
    reminded: bool = columns.flag()
