"""Community's tables of the knowledge base."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field

from services.community.store.community_table import CommunityTable
from shared.storage import columns
from shared.storage.columns import CityCodes, Json


class ArticleRow(CommunityTable, table=True):
    """One question, and who answers for it."""

    __tablename__ = "articles"

    id: UUID = columns.key()
    slug: str = columns.text()
    kind: str = columns.text()
    categories: list[str] = columns.texts(codes=CityCodes("categories"))
    signals: list[str] = columns.texts(codes=CityCodes("signals"))
    follows_law: bool = columns.flag()
    state: str = columns.text()
    organisation_id: UUID | None = columns.uuid(nullable=True)
    person_id: UUID | None = columns.uuid(nullable=True)
    deputy_id: UUID | None = columns.uuid(nullable=True)
    edition_id: UUID | None = columns.uuid(nullable=True)
    reviewed_on: date | None = columns.day(nullable=True)
    review_on: date | None = columns.day(nullable=True)
    asked: int = columns.small_integer()
    reminded_on: date | None = columns.day(nullable=True)
    withdrawn_because: str = columns.text()
    pointer_id: UUID | None = columns.uuid(nullable=True)


class ArticleSlugRow(CommunityTable, table=True):
    """An address that an article has or had."""

    __tablename__ = "article_slugs"

    slug: str = Field(sa_column=Column(Text, primary_key=True))
    article_id: UUID = columns.uuid(references="articles.id")


class EditionRow(CommunityTable, table=True):
    """What an article says."""

    __tablename__ = "editions"
    __table_args__ = (
        Index("editions_article", "article_id"),
        Index(
            "editions_in_work",
            "article_id",
            unique=True,
            postgresql_where=text("state IN ('draft', 'submitted', 'needs_changes')"),
        ),
    )

    id: UUID = columns.key()
    article_id: UUID = columns.uuid(references="articles.id")
    title: str = columns.text()
    body: str = columns.text()
    author_ids: list[UUID] = columns.uuids()
    changed_at: datetime = columns.moment()
    version: int = columns.integer()
    earlier: list[Json] = columns.json_list()
    state: str = columns.text()
    comment: str = columns.text()
    published_at: datetime | None = columns.moment(nullable=True)
    published_by: UUID | None = columns.uuid(nullable=True)
    checked_by: UUID | None = columns.uuid(nullable=True)
    check_by: date | None = columns.day(nullable=True)


class ArticleFeedbackRow(CommunityTable, table=True):
    """What a reader said of an edition."""

    __tablename__ = "article_feedback"
    __table_args__ = (Index("article_feedback_edition", "edition_id"), Index("article_feedback_given", "given_on"))

    id: UUID = columns.key()
    edition_id: UUID = columns.uuid(references="editions.id")
    is_helpful: bool = columns.flag()
    missed: str = columns.text()
    given_on: date = columns.day()


ARTICLES = CommunityTable.metadata.tables["articles"]
ARTICLE_SLUGS = CommunityTable.metadata.tables["article_slugs"]
EDITIONS = CommunityTable.metadata.tables["editions"]
ARTICLE_FEEDBACK = CommunityTable.metadata.tables["article_feedback"]
