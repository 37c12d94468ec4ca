"""What notify asks of matching and monitoring at the moment of sending, and how it reads each answer."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.notify.adapters.matching_address_book import MatchingAddressBook
from services.notify.adapters.monitoring_follow_up_links import MonitoringFollowUpLinks
from services.notify.domain.draft import MessageDraft
from services.notify.domain.letter import Delivery, FollowUpLink, NoLongerNeeded
from services.notify.domain.mails.entries import ask_whether_entry_is_right
from services.notify.domain.mails.follow_ups import ask_how_the_child_is
from services.notify.domain.mails.joining import ask_to_confirm_address
from services.notify.domain.mails.partners import ask_partner
from services.notify.domain.mails.sign_in import send_sign_in_code
from services.notify.domain.message import Message
from services.notify.ports.sending import AddressBookAway, FollowUpLinksAway
from services.notify.sender.attempt import SendingMessage
from shared.access.service_tokens import ServiceTokens
from shared.events import directory
from shared.kernel.spans import NO_SPANS
from tests.parts.keys import ring
from tests.twins.clock import HeldClock
from tests.unit.notify import builders, network
from tests.unit.notify.builders import NOW

CLOCK = HeldClock(NOW)
TOKENS = ServiceTokens(ring("notify"), "notify", CLOCK)
PERSON: dict[str, Any] = {"address": "zoe@fietsen.example", "name": "Zoë"}
LINK = {"link": "https://schakel.example/vervolg/x", "shortCode": "HKMW-7QXA"}
Answer = Callable[[httpx.Request], httpx.Response]


def message(draft: MessageDraft) -> Message:
    return Message.queue(draft, UUID(int=99), NOW)


ASKED = message(ask_partner(builders.partner_activated()))
FOLLOW_UP = message(ask_how_the_child_is(builders.follow_up_due())[0])
CODE = message(send_sign_in_code(builders.sign_in_requested()))


def answers(*each: dict[str, str]) -> object:
    return {"answers": [{"state": "deliver"} | one for one in each]}


def addresses(answer: Answer) -> MatchingAddressBook:
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return MatchingAddressBook(http, "http://matching:8000", TOKENS)


def links(answer: Answer) -> MonitoringFollowUpLinks:
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return MonitoringFollowUpLinks(http, "http://monitoring:8000", TOKENS)


class Heard:
    """Remembers the last request, and gives one answer."""

    def __init__(self, body: object, status: int = 200) -> None:
        self._answer = httpx.Response(status, json=body)
        self.request = httpx.Request("GET", "http://nobody")
        self.times = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.request = request
        self.times += 1
        return self._answer

    def caller(self, audience: str) -> str | None:
        token = self.request.headers["Authorization"].removeprefix("Bearer ")
        caller = ServiceTokens(ring(audience), audience, CLOCK).read(token)
        return caller.service if caller else None


def away(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectTimeout("nobody there")


async def test_matching_is_asked_with_a_service_token_and_with_the_referral_of_a_question() -> None:
    heard = Heard(answers(PERSON | {"link": "https://schakel.example/antwoord/x", "shortCode": "HKMW-7QXA"}))

    delivery = await addresses(heard).delivery(ASKED)

    assert delivery == Delivery(**PERSON, link="https://schakel.example/antwoord/x", short_code="HKMW-7QXA")
    assert str(heard.request.url) == "http://matching:8000/internal/deliveries"
    assert heard.caller("matching") == "notify"
    assert heard.caller("intake") is None
    assert json.loads(heard.request.content) == {
        "questions": [
            {
                "recipientId": str(builders.CONTACT),
                "referralId": str(builders.REFERRAL),
            }
        ]
    }


async def test_matching_gives_the_code_of_a_sign_in() -> None:
    heard = Heard(answers(PERSON | {"code": "482913"}))

    assert await addresses(heard).delivery(CODE) == Delivery(**PERSON, code="482913")
    assert json.loads(heard.request.content)["questions"][0]["signInId"] == str(builders.SIGN_IN)


async def test_person_that_matching_does_not_know_has_no_address() -> None:
    assert await addresses(Heard(answers({"state": "nobody"}))).delivery(ASKED) is None


async def test_question_that_matching_calls_over_is_no_longer_needed() -> None:
    assert await addresses(Heard(answers({"state": "no-longer-needed"}))).delivery(ASKED) == NoLongerNeeded()


async def test_what_is_asked_at_once_is_asked_together_and_each_gets_its_own_answer() -> None:
    heard = Heard(answers(PERSON | {"code": "482913"}, {"state": "nobody"}, {"state": "no-longer-needed"}))
    book = addresses(heard)

    found = await asyncio.gather(*(book.delivery(each) for each in (CODE, ASKED, FOLLOW_UP)))

    assert found == [Delivery(**PERSON, code="482913"), None, NoLongerNeeded()]
    assert heard.times == 1


@pytest.mark.parametrize("together", [1, 2])
async def test_question_carries_the_trace_of_the_mail_it_is_for_unless_it_is_for_several(together: int) -> None:
    heard = Heard(answers(*[PERSON] * together))
    with SendingMessage(ASKED, NO_SPANS) as attempt:
        book = addresses(heard)
        await asyncio.gather(*(book.delivery(ASKED) for _ in range(together)))
    assert heard.request.headers.get("traceparent") == (attempt.traceparent if together == 1 else None)


async def test_question_for_a_link_carries_the_trace_of_its_mail() -> None:
    heard = Heard(LINK)
    with SendingMessage(FOLLOW_UP, NO_SPANS) as attempt:
        await links(heard).link(FOLLOW_UP)
    assert heard.request.headers["traceparent"] == attempt.traceparent


async def test_question_that_matching_stumbles_over_holds_up_no_other() -> None:
    def stumbles_over_a_code(request: httpx.Request) -> httpx.Response:
        questions = json.loads(request.content)["questions"]
        if any("signInId" in question for question in questions):
            return httpx.Response(500)
        return httpx.Response(200, json=answers(*[PERSON] * len(questions)))

    book = addresses(stumbles_over_a_code)
    found = await asyncio.gather(*(book.delivery(each) for each in (ASKED, CODE, FOLLOW_UP)), return_exceptions=True)

    assert [type(each) for each in found] == [Delivery, AddressBookAway, Delivery]


@pytest.mark.parametrize(
    "answer",
    [
        away, Heard({}, 503), Heard({}, 401), Heard({}, 404), Heard({}, 500), Heard({"adres": "?"}), Heard([]),
        Heard({"answers": []}), Heard({"answers": [{"state": "deliver"}]}), Heard({"answers": [{"state": "later"}]}),
    ],
)  # fmt: skip
async def test_matching_without_a_usable_answer_is_away(answer: Answer) -> None:
    with pytest.raises(AddressBookAway):
        await addresses(answer).delivery(ASKED)


async def test_monitoring_gives_a_link_for_one_follow_up_and_one_person() -> None:
    heard = Heard(LINK)

    assert await links(heard).link(FOLLOW_UP) == FollowUpLink(LINK["link"], LINK["shortCode"])
    assert str(heard.request.url) == "http://monitoring:8000/internal/follow-up-links"
    assert heard.caller("monitoring") == "notify"
    assert json.loads(heard.request.content) == {
        "followUpId": str(builders.FOLLOW_UP),
        "recipientId": str(builders.AMBASSADOR),
    }


@pytest.mark.parametrize("status", [404, 409, 410])
async def test_follow_up_that_monitoring_calls_over_is_no_longer_needed(status: int) -> None:
    assert await links(Heard({}, status)).link(FOLLOW_UP) == NoLongerNeeded()


@pytest.mark.parametrize("answer", [away, Heard({}, 503), Heard({"link": "x"})])
async def test_monitoring_without_a_usable_answer_is_away(answer: Answer) -> None:
    with pytest.raises(FollowUpLinksAway):
        await links(answer).link(FOLLOW_UP)


@pytest.mark.parametrize(
    ("draft", "asked"),
    [
        (
            ask_to_confirm_address(network.network(directory.ApplicationStarted)),
            {"directoryId": str(builders.PARTNER), "directoryLink": "application"},
        ),
        (
            ask_whether_entry_is_right(network.network(directory.EntryCheckDue, person_id=builders.CONTACT, number=1)),
            {"directoryId": str(builders.PARTNER)},
        ),
    ],
)
async def test_link_to_the_directory_is_asked_for_what_the_mail_is_about(
    draft: MessageDraft, asked: dict[str, str]
) -> None:
    heard = Heard(answers(PERSON | LINK))
    found = await addresses(heard).delivery(message(draft))

    (question,) = json.loads(heard.request.content)["questions"]
    assert question == {"recipientId": str(draft.recipient_id)} | asked
    assert isinstance(found, Delivery)
    assert (found.link, found.short_code) == (LINK["link"], LINK["shortCode"])
