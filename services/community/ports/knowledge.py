"""The knowledge base: articles, what they say, and whether that was of use."""

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

from services.community.domain.article import Article
from services.community.domain.article_feedback import ArticleFeedback
from services.community.domain.edition import Edition


class Articles(Protocol):
    """The articles, and every address that they had."""

    async def get(self, article_id: UUID) -> Article | None:
        """One, locked until the transaction ends."""

    async def read(self, article_id: UUID) -> Article | None:
        """One, to look at."""

    async def save(self, article: Article) -> None:
        """Keep it, and its address for ever."""

    async def find(self, slug: str) -> UUID | None:
        """Whose address this is, or was."""

    async def list_all(self) -> list[Article]:
        """All of them, by address."""


class Editions(Protocol):
    """What articles say."""

    async def get(self, edition_id: UUID) -> Edition | None:
        """One, locked until the transaction ends."""

    async def read(self, edition_id: UUID) -> Edition | None:
        """One, to look at."""

    async def save(self, edition: Edition) -> None:
        """Keep it. The store refuses a second one in work of one article."""

    async def get_in_work(self, article_id: UUID) -> Edition | None:
        """The one that can still change, locked until the transaction ends."""

    async def list_in_work(self) -> list[Edition]:
        """Those that can still change, the oldest change first."""

    async def list_published(self) -> list[Edition]:
        """Those that are read, by id."""

    async def list_of_person(self, person_id: UUID) -> list[UUID]:
        """Those that this person wrote on, published or looked at."""


class ArticleFeedbacks(Protocol):
    """What readers said."""

    async def save(self, feedback: ArticleFeedback) -> None:
        """Keep it."""

    async def list_of(self, edition_ids: Collection[UUID]) -> list[ArticleFeedback]:
        """Of these editions, the newest first."""

    async def forget_before(self, day: date) -> None:
        """Delete what was said before this day."""


class KnowledgeUnit(Protocol):
    """All of these, inside one transaction."""

    @property
    def articles(self) -> Articles: ...
    @property
    def editions(self) -> Editions: ...
    @property
    def article_feedback(self) -> ArticleFeedbacks: ...
