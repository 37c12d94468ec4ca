"""Community's tables of questions to colleagues."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns
from shared.storage.columns import CityCodes


class SparringPartnerRow(CommunityTable, table=True):
    """Somebody who wants to be asked."""

    __tablename__ = "sparring_partners"

    person_id: UUID = columns.key()
    categories: list[str] = columns.texts(codes=CityCodes("categories"))
    districts: list[str] = columns.texts(codes=CityCodes("districts"))
    languages: list[str] = columns.texts(codes=CityCodes("languages"))
    paused_until: date | None = columns.day(nullable=True)


class SparringQuestionRow(CommunityTable, table=True):
    """A question."""

    __tablename__ = "sparring_questions"
    __table_args__ = (Index("sparring_questions_person", "person_id"), Index("sparring_questions_asked_at", "asked_at"))

    id: UUID = columns.key()
    person_id: UUID | None = columns.uuid(nullable=True)
    text: str = columns.text()
    category: str = columns.text(codes=CityCodes("categories"))
    asked_in: str = columns.text(codes=CityCodes("districts"))
    language: str = columns.text(codes=CityCodes("languages"))
    anonymous: bool = columns.flag()
    asked_at: datetime = columns.moment()
    state: str = columns.text()
    at_desk_since: datetime | None = columns.moment(nullable=True)


class SparringAskRow(CommunityTable, table=True):
    """Somebody who is asked one."""

    __tablename__ = "sparring_asks"
    __table_args__ = (Index("sparring_asks_question", "question_id"), Index("sparring_asks_person", "person_id"))

    id: UUID = columns.key()
    question_id: UUID = columns.uuid(references="sparring_questions.id")
    person_id: UUID = columns.uuid()
    asked_at: datetime = columns.moment()
    passed_by: UUID | None = columns.uuid(nullable=True)
    state: str = columns.text()
    reminded: bool = columns.flag()


class SparringAnswerRow(CommunityTable, table=True):
    """What somebody answered."""

    __tablename__ = "sparring_answers"
    __table_args__ = (Index("sparring_answers_question", "question_id"), Index("sparring_answers_person", "person_id"))

    id: UUID = columns.key()
    question_id: UUID = columns.uuid(references="sparring_questions.id")
    person_id: UUID | None = columns.uuid(nullable=True)
    text: str = columns.text()
    placed_at: datetime = columns.moment()
    for_article: bool = columns.flag()
    offered: bool = columns.flag()


SPARRING_PARTNERS = CommunityTable.metadata.tables["sparring_partners"]
SPARRING_QUESTIONS = CommunityTable.metadata.tables["sparring_questions"]
SPARRING_ASKS = CommunityTable.metadata.tables["sparring_asks"]
SPARRING_ANSWERS = CommunityTable.metadata.tables["sparring_answers"]
