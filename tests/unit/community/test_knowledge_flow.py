"""The knowledge base: propose, review, publish; what readers see meanwhile, and who is asked to look again."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.community.domain.article import About, ArticleKind
from services.community.domain.article_errors import (
    ArticleNotFound,
    EditionChanged,
    EditionInWork,
    NotTheAuthor,
    NotTheReviewer,
    OwnEdition,
)
from services.community.domain.edition import Words
from services.community.domain.errors import NotInThisState
from services.community.domain.example_errors import TellsWhoItIs
from services.community.handlers.article_feedback import forget_feedback, give_feedback, sum_up
from services.community.handlers.knowledge import (
    Judge,
    approve_edition,
    begin_edition,
    check_edition,
    find_edition,
    join_edition,
    propose_article,
    propose_from,
    publish_at_once,
    rewrite_edition,
    send_back_edition,
    submit_edition,
)
from services.community.handlers.knowledge_reading import (
    Readable,
    Withdrawn,
    find_readable,
    search_articles,
)
from services.community.handlers.knowledge_reviews import (
    list_unchecked,
    withdraw_article,
)
from shared.events.base import Role
from shared.events.knowledge import (
    EditionPublished,
    EditionReturned,
    EditionSubmitted,
    EditionSuperseded,
)
from tests.parts.people import member
from tests.unit.community.world import Community, an_id

BIKE = Words("Een fiets voor een kind regelen", "Vraag het fietsenfonds. Dat kan online.")
STEPS = About(ArticleKind.STEPS, frozenset({"bike"}))
WRITER, OTHER, DESK = an_id(Role.PARTNER), an_id("other"), Judge(an_id("judge"), at_the_desk=True)


async def a_network() -> Community:
    community = Community()
    async with community.units.begin() as unit:
        await unit.members.save(member(WRITER, an_id("desk"), Role.PARTNER))
    return community


async def proposed(community: Community, words: Words = BIKE, by: UUID = WRITER, about: About = STEPS) -> UUID:
    async with community.units.begin() as unit:
        edition_id = await propose_article(words, about, by, unit)
        await submit_edition(edition_id, by, unit)
    return edition_id


async def published(community: Community, words: Words = BIKE, about: About = STEPS) -> str:
    edition_id = await proposed(community, words, about=about)
    async with community.units.begin() as unit:
        return await approve_edition(edition_id, 1, DESK, unit)


async def reads(community: Community, slug: str) -> Readable:
    async with community.units.begin() as unit:
        found = await find_readable(slug, unit)
    assert isinstance(found, Readable)
    return found


def told(community: Community, kind: type) -> list[object]:
    return [one for one in community.published() if isinstance(one, kind)]


async def test_readers_see_the_old_text_until_somebody_else_approves_the_new_one() -> None:
    community = await a_network()
    slug = await published(community)
    article = (await reads(community, slug)).article
    async with community.units.begin() as unit:
        edition_id = await begin_edition(article.id, OTHER, unit)
        await rewrite_edition(edition_id, Words(BIKE.title, "Bel het fietsenfonds."), STEPS, OTHER, unit)
        await submit_edition(edition_id, OTHER, unit)
        await send_back_edition(edition_id, 2, "Noem ook de openingstijden.", DESK, unit)
    assert (await reads(community, slug)).edition.words == BIKE
    async with community.units.begin() as unit:
        _, edition = await find_edition(edition_id, unit)
        assert edition.comment == "Noem ook de openingstijden."
        await submit_edition(edition_id, OTHER, unit)
        await approve_edition(edition_id, 2, DESK, unit)
    assert (await reads(community, slug)).edition.words.body == "Bel het fietsenfonds."
    assert len(told(community, EditionSubmitted)) == 3
    assert told(community, EditionSubmitted)[1].owner_id == WRITER  # type: ignore[attr-defined]
    assert len(told(community, EditionReturned)) == len(told(community, EditionSuperseded)) == 1


async def test_second_who_changes_an_article_is_told_and_writes_along() -> None:
    community = await a_network()
    article = (await reads(community, await published(community))).article
    async with community.units.begin() as unit:
        first = await begin_edition(article.id, WRITER, unit)
    async with community.units.begin() as unit:
        with pytest.raises(EditionInWork) as refused:
            await begin_edition(article.id, OTHER, unit)
        assert refused.value.edition_id == first
        await join_edition(first, OTHER, unit)
        _, edition = await find_edition(first, unit)
    assert edition.author_ids == {WRITER, OTHER}


async def test_text_that_changed_after_it_was_opened_is_not_approved_and_the_difference_is_shown() -> None:
    community = await a_network()
    edition_id = await proposed(community)
    async with community.units.begin() as unit:
        await rewrite_edition(edition_id, Words(BIKE.title, "Iets heel anders."), STEPS, WRITER, unit)
        await rewrite_edition(edition_id, Words(BIKE.title, "Nog iets anders."), STEPS, WRITER, unit)
    async with community.units.begin() as unit:
        with pytest.raises(EditionChanged):
            await approve_edition(edition_id, 1, DESK, unit)
        _, edition = await find_edition(edition_id, unit)
    assert edition.since(1) == [(" ", BIKE.title), ("-", BIKE.body), ("+", "Nog iets anders.")]
    assert edition.since(2)[1] == ("-", "Iets heel anders.")


async def test_author_does_not_approve_and_nobody_else_but_desk_and_owner_does() -> None:
    community = await a_network()
    edition_id = await proposed(community)
    async with community.units.begin() as unit:
        with pytest.raises(OwnEdition):
            await approve_edition(edition_id, 1, Judge(WRITER, at_the_desk=True), unit)
        with pytest.raises(NotTheReviewer):
            await approve_edition(edition_id, 1, Judge(OTHER, at_the_desk=False), unit)
        with pytest.raises(NotTheAuthor):
            await submit_edition(edition_id, OTHER, unit)
        with pytest.raises(NotInThisState):
            await submit_edition(edition_id, WRITER, unit)
        with pytest.raises(TellsWhoItIs):
            await send_back_edition(edition_id, 1, "Dit gaat over Noor.", DESK, unit)


async def test_what_is_published_at_once_is_marked_and_is_overdue_after_five_working_days() -> None:
    community = await a_network()
    async with community.units.begin() as unit:
        edition_id = await propose_article(BIKE, STEPS, WRITER, unit)
        await publish_at_once(edition_id, 1, WRITER, unit)
    async with community.units.begin() as unit:
        (waiting,) = await list_unchecked(unit)
        assert waiting.edition.check_by == unit.city.day_of(unit.now) + timedelta(days=7)
        with pytest.raises(OwnEdition):
            await check_edition(edition_id, Judge(WRITER, at_the_desk=True), unit)
        await check_edition(edition_id, DESK, unit)
    async with community.units.begin() as unit:
        assert await list_unchecked(unit) == []
    (fact,) = told(community, EditionPublished)
    assert fact.is_unchecked  # type: ignore[attr-defined]


async def test_withdrawn_article_points_further_and_old_addresses_stay() -> None:
    community = await a_network()
    slug = await published(community)
    other = await published(community, Words("Fietsles voor kinderen", "Vraag het buurthuis."))
    article, pointer = (await reads(community, slug)).article, (await reads(community, other)).article
    async with community.units.begin() as unit:
        edition_id = await begin_edition(article.id, WRITER, unit)
        await rewrite_edition(edition_id, Words("Een tweedehands fiets", BIKE.body), STEPS, WRITER, unit)
        await submit_edition(edition_id, WRITER, unit)
        renamed = await approve_edition(edition_id, 2, DESK, unit)
    assert renamed == "een-tweedehands-fiets"
    assert (await reads(community, slug)).article.slug == renamed
    async with community.units.begin() as unit:
        with pytest.raises(NotInThisState):
            await withdraw_article(article.id, "Bestaat niet meer.", article.id, DESK, unit)
        await withdraw_article(article.id, "Het fonds is gestopt.", pointer.id, DESK, unit)
    async with community.units.begin() as unit:
        gone = await find_readable(slug, unit)
        with pytest.raises(ArticleNotFound):
            await find_readable("nooit-geweest", unit)
    assert isinstance(gone, Withdrawn)
    assert gone.pointer is not None
    assert gone.pointer.article.slug == other


async def test_question_finds_the_article_in_other_forms_of_its_words() -> None:
    community = await a_network()
    slug = await published(community)
    await published(community, Words("Te weinig eten", "Vraag de voedselbank. Een kind mag mee."), STEPS)
    async with community.units.begin() as unit:
        for question in ("kind zonder fiets", "kinderfietsen", "rijwiel"):
            assert (await search_articles(question, unit))[0].article.slug == slug, question
        assert await search_articles("zwemvliezen", unit) == []


async def test_feedback_counts_for_the_edition_that_is_read() -> None:
    community = await a_network()
    found = await reads(community, await published(community))
    async with community.units.begin() as unit:
        await give_feedback(found.article.id, "", unit, is_helpful=True)
        await give_feedback(found.article.id, "Ik miste het adres.", unit, is_helpful=False)
        with pytest.raises(TellsWhoItIs):
            await give_feedback(found.article.id, "Bel 0612345678.", unit, is_helpful=False)
        summary = (await sum_up([found], unit))[found.article.id]
    assert (summary.helped, summary.did_not, summary.remarks) == (1, 1, ("Ik miste het adres.",))
    community.moves_to(community.now + timedelta(weeks=60))
    async with community.units.begin() as unit:
        await forget_feedback(unit)
        assert (await sum_up([found], unit))[found.article.id].helped == 0


async def test_answer_to_a_question_becomes_a_draft_once() -> None:
    community = await a_network()
    question = an_id("question")
    async with community.units.begin() as unit:
        first = await propose_from(
            question, Words("Wie helpt met een fiets?", "Het fietsenfonds."), "bike", [WRITER, OTHER], unit
        )
        assert first == await propose_from(question, Words("Anders", "Anders."), "bike", [WRITER], unit)
        assert first is not None
        _, edition = await find_edition(first, unit)
    assert edition.words.title == "Wie helpt met een fiets?"
    assert edition.author_ids == {WRITER, OTHER}
