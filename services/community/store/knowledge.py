"""The knowledge base on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.article import About, Article, ArticleKind, ArticleState, Asked, Owner
from services.community.domain.article_feedback import ArticleFeedback
from services.community.domain.edition import IN_WORK, Edition, EditionState, Words
from services.community.store.knowledge_tables import ARTICLE_FEEDBACK, ARTICLE_SLUGS, ARTICLES, EDITIONS
from services.community.store.rows import Row
from services.community.store.table_rows import TableRows

_OWNER = ("organisation_id", "person_id", "deputy_id")


class PostgresArticles:
    """The tables `articles` and `article_slugs`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, ARTICLES)

    async def get(self, article_id: UUID) -> Article | None:
        row = await self._rows.find(article_id, locked=True)
        return _article_of(row) if row else None

    async def read(self, article_id: UUID) -> Article | None:
        row = await self._rows.find(article_id)
        return _article_of(row) if row else None

    async def save(self, article: Article) -> None:
        await self._rows.write(_article_row(article))
        known = insert(ARTICLE_SLUGS).values(slug=article.slug, article_id=article.id)
        await self._connection.execute(known.on_conflict_do_nothing())

    async def find(self, slug: str) -> UUID | None:
        theirs = select(ARTICLE_SLUGS.c.article_id).where(ARTICLE_SLUGS.c.slug == slug)
        return (await self._connection.scalars(theirs)).one_or_none()

    async def list_all(self) -> list[Article]:
        by_slug = select(ARTICLES).order_by(ARTICLES.c.slug.collate("C"))
        return [_article_of(row) for row in await self._rows.list_rows(by_slug)]


class PostgresEditions:
    """The table `editions`; that only one is in work is an index of it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, EDITIONS)

    async def get(self, edition_id: UUID) -> Edition | None:
        row = await self._rows.find(edition_id, locked=True)
        return _edition_of(row) if row else None

    async def read(self, edition_id: UUID) -> Edition | None:
        row = await self._rows.find(edition_id)
        return _edition_of(row) if row else None

    async def save(self, edition: Edition) -> None:
        await self._rows.write(_edition_row(edition))

    async def get_in_work(self, article_id: UUID) -> Edition | None:
        theirs = select(EDITIONS).where(EDITIONS.c.article_id == article_id, EDITIONS.c.state.in_(IN_WORK))
        rows = await self._rows.list_rows(theirs.with_for_update())
        return _edition_of(rows[0]) if rows else None

    async def list_in_work(self) -> list[Edition]:
        theirs = select(EDITIONS).where(EDITIONS.c.state.in_(IN_WORK))
        oldest_first = theirs.order_by(EDITIONS.c.changed_at, EDITIONS.c.id)
        return [_edition_of(row) for row in await self._rows.list_rows(oldest_first)]

    async def list_published(self) -> list[Edition]:
        read = select(EDITIONS).where(EDITIONS.c.state == EditionState.PUBLISHED).order_by(EDITIONS.c.id)
        return [_edition_of(row) for row in await self._rows.list_rows(read)]

    async def list_of_person(self, person_id: UUID) -> list[UUID]:
        columns = EDITIONS.c
        theirs = or_(
            columns.author_ids.contains([person_id]),
            columns.published_by == person_id,
            columns.checked_by == person_id,
        )
        return list(await self._connection.scalars(select(columns.id).where(theirs).order_by(columns.id)))


class PostgresArticleFeedbacks:
    """The table `article_feedback`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, ARTICLE_FEEDBACK)

    async def save(self, feedback: ArticleFeedback) -> None:
        await self._rows.write(asdict(feedback))

    async def list_of(self, edition_ids: Collection[UUID]) -> list[ArticleFeedback]:
        theirs = select(ARTICLE_FEEDBACK).where(ARTICLE_FEEDBACK.c.edition_id.in_(edition_ids))
        newest_first = theirs.order_by(ARTICLE_FEEDBACK.c.given_on.desc(), ARTICLE_FEEDBACK.c.id)
        return [ArticleFeedback(**row) for row in await self._rows.list_rows(newest_first)]

    async def forget_before(self, day: date) -> None:
        await self._connection.execute(delete(ARTICLE_FEEDBACK).where(ARTICLE_FEEDBACK.c.given_on < day))


def _article_row(article: Article) -> dict[str, Any]:
    row = {name: getattr(article, name) for name in ARTICLES.columns.keys() & Article.__dataclass_fields__.keys()}
    about, owner = article.about, article.owner
    return row | {
        "kind": about.kind,
        "categories": sorted(about.categories),
        "signals": sorted(about.signals),
        "follows_law": about.follows_law,
        **{name: getattr(owner, name) if owner else None for name in _OWNER},
    }


def _article_of(row: Row) -> Article:
    about = About(ArticleKind(row["kind"]), frozenset(row["categories"]), frozenset(row["signals"]), row["follows_law"])
    owner = Owner(*(row[name] for name in _OWNER)) if row["person_id"] else None
    rest = {name: row[name] for name in row.keys() & Article.__dataclass_fields__.keys()}
    return Article(
        **{**rest, "about": about, "owner": owner, "state": ArticleState(row["state"]), "asked": Asked(row["asked"])}
    )


def _edition_row(edition: Edition) -> dict[str, Any]:
    row = asdict(edition)
    return {**row.pop("words"), **row, "author_ids": sorted(edition.author_ids)}


def _edition_of(row: Row) -> Edition:
    rest = {name: row[name] for name in row.keys() & Edition.__dataclass_fields__.keys()}
    earlier = tuple(Words(**one) for one in row["earlier"])
    return Edition(
        **{
            **rest,
            "words": Words(row["title"], row["body"]),
            "author_ids": frozenset(row["author_ids"]),
            "earlier": earlier,
            "state": EditionState(row["state"]),
        }
    )
