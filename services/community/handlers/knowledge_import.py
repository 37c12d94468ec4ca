"""Articles that come with a city: each is there once, and what people made of it since stays."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID, uuid5

from services.community.domain.article import Article
from services.community.domain.brought_article import BroughtArticle
from services.community.domain.edition import Edition
from services.community.handlers.knowledge import free_slug
from services.community.ports import CommunityUnit

OF_A_FILE: Final = UUID("8c0d0c2e-6c1c-4d3c-9a53-6f2f3b1f6d10")


async def bring_in(articles: Iterable[BroughtArticle], unit: CommunityUnit) -> int:
    """Publish those that were never there; how many that were. Nobody owns them yet: the desk sees that."""
    new = 0
    for one in articles:
        article_id = uuid5(OF_A_FILE, one.key)
        if await unit.articles.read(article_id) is not None:
            continue
        slug = await free_slug(one.words.title, article_id, unit)
        article = Article(article_id, slug, one.about)
        edition = Edition(unit.ids.new(), article_id, one.words, frozenset(), unit.now)
        unit.outbox.append(*edition.bring_in(unit.now))
        article.publish(edition.id, slug, unit.city.day_of(unit.now), unit.city.knowledge)
        await unit.articles.save(article)
        await unit.editions.save(edition)
        new += 1
    return new
