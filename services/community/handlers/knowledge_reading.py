"""Whoever reads the knowledge base: without an account, by its list, by a question, or beside a need."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.community.domain.article import Article, ArticleState
from services.community.domain.article_errors import ArticleNotFound
from services.community.domain.edition import Edition
from services.community.domain.knowledge_search import index_of, points
from services.community.ports import CommunityUnit
from shared.kernel.city import City


@dataclass(frozen=True, slots=True)
class Readable:
    """An article, and what it says now."""

    article: Article
    edition: Edition


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """It stood here. `pointer`: what to read in its place, when that is still read."""

    reason: str
    pointer: Readable | None


async def list_readable(unit: CommunityUnit) -> list[Readable]:
    """What everybody reads, by title."""
    editions = {one.article_id: one for one in await unit.editions.list_published()}
    there = [one for one in await unit.articles.list_all() if one.state is ArticleState.PUBLISHED]
    found = [Readable(one, editions[one.id]) for one in there if one.id in editions]
    return sorted(found, key=lambda one: one.edition.words.title.casefold())


async def search_articles(question: str, unit: CommunityUnit) -> list[Readable]:
    """What goes with a question, the best first."""
    rated = [(_points(question, one, unit.city), one) for one in await list_readable(unit)]
    return [one for rating, one in sorted(rated, key=lambda each: -each[0]) if rating]


async def list_suggested(unit: CommunityUnit) -> list[Readable]:
    """What may be shown beside a need: somebody looked at it not too long ago."""
    today = unit.city.day_of(unit.now)
    return [one for one in await list_readable(unit) if one.article.is_suggested(today, unit.city.knowledge)]


async def find_readable(slug: str, unit: CommunityUnit) -> Readable | Withdrawn:
    """What stands at this address, or stood there under another one. Raises ArticleNotFound."""
    article_id = await unit.articles.find(slug)
    article = await unit.articles.read(article_id) if article_id else None
    if article is not None and article.state is ArticleState.WITHDRAWN:
        pointer = await _readable(article.pointer_id, unit) if article.pointer_id else None
        return Withdrawn(article.withdrawn_because, pointer)
    found = await _readable(article_id, unit) if article_id else None
    if found is None:
        raise ArticleNotFound
    return found


async def find_article(article_id: UUID, unit: CommunityUnit) -> Readable:
    """One that is read. Raises ArticleNotFound."""
    found = await _readable(article_id, unit)
    if found is None:
        raise ArticleNotFound
    return found


def not_reviewed_since(one: Readable, today: date, city: City) -> date | None:
    """What readers are told: since when nobody looked; None: that is not long ago."""
    return one.article.reviewed_on if one.article.has_banner(today, city.knowledge) else None


def _points(question: str, one: Readable, city: City) -> int:
    return points(question, index_of(one.edition.words.title, one.edition.words.body, tuple(_helps(one.article, city))))


def _helps(article: Article, city: City) -> Iterator[str]:
    for code in article.about.categories:
        yield city.categories.words(code)
        yield from city.categories[code].search
    yield from (city.signals.words(code) for code in article.about.signals)


async def _readable(article_id: UUID, unit: CommunityUnit) -> Readable | None:
    article = await unit.articles.read(article_id)
    if article is None or article.state is not ArticleState.PUBLISHED or article.edition_id is None:
        return None
    edition = await unit.editions.read(article.edition_id)
    return Readable(article, edition) if edition else None
