"""Community's tables of votes."""

from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns


class VotingRow(CommunityTable, table=True):
    """Whether whoever is at a gathering votes."""

    __tablename__ = "votings"

    gathering_id: UUID = columns.key(references="gatherings.id")
    is_open: bool = columns.flag()


class VoteRow(CommunityTable, table=True):
    """What a seat chose, until the votes are counted."""

    __tablename__ = "votes"
    __table_args__ = (Index("votes_subject", "subject_id"),)

    seat_id: UUID = columns.key(references="seats.id")
    subject_id: UUID = columns.key(references="subjects.id")
