"""Community's tables of the skills passport."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns


class PassportRow(CommunityTable, table=True):
    """For whom it is on, and what they say of the pilot."""

    __tablename__ = "passports"

    person_id: UUID = columns.key()
    on_since: datetime = columns.moment()
    helped: str | None = columns.text(nullable=True)


class PassportKeyRow(CommunityTable, table=True):
    """The key that opens it."""

    __tablename__ = "passport_keys"

    person_id: UUID = columns.key(references="passports.person_id")
    wrapped: bytes = columns.wrapped_key()


class PassportSkillsRow(CommunityTable, table=True):
    """What stands in it, sealed; it goes with its key."""

    __tablename__ = "passport_skills"

    person_id: UUID = columns.key(references="passport_keys.person_id")
    skills: bytes = columns.sealed()


class PassportQuestionRow(CommunityTable, table=True):
    """Somebody is asked for a word: whose passport it is for."""

    __tablename__ = "passport_questions"
    __table_args__ = (Index("passport_questions_person", "person_id"),)

    endorsement_id: UUID = columns.key()
    person_id: UUID = columns.uuid(references="passports.person_id")


PASSPORTS = CommunityTable.metadata.tables["passports"]
PASSPORT_KEYS = CommunityTable.metadata.tables["passport_keys"]
PASSPORT_SKILLS = CommunityTable.metadata.tables["passport_skills"]
PASSPORT_QUESTIONS = CommunityTable.metadata.tables["passport_questions"]
