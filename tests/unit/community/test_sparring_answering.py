"""Answering behind the mail, passing on and declining; did it help; a request of it; an article after both OKs."""

from uuid import UUID

import httpx
import pytest

from services.community.domain.sparring import AskState
from services.community.handlers.sparring_letters import prepare_sparring_letter
from services.community.ports.replies import ReplyDraft
from shared.events.base import Role
from shared.events.sparring import (
    SparringAnswerPlaced,
    SparringArticleAsked,
    SparringAskClosed,
    SparringColleagueAsked,
    SparringHelpAsked,
    SparringOfferedToKnowledgeBase,
    SparringPassedOn,
    SparringQuestionHelped,
    SparringTurnedIntoRequest,
)
from tests.unit.community.sparring import ANSWER, PAGE, TEXT, asked, colleagues, facts, link, passes, whom
from tests.unit.community.world import Community, an_id

DRAFT = f"{PAGE}/concept/a-token"


async def answered(community: Community) -> UUID:
    question_id = await asked(community)
    assert (await posts(community, await link(community), text=ANSWER)).status_code == 303
    return question_id


async def posts(community: Community, path: str, **form: str) -> httpx.Response:
    async with community.visitor() as browser:
        return await browser.post(path, data=form)


async def asker_posts(community: Community, path: str, **form: str) -> httpx.Response:
    async with community.visitor(Role.AMBASSADOR) as asker:
        return await asker.post(path, data=form)


async def test_answer_behind_the_mail_reaches_who_asked_and_opening_changes_nothing() -> None:
    community = await colleagues()
    question_id = await asked(community)
    page, before = await link(community), len(community.published())
    async with community.visitor() as browser:
        for _ in range(20):
            assert TEXT in (await browser.get(page)).text
        assert len(community.published()) == before
        assert (await browser.post(page, data={"text": ANSWER})).status_code == 303
        assert "Je hebt al geantwoord" in (await browser.get(page)).text
        assert (await browser.post(page, data={"text": ANSWER})).status_code == 409
    assert [one.subject for one in facts(community, SparringAnswerPlaced)] == [question_id]
    async with community.visitor(Role.AMBASSADOR) as asker:
        text = (await asker.get(f"{PAGE}/{question_id}")).text
    assert (ANSWER in text, "Collega " in text) == (True, True)
    assert ANSWER not in str([one.model_dump_json() for one in community.published()])


async def test_answer_with_a_person_in_it_is_not_placed_and_kept_nowhere() -> None:
    community = await colleagues()
    await asked(community)
    told = "Sem de Boer, 9 jaar, 123456782"
    reply = await posts(community, await link(community), text=told)

    assert (reply.status_code, facts(community, SparringAnswerPlaced)) == (400, [])
    assert "Sem de Boer" not in str(community.units.tables.__dict__)


async def test_after_an_answer_nobody_else_is_asked_and_later_whether_it_helped() -> None:
    community = await colleagues()
    question_id = await answered(community)
    await passes(community, 8)

    assert len(whom(community)) == 3
    assert [one.subject for one in facts(community, SparringHelpAsked)] == [question_id]


async def test_it_helped_and_the_mails_of_the_others_are_no_longer_needed() -> None:
    community = await colleagues()
    question_id = await answered(community)
    path = f"{PAGE}/{question_id}/geholpen"
    async with community.visitor(Role.PARTNER) as other:
        assert (await other.post(path, data={"choice": "yes"})).status_code == 404
    assert (await asker_posts(community, path)).status_code in {400, 404}
    assert (await asker_posts(community, path, choice="yes")).status_code == 303
    assert [one.subject for one in facts(community, SparringQuestionHelped)] == [question_id]
    assert facts(community, SparringArticleAsked) == []
    async with community.units.begin() as unit:
        first = facts(community, SparringColleagueAsked)[0]
        assert await prepare_sparring_letter(first.subject, unit) is None


async def test_it_did_not_help_and_others_are_asked() -> None:
    community = await colleagues()
    question_id = await answered(community)
    await asker_posts(community, f"{PAGE}/{question_id}/geholpen", choice="not-yet")
    assert len(set(whom(community))) == 6


async def test_reply_to_an_ended_question_is_told_so_and_reopens_nothing() -> None:
    community = await colleagues()
    question_id = await asked(community)
    page = await link(community)
    await asker_posts(community, f"{PAGE}/{question_id}/terug")
    reply = await posts(community, page, text=ANSWER)

    assert (reply.status_code, "Deze vraag is al klaar" in reply.text) == (410, True)
    assert facts(community, SparringAnswerPlaced) == []


async def test_question_is_passed_on_to_a_colleague_within_their_limits() -> None:
    community = await colleagues()
    await asked(community)
    page, before = await link(community), whom(community)
    free = next(one for one in (an_id(f"colleague {number}") for number in range(7)) if one not in before)
    assert (await posts(community, f"{page}/door", person=str(before[0]))).status_code == 409
    assert (await posts(community, f"{page}/door", person="")).status_code == 400
    assert (await posts(community, f"{page}/door", person=str(free))).status_code == 303

    (fact,) = facts(community, SparringPassedOn)
    assert (fact.person_id, fact.to_person_id, whom(community)[-1]) == (before[-1], free, free)
    async with community.visitor() as browser:
        assert "dacht dat jij dit weet" in (await browser.get(await link(community))).text


async def test_decline_needs_no_reason_and_nobody_reads_it() -> None:
    community = await colleagues()
    question_id = await asked(community)
    before = len(community.published())
    assert (await posts(community, f"{await link(community)}/niet")).status_code == 303
    assert len(community.published()) == before
    async with community.units.begin() as unit:
        states = {one.person_id: one.state for one in await unit.asks.list_of(question_id)}
    assert states[whom(community)[-1]] is AskState.DECLINED
    async with community.visitor(Role.COORDINATOR) as desk:
        text = (await desk.get(f"{PAGE}/{question_id}")).text
    assert "geen antwoord" in text.split("Wie is gevraagd")[1].split("</ul>")[0]


async def test_turned_into_a_request_only_category_and_horizon_go_along() -> None:
    community = await colleagues()
    question_id = await asked(community)
    path = f"{PAGE}/{question_id}/aanvraag"
    assert (await asker_posts(community, path)).status_code == 400
    reply = await asker_posts(community, path, horizon="long")

    assert reply.headers["location"] == "/aanvragen/nieuw?category=debt&horizon=long"
    assert [one.subject for one in facts(community, SparringTurnedIntoRequest)] == [question_id]
    # Nobody answers any more, by mail neither.
    closed = [one.subject for one in facts(community, SparringAskClosed)]
    assert sorted(closed) == sorted(one.subject for one in facts(community, SparringColleagueAsked))
    assert (await asker_posts(community, path, horizon="long")).status_code == 409


async def test_article_is_offered_after_both_agree_and_the_check_is_done_again() -> None:
    community = await colleagues()
    question_id = await answered(community)
    await asker_posts(community, f"{PAGE}/{question_id}/geholpen", choice="yes", article="true")
    (fact,) = facts(community, SparringArticleAsked)
    path = f"{PAGE}/artikel/{fact.answer_id}"
    assert (await asker_posts(community, path, choice="offer")).status_code == 404
    async with community.units.begin() as unit:
        answer = await unit.answers.get(fact.answer_id)
        assert answer is not None
        answer.text = "Bel 06 12345678."
        await unit.answers.save(answer)
    async with community.visitor(Role.PARTNER, whose=fact.person_id) as colleague:
        assert (await colleague.get(path)).status_code == 200
        assert (await colleague.post(path, data={"choice": "offer"})).status_code == 400
        assert facts(community, SparringOfferedToKnowledgeBase) == []
        async with community.units.begin() as unit:
            answer.text = ANSWER
            await unit.answers.save(answer)
        offered = await colleague.post(path, data={"choice": "offer"})
        assert offered.status_code == 303
        draft = await colleague.get(offered.headers["location"])
        assert (await colleague.post(path, data={"choice": "keep"})).status_code == 409
    assert len(facts(community, SparringOfferedToKnowledgeBase)) == 1
    assert TEXT in draft.text
    assert ANSWER in draft.text


async def test_who_answered_keeps_it_between_them() -> None:
    community = await colleagues()
    question_id = await answered(community)
    await asker_posts(community, f"{PAGE}/{question_id}/geholpen", choice="yes", article="true")
    (fact,) = facts(community, SparringArticleAsked)
    async with community.visitor(Role.PARTNER, whose=fact.person_id) as colleague:
        reply = await colleague.post(f"{PAGE}/artikel/{fact.answer_id}", data={"choice": "keep"})
    assert (reply.status_code, facts(community, SparringOfferedToKnowledgeBase)) == (303, [])


async def replied(community: Community, text: str = ANSWER) -> UUID:
    """What somebody answered by mail waits."""
    question_id = await asked(community)
    ask = facts(community, SparringColleagueAsked)[-1]
    community.replies.drafts["a-token"] = ReplyDraft(ask.subject, ask.person_id, text)
    return question_id


async def test_answer_by_mail_is_shown_and_placed_with_one_button() -> None:
    community = await colleagues()
    question_id = await replied(community)
    async with community.visitor() as browser:
        for _ in range(5):
            assert (await browser.get(DRAFT)).status_code == 200
        page = (await browser.get(DRAFT)).text
        assert ("Zo komt je antwoord erin te staan" in page, ANSWER in page) == (True, True)
        assert facts(community, SparringAnswerPlaced) == []
        assert (await browser.post(DRAFT, data={"text": f"{ANSWER} Luister vooral."})).status_code == 303
        assert (await browser.get(DRAFT)).status_code == 404
    async with community.units.begin() as unit:
        (answer,) = await unit.answers.list_of([question_id])
    assert answer.text == f"{ANSWER} Luister vooral."


@pytest.mark.parametrize("text", ["Sem de Boer weet het.", "Bel 06 12345678."])
async def test_answer_by_mail_with_a_person_in_it_is_not_placed(text: str) -> None:
    community = await colleagues()
    await replied(community, text)
    assert (await posts(community, DRAFT, text=text)).status_code == 400
    assert (facts(community, SparringAnswerPlaced), "a-token" in community.replies.drafts) == ([], True)


async def test_answer_by_mail_to_what_is_over_or_of_somebody_else_is_not_placed() -> None:
    community = await colleagues()
    question_id = await replied(community)
    draft = community.replies.drafts["a-token"]
    community.replies.drafts["a-token"] = ReplyDraft(draft.about, an_id("stranger"), ANSWER)
    assert (await posts(community, DRAFT, text=ANSWER)).status_code == 404
    community.replies.drafts["a-token"] = draft
    await asker_posts(community, f"{PAGE}/{question_id}/terug")
    assert (await posts(community, DRAFT, text=ANSWER)).status_code == 410
    assert (facts(community, SparringAnswerPlaced), community.replies.drafts) == ([], {})
