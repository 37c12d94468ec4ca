"""The knowledge base, on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from services.community.domain.article import About, Article, ArticleKind, ArticleState, Asked, Owner
from services.community.domain.article_feedback import ArticleFeedback
from services.community.domain.edition import Edition, EditionState, Words
from services.community.ports import CommunityUnit
from shared.unit_of_work import Units
from tests.twins.community_knowledge import SecondInWork
from tests.unit.community.world import TUESDAY, an_id

DAY = date(2026, 9, 8)
PLAIN = Article(an_id("plain"), "fiets", About(ArticleKind.STEPS, frozenset({"bike"})))
FULL = Article(
    an_id("full"), "eten",
    About(ArticleKind.AID, frozenset({"food"}), frozenset({"too-little-food"}), follows_law=True),
    ArticleState.WITHDRAWN, Owner(an_id("desk"), an_id("who"), an_id("deputy")), an_id("edition"), DAY, DAY, Asked.DUE,
    DAY, "Weg.", an_id("plain"),
)  # fmt: skip
DRAFT = Edition(an_id("draft"), PLAIN.id, Words("Fiets", "Vraag."), frozenset({an_id("who"), an_id("other")}), TUESDAY)


async def test_articles_come_back_as_they_were_and_keep_every_address(units: Units[CommunityUnit]) -> None:
    async with units.begin() as unit:
        for one in (PLAIN, FULL, replace(PLAIN, slug="tweedehands")):
            await unit.articles.save(one)
    async with units.begin() as unit:
        assert await unit.articles.get(FULL.id) == await unit.articles.read(FULL.id) == FULL
        assert await unit.articles.list_all() == [FULL, replace(PLAIN, slug="tweedehands")]
        for slug in ("fiets", "tweedehands"):
            assert await unit.articles.find(slug) == PLAIN.id
        assert await unit.articles.find("iets") is None
        assert await unit.articles.get(an_id("nobody")) is await unit.articles.read(an_id("nobody")) is None


async def test_editions_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    published = replace(
        DRAFT, id=an_id("published"), version=3, earlier=(Words("A", "B"), Words("C", "D")), comment="Anders.",
        state=EditionState.PUBLISHED, author_ids=frozenset(), published_at=TUESDAY, published_by=an_id("boss"),
        checked_by=an_id("judge"), check_by=DAY,
    )  # fmt: skip
    older = replace(
        DRAFT, id=an_id("older"), article_id=FULL.id, changed_at=TUESDAY - timedelta(days=1),
        state=EditionState.SUBMITTED,
    )  # fmt: skip
    async with units.begin() as unit:
        for article in (PLAIN, FULL):
            await unit.articles.save(article)
        for one in (DRAFT, published, older):
            await unit.editions.save(one)
    async with units.begin() as unit:
        assert await unit.editions.get(published.id) == await unit.editions.read(published.id) == published
        assert await unit.editions.get_in_work(PLAIN.id) == DRAFT
        assert await unit.editions.list_in_work() == [older, DRAFT]
        assert await unit.editions.list_published() == [published]
        assert await unit.editions.list_of_person(an_id("who")) == sorted([DRAFT.id, older.id])
        for person in ("boss", "judge"):
            assert await unit.editions.list_of_person(an_id(person)) == [published.id]
        assert await unit.editions.get(an_id("nobody")) is await unit.editions.read(an_id("nobody")) is None
        assert await unit.editions.get_in_work(an_id("nobody")) is None


async def test_second_edition_in_work_of_one_article_is_refused(units: Units[CommunityUnit]) -> None:
    async with units.begin() as unit:
        await unit.articles.save(PLAIN)
        await unit.editions.save(DRAFT)
    with pytest.raises((IntegrityError, SecondInWork)):
        async with units.begin() as unit:
            await unit.editions.save(replace(DRAFT, id=an_id("second"), state=EditionState.NEEDS_CHANGES))


async def test_feedback_comes_back_the_newest_first_and_is_forgotten(units: Units[CommunityUnit]) -> None:
    old = ArticleFeedback(an_id("old"), DRAFT.id, is_helpful=True, missed="", given_on=DAY)
    new = replace(old, id=an_id("new"), is_helpful=False, missed="Te lang.", given_on=DAY + timedelta(days=1))
    async with units.begin() as unit:
        await unit.articles.save(PLAIN)
        await unit.editions.save(DRAFT)
        for one in (old, new):
            await unit.article_feedback.save(one)
        assert await unit.article_feedback.list_of([DRAFT.id]) == [new, old]
        await unit.article_feedback.forget_before(new.given_on)
        assert await unit.article_feedback.list_of([DRAFT.id]) == [new]
        assert await unit.article_feedback.list_of([]) == []
