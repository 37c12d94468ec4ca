"""Mails to whoever follows themes: community says to which address or to whom, and matching where that is."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.notify.adapters.community_letters import CommunityDoor, CommunityFollowLetters
from services.notify.domain.letter import Delivery, NoLongerNeeded
from services.notify.domain.message import Message
from services.notify.ports.sending import SeatLettersAway
from shared.access.service_tokens import ServiceTokens
from shared.events import following
from tests.parts.keys import ring
from tests.twins.clock import HeldClock
from tests.unit.notify import network
from tests.unit.notify.builders import NOW
from tests.unit.notify.twin import Notify

FOLLOWER, GATHERING, PERSON = UUID(int=80), UUID(int=71), UUID(int=81)
TOLD: Mapping[str, Any] = {
    "state": "deliver", "link": "https://schakel.example/bijeenkomsten/1", "stop": "https://schakel.example/stop",
    "gathering": {"title": "Avond", "startsAt": NOW.isoformat(), "endsAt": NOW.isoformat()},
}  # fmt: skip


class People:
    """Matching, which knows one address."""

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded | None:
        return Delivery("sam@desk.example", "Sam") if message.draft.recipient_id == PERSON else None


async def delivered(notify: Notify, answer: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
    """What becomes of the newest message when community answers so; and what it was asked last."""
    asked: list[dict[str, Any]] = []

    def reply(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return httpx.Response(200, json=dict(answer))

    async with httpx.AsyncClient(transport=httpx.MockTransport(reply)) as http:
        tokens = ServiceTokens(ring("notify"), "notify", HeldClock(NOW))
        letters = CommunityFollowLetters(CommunityDoor(http, "http://community:8000", tokens), People())
        return await letters.delivery(notify.messages()[-1]), asked[-1]


@pytest.fixture
async def told(notify: Notify) -> Notify:
    await notify.given(
        network.network(following.FollowRequested, subject=FOLLOWER, confirm_by=NOW),
        network.network(following.ThemeAnnounced, subject=FOLLOWER, gathering_id=GATHERING),
        network.network(following.ThemeReported, subject=FOLLOWER, gathering_id=GATHERING),
    )
    return notify


async def test_each_event_is_one_mail(told: Notify) -> None:
    mails = [(one.draft.mail.template, one.draft.recipient_id, one.draft.about_id) for one in told.messages()]
    assert mails == [
        ("follow-confirm", FOLLOWER, FOLLOWER),
        ("theme-announced", FOLLOWER, GATHERING),
        ("theme-reported", FOLLOWER, GATHERING),
    ]


async def test_address_that_community_gives_is_where_it_goes(told: Notify) -> None:
    found, asked = await delivered(told, {**TOLD, "address": "noor@school.example"})
    of_report = {"followerId": str(FOLLOWER), "gatheringId": str(GATHERING), "occasion": "reported"}
    assert asked == of_report | {"reader": None}
    assert (found.address, found.link, found.stop) == ("noor@school.example", TOLD["link"], TOLD["stop"])
    assert found.gathering.title == "Avond"


async def test_person_is_looked_up_at_matching(told: Notify) -> None:
    found, asked = await delivered(told, {**TOLD, "personId": str(PERSON)})
    assert asked["reader"] == "sam@desk.example"
    assert (found.address, found.name, found.stop) == ("sam@desk.example", "Sam", TOLD["stop"])
    assert (await delivered(told, {**TOLD, "personId": str(GATHERING)}))[0] is None


async def test_nothing_goes_to_who_stopped_and_an_answer_to_nobody_is_none(told: Notify) -> None:
    assert (await delivered(told, {"state": "no-longer-needed"}))[0] == NoLongerNeeded()
    with pytest.raises(SeatLettersAway):
        await delivered(told, TOLD)
