"""Mails about questions to colleagues: community tells what is asked, at the moment of sending."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.notify.adapters.community_letters import CommunityDoor, CommunitySparringLetters
from services.notify.domain.letter import Delivery, NoLongerNeeded
from shared.access.service_tokens import ServiceTokens
from shared.events import sparring
from tests.parts.keys import ring
from tests.twins.clock import HeldClock
from tests.unit.notify import network
from tests.unit.notify.builders import NOW
from tests.unit.notify.twin import Notify

ASK, QUESTION, PERSON, ASKER, ANSWER = (UUID(int=number) for number in (90, 91, 92, 93, 94))


async def completed(notify: Notify, answer: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    asked: list[dict[str, Any]] = []

    def reply(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return httpx.Response(200, json=answer)

    async with httpx.AsyncClient(transport=httpx.MockTransport(reply)) as http:
        tokens = ServiceTokens(ring("notify"), "notify", HeldClock(NOW))
        letters = CommunitySparringLetters(CommunityDoor(http, "http://community:8000", tokens))
        delivery = Delivery("sam@partner.example", "Sam")
        return await letters.completed(notify.messages()[0], delivery), asked[-1]


@pytest.fixture
async def told(notify: Notify) -> Notify:
    facts: dict[str, Any] = {"question_id": QUESTION, "person_id": PERSON}
    await notify.given(
        network.network(sparring.SparringColleagueAsked, subject=ASK, asked_by=ASKER, **facts),
        network.network(sparring.SparringReminderDue, subject=ASK, **facts),
        network.network(sparring.SparringAnswerPlaced, subject=QUESTION, person_id=ASKER, answer_id=ANSWER),
        network.network(sparring.SparringHelpAsked, subject=QUESTION, person_id=ASKER),
        network.network(sparring.SparringArticleAsked, subject=QUESTION, person_id=PERSON, answer_id=ANSWER),
    )
    return notify


async def test_each_event_is_one_mail(told: Notify) -> None:
    mails = {(one.draft.mail.template, one.draft.recipient_id, one.draft.about_id) for one in told.messages()}
    assert mails == {
        ("sparring-asked", PERSON, ASK),
        ("sparring-reminder", PERSON, ASK),
        ("sparring-answered", ASKER, QUESTION),
        ("sparring-helped", ASKER, QUESTION),
        ("sparring-article", PERSON, ANSWER),
    }


async def test_who_asks_without_a_name_is_not_in_the_mail(notify: Notify) -> None:
    asked = network.network(sparring.SparringColleagueAsked, subject=ASK, question_id=QUESTION, person_id=PERSON)
    await notify.given(asked)
    assert notify.messages()[0].draft.people == []


async def test_mail_that_asks_is_answered_by_mail_until_the_question_is_over(notify: Notify) -> None:
    asked = network.network(sparring.SparringColleagueAsked, subject=ASK, question_id=QUESTION, person_id=PERSON)
    await notify.given(asked)
    assert notify.messages()[0].draft.replies_about == ASK
    async with notify.units.begin() as unit:
        assert not await unit.closed_questions.is_closed(ASK)
    await notify.given(network.network(sparring.SparringAskClosed, subject=ASK, question_id=QUESTION, person_id=PERSON))
    async with notify.units.begin() as unit:
        assert await unit.closed_questions.is_closed(ASK)


async def test_question_and_link_come_from_community_when_it_is_sent(told: Notify) -> None:
    told_now = {"state": "deliver", "link": "https://schakel.example/sparren/antwoord/x", "question": "Hoe dan?"}
    delivery, asked = await completed(told, told_now)
    assert (delivery.link, delivery.question, delivery.address) == (
        "https://schakel.example/sparren/antwoord/x", "Hoe dan?", "sam@partner.example",
    )  # fmt: skip
    assert asked == {"askId": str(ASK)}
    assert (await completed(told, {"state": "no-longer-needed"}))[0] == NoLongerNeeded()
