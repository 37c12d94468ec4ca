"""Who answers for an article looks at it now and then; the desk sees what nobody answers for."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from services.community.domain.article import About, Article, ArticleState, Owner
from services.community.handlers.knowledge import Judge, held_article
from services.community.handlers.knowledge_reading import Readable, list_readable
from services.community.ports import CommunityUnit
from shared.events.knowledge import ReviewsAsked


async def review_article(article_id: UUID, judge: Judge, unit: CommunityUnit) -> None:
    """It still holds. Raises ArticleNotFound, NotTheReviewer or NotInThisState."""
    article = await held_article(article_id, unit)
    judge.let_pass(article)
    unit.outbox.append(*article.review(unit.city.day_of(unit.now), unit.now, unit.city.knowledge))
    await unit.articles.save(article)


async def withdraw_article(
    article_id: UUID, reason: str, pointer_id: UUID | None, judge: Judge, unit: CommunityUnit
) -> None:
    """Nobody reads it any more. Raises ArticleNotFound, NotTheReviewer or NotInThisState."""
    article = await held_article(article_id, unit)
    judge.let_pass(article)
    unit.outbox.append(*article.withdraw(reason, pointer_id, unit.now))
    await unit.articles.save(article)


async def give_to(article_id: UUID, owner: Owner, about: About, unit: CommunityUnit) -> None:
    """The desk says whose it is, and what it is about. Raises ArticleNotFound."""
    article = await held_article(article_id, unit)
    article.owner, article.about = owner, about
    await unit.articles.save(article)


async def list_due(person_id: UUID, unit: CommunityUnit) -> list[Readable]:
    """What this person looks at now, as owner or in the owner's place; the longest overdue first."""
    today, terms = unit.city.day_of(unit.now), unit.city.knowledge
    theirs = [
        one for one in await list_readable(unit) if one.article.is_of(person_id) and one.article.is_due(today, terms)
    ]
    return sorted(theirs, key=lambda one: one.article.review_on or today)


async def list_unchecked(unit: CommunityUnit) -> list[Readable]:
    """What was published at once and nobody looked at since, what is longest overdue first."""
    waiting = [one for one in await list_readable(unit) if one.edition.is_unchecked]
    return sorted(waiting, key=lambda one: one.edition.check_by or one.edition.changed_at.date())


async def list_ownerless(unit: CommunityUnit) -> list[Readable]:
    """What nobody answers for."""
    return [one for one in await list_readable(unit) if one.article.owner is None]


async def ask_owners(unit: CommunityUnit) -> None:
    """Each owner is asked once a day for all that comes due together, and once a month for what stays behind."""
    today, terms = unit.city.day_of(unit.now), unit.city.knowledge
    asked: Counter[UUID] = Counter()
    reminded: Counter[UUID] = Counter()
    for known in await unit.articles.list_all():
        if known.state is not ArticleState.PUBLISHED or not known.is_due(today, terms):
            continue
        article = await held_article(known.id, unit)
        is_asked, became = article.ask(today, unit.now, terms)
        unit.outbox.append(*became)
        is_reminded = not is_asked and article.remind(today)
        if article.owner is not None:
            asked[article.owner.person_id] += is_asked
            reminded[article.owner.person_id] += is_reminded
        await unit.articles.save(article)
    unit.outbox.append(*_questions(asked, unit, is_monthly=False), *_questions(reminded, unit, is_monthly=True))


async def let_owner_go(person_id: UUID, unit: CommunityUnit) -> None:
    """This person left: the desk looks for an owner, and of what they wrote nobody reads who that was."""
    for known in await unit.articles.list_all():
        if known.is_of(person_id):
            await _lose(known, person_id, unit)
    for edition_id in await unit.editions.list_of_person(person_id):
        edition = await unit.editions.get(edition_id)
        if edition is not None:
            edition.forget(person_id)
            await unit.editions.save(edition)


async def _lose(known: Article, person_id: UUID, unit: CommunityUnit) -> None:
    article = await held_article(known.id, unit)
    unit.outbox.append(*article.lose(person_id, unit.now))
    await unit.articles.save(article)


def _questions(people: Counter[UUID], unit: CommunityUnit, *, is_monthly: bool) -> Iterable[ReviewsAsked]:
    return [
        ReviewsAsked(subject=person_id, occurred_at=unit.now, articles=number, is_monthly=is_monthly)
        for person_id, number in sorted(people.items())
        if number
    ]
