"""Community's tables of what gatherings are about, who is asked to tell of it, and what the network wants together."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns


class TopicRow(CommunityTable, table=True):
    """What somebody proposes for a gathering."""

    __tablename__ = "topics"
    __table_args__ = (Index("topics_gathering", "gathering_id"), Index("topics_person", "person_id"))

    id: UUID = columns.key()
    person_id: UUID | None = columns.uuid(nullable=True)
    title: str = columns.text()
    speaker: str = columns.text()
    proposed_at: datetime = columns.moment()
    wanted_for: UUID | None = columns.uuid(nullable=True)
    state: str = columns.text()
    gathering_id: UUID | None = columns.uuid(nullable=True, references="gatherings.id")
    reason: str = columns.text()


class ExpertRow(CommunityTable, table=True):
    """Who wants to be asked as an expert by experience."""

    __tablename__ = "experts"

    person_id: UUID = columns.key()
    paused_until: date | None = columns.day(nullable=True)


class ExpertAskRow(CommunityTable, table=True):
    """Somebody asked for one gathering, and what they get for it."""

    __tablename__ = "expert_asks"
    __table_args__ = (Index("expert_asks_gathering", "gathering_id"), Index("expert_asks_person", "person_id"))

    id: UUID = columns.key()
    gathering_id: UUID = columns.uuid(references="gatherings.id")
    person_id: UUID = columns.uuid()
    asked_at: datetime = columns.moment()
    answer_by: datetime = columns.moment()
    thanks: str = columns.text()
    state: str = columns.text()
    settled_on: date | None = columns.day(nullable=True)


class VisionRow(CommunityTable, table=True):
    """One version of the shared vision."""

    __tablename__ = "visions"
    __table_args__ = (Index("visions_version", "version", unique=True),)

    id: UUID = columns.key()
    version: int = columns.integer()
    body: str = columns.text()
    changes: str = columns.text()
    published_at: datetime | None = columns.moment(nullable=True)


class VisionSignatureRow(CommunityTable, table=True):
    """Which version somebody signed, and for whom."""

    __tablename__ = "vision_signatures"

    person_id: UUID = columns.key()
    organisation_id: UUID = columns.uuid()
    version: int = columns.integer()
    signed_at: datetime = columns.moment()
    for_organisation: bool = columns.flag()


class OrganisationRow(CommunityTable, table=True):
    """What an organisation is called."""

    __tablename__ = "organisations"

    id: UUID = columns.key()
    name: str = columns.text()
    active: bool = columns.flag()


TOPICS = CommunityTable.metadata.tables["topics"]
EXPERTS = CommunityTable.metadata.tables["experts"]
EXPERT_ASKS = CommunityTable.metadata.tables["expert_asks"]
VISIONS = CommunityTable.metadata.tables["visions"]
SIGNATURES = CommunityTable.metadata.tables["vision_signatures"]
ORGANISATIONS = CommunityTable.metadata.tables["organisations"]
