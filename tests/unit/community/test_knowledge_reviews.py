"""Whoever answers for an article is asked whether it still holds, and readers see when nobody looks."""

from datetime import date, timedelta

from services.community.domain.article import About, Article, ArticleKind, ArticleState, Owner
from services.community.domain.edition import Words
from services.community.handlers.knowledge import (
    Judge,
    find_edition,
)
from services.community.handlers.knowledge_reading import (
    list_readable,
    list_suggested,
    not_reviewed_since,
    search_articles,
)
from services.community.handlers.knowledge_reviews import (
    ask_owners,
    list_due,
    list_ownerless,
    review_article,
)
from services.community.handlers.leaving import keep_who_is_there
from shared.events.base import Role
from shared.events.knowledge import (
    ArticleDisowned,
    ArticleReviewOverdue,
    ReviewsAsked,
)
from tests.parts.city import a_city
from tests.parts.people import listed
from tests.unit.community.test_knowledge_flow import BIKE, OTHER, STEPS, WRITER, a_network, published, reads, told
from tests.unit.community.world import an_id


async def test_review_counts_from_today_and_owner_gets_one_question_for_forty_articles() -> None:
    community = await a_network()
    for number in range(40):
        await published(community, Words(f"Fiets nummer {number}", BIKE.body))
    community.moves_to(community.now + timedelta(weeks=24))
    for _ in range(2):
        async with community.units.begin() as unit:
            await ask_owners(unit)
    asked = told(community, ReviewsAsked)
    assert [(one.subject, one.articles) for one in asked] == [(WRITER, 40)]  # type: ignore[attr-defined]

    community.moves_to(community.now + timedelta(weeks=3))
    async with community.units.begin() as unit:
        await ask_owners(unit)
        first = (await list_due(WRITER, unit))[0].article
        await review_article(first.id, Judge(WRITER, at_the_desk=False), unit)
        reviewed = await unit.articles.read(first.id)
        assert reviewed is not None
        assert reviewed.review_on == unit.city.day_of(unit.now) + timedelta(weeks=26)
        assert len(await list_due(WRITER, unit)) == 39
    assert len(told(community, ReviewsAsked)) == 2


async def test_what_nobody_looks_at_says_so_and_is_then_not_suggested_but_still_found() -> None:
    community = await a_network()
    slug = await published(community)
    community.moves_to(community.now + timedelta(weeks=26, days=60))
    found = await reads(community, slug)
    async with community.units.begin() as unit:
        await ask_owners(unit)
        await ask_owners(unit)
        assert not_reviewed_since(found, unit.city.day_of(unit.now), unit.city) == found.article.reviewed_on
        assert await list_suggested(unit)
    community.moves_to(community.now + timedelta(days=60))
    async with community.units.begin() as unit:
        await ask_owners(unit)
        assert await list_suggested(unit) == []
        assert await search_articles("kind zonder fiets", unit)
    assert len(told(community, ArticleReviewOverdue)) == 1
    assert told(community, ReviewsAsked)[-1].is_monthly  # type: ignore[attr-defined]


async def test_owner_who_leaves_is_replaced_by_the_deputy_or_else_the_desk_looks() -> None:
    community = await a_network()
    slug = await published(community)
    article = (await reads(community, slug)).article
    left = listed(WRITER, an_id("desk"), Role.PARTNER, at=community.now).model_copy(update={"memberships": ()})
    async with community.units.begin() as unit:
        await keep_who_is_there(left, unit)
    community.moves_to(community.now + timedelta(weeks=30))
    async with community.units.begin() as unit:
        await ask_owners(unit)
        assert [one.article.id for one in await list_ownerless(unit)] == [article.id]
        _, edition = await find_edition((await list_readable(unit))[0].edition.id, unit)
        assert edition.author_ids == frozenset()
    assert len(told(community, ArticleDisowned)) == 1
    assert told(community, ReviewsAsked) == []

    shared = Article(an_id("a"), "a", STEPS, ArticleState.PUBLISHED, Owner(an_id("desk"), WRITER, OTHER))
    assert shared.lose(WRITER, community.now)
    assert shared.owner == Owner(an_id("desk"), OTHER)
    assert shared.lose(an_id("nobody"), community.now) == []


def test_review_after_law_is_at_the_next_first_of_january_or_july() -> None:
    law = About(ArticleKind.STEPS, follows_law=True)
    day, terms = date(2026, 9, 8), a_city().knowledge
    assert law.next_review(day, terms).isoformat() == "2027-01-01"
    assert law.next_review(day.replace(month=1), terms).isoformat() == "2026-07-01"
