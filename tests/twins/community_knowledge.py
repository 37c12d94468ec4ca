"""The twins of the knowledge base."""

from collections.abc import Collection
from copy import copy
from datetime import date
from uuid import UUID

from services.community.domain.article import Article
from services.community.domain.article_feedback import ArticleFeedback
from services.community.domain.edition import Edition, EditionState
from tests.twins.tables import MemoryTables


class InMemoryArticles:
    """Articles by id, and ids by address."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Article] = tables.table("articles")
        self._slugs: dict[str, UUID] = tables.table("article_slugs")

    async def get(self, article_id: UUID) -> Article | None:
        # Units in memory run one at a time, which is the lock.
        return await self.read(article_id)

    async def read(self, article_id: UUID) -> Article | None:
        found = self._rows.get(article_id)
        return copy(found) if found else None

    async def save(self, article: Article) -> None:
        self._rows[article.id] = copy(article)
        self._slugs.setdefault(article.slug, article.id)

    async def find(self, slug: str) -> UUID | None:
        return self._slugs.get(slug)

    async def list_all(self) -> list[Article]:
        return [copy(one) for one in sorted(self._rows.values(), key=lambda one: one.slug)]


class SecondInWork(Exception):
    """What the index refuses on PostgreSQL."""


class InMemoryEditions:
    """Editions by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Edition] = tables.table("editions")

    async def get(self, edition_id: UUID) -> Edition | None:
        return await self.read(edition_id)

    async def read(self, edition_id: UUID) -> Edition | None:
        found = self._rows.get(edition_id)
        return copy(found) if found else None

    async def save(self, edition: Edition) -> None:
        other = await self.get_in_work(edition.article_id)
        if edition.is_in_work and other is not None and other.id != edition.id:
            raise SecondInWork
        self._rows[edition.id] = copy(edition)

    async def get_in_work(self, article_id: UUID) -> Edition | None:
        theirs = (one for one in self._rows.values() if one.article_id == article_id and one.is_in_work)
        return next((copy(one) for one in theirs), None)

    async def list_in_work(self) -> list[Edition]:
        found = [copy(one) for one in self._rows.values() if one.is_in_work]
        return sorted(found, key=lambda one: (one.changed_at, one.id))

    async def list_published(self) -> list[Edition]:
        found = [copy(one) for one in self._rows.values() if one.state is EditionState.PUBLISHED]
        return sorted(found, key=lambda one: one.id)

    async def list_of_person(self, person_id: UUID) -> list[UUID]:
        return sorted(
            one.id
            for one in self._rows.values()
            if person_id in one.author_ids or person_id in {one.published_by, one.checked_by}
        )


class InMemoryArticleFeedbacks:
    """What readers said, by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, ArticleFeedback] = tables.table("article_feedback")

    async def save(self, feedback: ArticleFeedback) -> None:
        self._rows[feedback.id] = feedback

    async def list_of(self, edition_ids: Collection[UUID]) -> list[ArticleFeedback]:
        found = [one for one in self._rows.values() if one.edition_id in edition_ids]
        return sorted(found, key=lambda one: (-one.given_on.toordinal(), one.id))

    async def forget_before(self, day: date) -> None:
        for one in [each for each in self._rows.values() if each.given_on < day]:
            del self._rows[one.id]
