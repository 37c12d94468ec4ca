"""Given what becomes of cards and trainings: who reads of it, and what; and what community is asked then."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.notify.adapters.address_books import AddressBooks
from services.notify.adapters.community_letters import CommunityCardLetters, CommunityDoor
from services.notify.domain.letter import Delivery, NoLongerNeeded
from services.notify.domain.message import Message
from services.notify.ports.sending import SeatLettersAway
from shared.access.service_tokens import ServiceTokens
from shared.events import cards
from shared.events.base import Role
from tests.parts.keys import ring
from tests.parts.people import listed
from tests.twins.clock import HeldClock
from tests.unit.notify import network
from tests.unit.notify.builders import COORDINATOR, NOW, PARTNER
from tests.unit.notify.letters import written
from tests.unit.notify.test_who_is_told_of_the_network import told
from tests.unit.notify.twin import Notify

NOOR, SAM, MAIL = UUID(int=90), UUID(int=91), UUID(int=92)
UNTIL = NOW.date()


class People:
    """Matching, which knows one address."""

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded | None:
        return Delivery("noor@school.example", "Noor") if message.draft.recipient_id == NOOR else None


async def delivered(notify: Notify, status: int = 200, **answer: Any) -> tuple[Any, dict[str, Any]]:  # noqa: ANN401
    """What becomes of the newest message when community answers so; and what it was asked."""
    asked: list[dict[str, Any]] = []

    def reply(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return httpx.Response(status, json=answer)

    async with httpx.AsyncClient(transport=httpx.MockTransport(reply)) as http:
        tokens = ServiceTokens(ring("notify"), "notify", HeldClock(NOW))
        letters: Any = CommunityCardLetters(CommunityDoor(http, "http://community:8000", tokens))
        none: Any = None
        books = AddressBooks(People(), none, none, none, letters, none)
        return await books.delivery(notify.messages()[-1]), asked[-1]


async def test_mail_through_the_site_goes_to_its_reader_with_who_wrote(notify: Notify) -> None:
    await notify.given(network.network(cards.CardMailed, subject=MAIL, person_id=NOOR, from_person_id=SAM))
    assert told(notify) == [("card-mail", NOOR)]
    (message,) = notify.messages()
    assert (message.draft.about_id, message.draft.facts) == (MAIL, {"who": str(SAM)})

    delivery, asked = await delivered(notify, state="deliver", words="Bel je mij?")
    assert asked == {"aboutId": str(MAIL), "occasion": "card-mail"}
    assert (delivery.address, delivery.card.words) == ("noor@school.example", "Bel je mij?")
    assert "Kun je mij bellen?" in written(message.draft).text


async def test_mail_that_is_not_wanted_any_more_does_not_leave(notify: Notify) -> None:
    await notify.given(network.network(cards.CardMailed, subject=MAIL, person_id=NOOR, from_person_id=SAM))
    assert await delivered(notify, state="no-longer-needed") == (
        NoLongerNeeded(), {"aboutId": str(MAIL), "occasion": "card-mail"},
    )  # fmt: skip
    with pytest.raises(SeatLettersAway):
        await delivered(notify, 503)


async def test_owner_is_asked_with_what_each_reads(notify: Notify) -> None:
    await notify.given(network.network(cards.CardCheckDue, subject=NOOR))
    assert told(notify) == [("card-check", NOOR)]
    text = written(notify.messages()[0].draft).text
    assert ("Mobiel: 06 12345678" in text, "Alleen je naam, organisatie en rol" in text) == (True, True)


async def test_trusted_person_hears_before_and_when_a_training_ends_and_the_desk_then(notify: Notify) -> None:
    await notify.given(listed(COORDINATOR, PARTNER, Role.COORDINATOR, at=NOW))
    await notify.given(
        network.network(cards.TrainingExpiryDue, subject=NOOR, valid_until=UNTIL),
        network.network(cards.TrainingExpired, subject=NOOR, valid_until=UNTIL),
    )
    assert told(notify) == [
        ("training-expiring", NOOR),
        ("training-expired", NOOR),
        ("training-of-somebody-expired", COORDINATOR),
    ]
