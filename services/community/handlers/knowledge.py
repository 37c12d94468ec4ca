"""The knowledge base: somebody proposes a text, somebody else looks at it, and then everybody reads it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from services.community.domain.article import About, Article, ArticleKind, ArticleState, Owner
from services.community.domain.article_errors import (
    ArticleNotFound,
    EditionInWork,
    EditionNotFound,
    NotTheAuthor,
    NotTheReviewer,
)
from services.community.domain.edition import Edition, Words
from services.community.handlers.examples import refuse_telltale
from services.community.ports import CommunityUnit
from shared.events.base import Event
from shared.events.knowledge import ArticleProposed
from shared.kernel.city import WorkingDays
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.searched_words import words_in
from shared.kernel.working_time import WorkingTime

MOST_WORDS_IN_SLUG: Final = 8
# What stands at these addresses itself.
TAKEN: Final = frozenset({"nieuw", "voorstellen", "nakijken", "beheer", "artikelen"})


@dataclass(frozen=True, slots=True)
class Judge:
    """Who decides: anybody of the desk, and else whoever the article is of."""

    person_id: UUID
    at_the_desk: bool

    def let_pass(self, article: Article) -> None:
        """Raises NotTheReviewer."""
        if not (self.at_the_desk or article.is_of(self.person_id)):
            raise NotTheReviewer


async def propose_article(words: Words, about: About, by: UUID, unit: CommunityUnit) -> UUID:
    """Somebody writes about something new; the id of what they write."""
    return await _propose(unit.ids.new(), words, about, frozenset({by}), unit)


async def propose_from(
    question_id: UUID, words: Words, category: str, author_ids: Collection[UUID], unit: CommunityUnit
) -> UUID | None:
    """A draft of what was answered to a question, for its authors to go on with; None: it was made and published."""
    about = About(ArticleKind.BACKGROUND, categories=frozenset({category}))
    article_id = uuid5(question_id, "article")
    if await unit.articles.read(article_id) is not None:
        known = await unit.editions.get_in_work(article_id)
        return known.id if known else None
    return await _propose(article_id, words, about, frozenset(author_ids), unit)


async def begin_edition(article_id: UUID, by: UUID, unit: CommunityUnit) -> UUID:
    """Somebody changes what is read; until that is approved it stays. Raises ArticleNotFound or EditionInWork."""
    article = await held_article(article_id, unit)
    in_work = await unit.editions.get_in_work(article_id)
    if in_work is not None:
        raise EditionInWork(in_work.id)
    live = await unit.editions.read(article.edition_id) if article.edition_id else None
    if live is None or article.state is ArticleState.WITHDRAWN:
        raise ArticleNotFound
    edition = Edition(unit.ids.new(), article_id, live.words, frozenset({by}), unit.now)
    await unit.editions.save(edition)
    return edition.id


async def join_edition(edition_id: UUID, by: UUID, unit: CommunityUnit) -> None:
    edition = await _held(edition_id, unit)
    edition.join(by)
    await unit.editions.save(edition)


async def rewrite_edition(edition_id: UUID, words: Words, about: About, by: UUID, unit: CommunityUnit) -> None:
    """Other words; what it is about changes with them only while nobody reads it. Raises as `Edition.rewrite`."""
    edition = await _held(edition_id, unit)
    edition.rewrite(words, by, unit.now)
    await unit.editions.save(edition)
    article = await held_article(edition.article_id, unit)
    if article.state is ArticleState.PROPOSED:
        article.about = about
        await unit.articles.save(article)


async def submit_edition(edition_id: UUID, by: UUID, unit: CommunityUnit) -> None:
    edition = await _held(edition_id, unit)
    if by not in edition.author_ids:
        raise NotTheAuthor
    article = await held_article(edition.article_id, unit)
    reviewers = (article.owner.person_id, article.owner.deputy_id) if article.owner else (None, None)
    unit.outbox.append(*edition.submit(reviewers, unit.now))
    await unit.editions.save(edition)


async def send_back_edition(edition_id: UUID, version: int, comment: str, judge: Judge, unit: CommunityUnit) -> None:
    """Something has to change, and what. Raises TellsWhoItIs, NotTheReviewer, and as `Edition.send_back`."""
    refuse_telltale("comment", comment, [unit.city.name])
    edition = await _held(edition_id, unit)
    judge.let_pass(await held_article(edition.article_id, unit))
    unit.outbox.append(*edition.send_back(version, comment, judge.person_id, unit.now))
    await unit.editions.save(edition)


async def approve_edition(edition_id: UUID, version: int, judge: Judge, unit: CommunityUnit) -> str:
    """Everybody reads it, at the address that is given. Raises NotTheReviewer, and as `Edition.approve`."""
    edition = await _held(edition_id, unit)
    article = await held_article(edition.article_id, unit)
    judge.let_pass(article)
    return await _publish(article, edition, edition.approve(version, judge.person_id, unit.now), unit)


async def publish_at_once(edition_id: UUID, version: int, by: UUID, unit: CommunityUnit) -> str:
    """The desk cannot wait: somebody else looks within some working days. Raises as `Edition.publish_at_once`."""
    edition = await _held(edition_id, unit)
    article = await held_article(edition.article_id, unit)
    working = WorkingTime(unit.city, DutchCalendar())
    check_by = working.day_after(unit.city.day_of(unit.now), WorkingDays(unit.city.knowledge.check_working_days))
    return await _publish(article, edition, edition.publish_at_once(version, by, check_by, unit.now), unit)


async def check_edition(edition_id: UUID, judge: Judge, unit: CommunityUnit) -> None:
    """Somebody else looked at what was published at once. Raises NotTheReviewer, and as `Edition.check`."""
    edition = await _held(edition_id, unit)
    judge.let_pass(await held_article(edition.article_id, unit))
    edition.check(judge.person_id)
    await unit.editions.save(edition)


async def find_edition(edition_id: UUID, unit: CommunityUnit) -> tuple[Article, Edition]:
    """One and its article, to look at. Raises EditionNotFound."""
    edition = await unit.editions.read(edition_id)
    article = await unit.articles.read(edition.article_id) if edition else None
    if edition is None or article is None:
        raise EditionNotFound
    return article, edition


async def held_article(article_id: UUID, unit: CommunityUnit) -> Article:
    """One, to change. Raises ArticleNotFound."""
    article = await unit.articles.get(article_id)
    if article is None:
        raise ArticleNotFound
    return article


async def free_slug(title: str, article_id: UUID, unit: CommunityUnit) -> str:
    """The address that this title makes, which no other article has or had."""
    slug = "-".join(words_in(title)[:MOST_WORDS_IN_SLUG]) or "artikel"
    tried, number = slug, 1
    while tried in TAKEN or await unit.articles.find(tried) not in {None, article_id}:
        number += 1
        tried = f"{slug}-{number}"
    return tried


async def _propose(
    article_id: UUID, words: Words, about: About, author_ids: frozenset[UUID], unit: CommunityUnit
) -> UUID:
    article = Article(article_id, await free_slug(words.title, article_id, unit), about)
    edition = Edition(unit.ids.new(), article_id, words, author_ids, unit.now)
    await unit.articles.save(article)
    await unit.editions.save(edition)
    if author_ids:
        proposed = ArticleProposed(
            subject=article_id, occurred_at=unit.now, edition_id=edition.id, person_id=min(author_ids)
        )
        unit.outbox.append(proposed)
    return edition.id


async def _publish(article: Article, edition: Edition, published: list[Event], unit: CommunityUnit) -> str:
    live = await unit.editions.get(article.edition_id) if article.edition_id else None
    if live is not None:
        unit.outbox.append(*live.supersede(unit.now))
        await unit.editions.save(live)
    if article.owner is None:
        article.owner = await _first_owner(edition, unit)
    slug = await free_slug(edition.words.title, article.id, unit)
    article.publish(edition.id, slug, unit.city.day_of(unit.now), unit.city.knowledge)
    unit.outbox.append(*published)
    await unit.articles.save(article)
    await unit.editions.save(edition)
    return slug


async def _first_owner(edition: Edition, unit: CommunityUnit) -> Owner | None:
    """Whoever wrote it answers for it, until the desk says otherwise."""
    members = await unit.members.read_many(sorted(edition.author_ids))
    standing = (one for _, one in sorted(members.items()) if one.standing)
    return next((Owner(one.standing[0].organisation_id, one.person_id) for one in standing), None)


async def _held(edition_id: UUID, unit: CommunityUnit) -> Edition:
    edition = await unit.editions.get(edition_id)
    if edition is None:
        raise EditionNotFound
    return edition
