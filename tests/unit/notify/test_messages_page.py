"""`/berichten` as a coordinator sees it."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from services.notify.domain.message import MessageState
from services.notify.domain.outcome import Accepted, Deferred, Reason, Refused, Unknown
from services.notify.web.pages import messages
from shared.events.base import Role
from shared.events.notify import RefusalKind
from tests.unit.notify import builders
from tests.unit.notify.app import visitor
from tests.unit.notify.twin import Notify

BOUNCED = Refused(RefusalKind.REFUSED_BY_SERVER, 550, address_at_fault=True)


@pytest.fixture
async def desk(notify: Notify) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(notify, Role.COORDINATOR) as http:
        yield http


async def test_failed_message_stands_above_what_may_have_arrived_and_what_waits(
    notify: Notify, desk: httpx.AsyncClient
) -> None:
    await notify.given(builders.request_received())
    await notify.attempt(Deferred(Reason.MAIL_SERVER_BUSY, 451))
    await notify.given(builders.partner_activated())
    await notify.attempt(Unknown())
    await notify.given(builders.follow_up_due())
    await notify.attempt(BOUNCED)

    page = (await desk.get("/berichten")).text

    reasons = ["De mailserver weigert deze mail.", "De verbinding viel weg", "vroeg om later terug te komen"]
    places = [page.index(reason) for reason in reasons]
    assert places == sorted(places)
    assert "Probeer opnieuw" not in page
    assert "Probeer opnieuw" in (await desk.get(f"/berichten/{notify.messages()[-1].id}")).text


async def test_retry_button_queues_the_message_again(notify: Notify, desk: httpx.AsyncClient) -> None:
    await notify.given(builders.request_received())
    message = await notify.attempt(BOUNCED)

    reply = await desk.post(f"/berichten/{message.id}/opnieuw")

    assert (reply.status_code, reply.headers["Location"]) == (303, f"/berichten/{message.id}?opnieuw=ja")
    assert notify.messages()[0].state is MessageState.QUEUED
    assert "Schakel verstuurt deze mail" in (await desk.get(reply.headers["Location"])).text


async def test_retry_of_a_message_that_was_sent_is_refused_in_words(notify: Notify, desk: httpx.AsyncClient) -> None:
    await notify.given(builders.request_received())
    message = await notify.attempt(Accepted())

    reply = await desk.post(f"/berichten/{message.id}/opnieuw")

    assert reply.status_code == 409
    assert "Dit bericht kan niet opnieuw worden verstuurd." in reply.text


async def test_retry_of_a_message_that_is_not_there_is_not_found(desk: httpx.AsyncClient) -> None:
    assert (await desk.post(f"/berichten/{UUID(int=5)}/opnieuw")).status_code == 404


async def test_state_that_is_chosen_shows_its_messages_only(notify: Notify, desk: httpx.AsyncClient) -> None:
    await notify.given(builders.request_received())
    await notify.attempt(Accepted())
    await notify.given(builders.partner_activated())

    page = (await desk.get("/berichten?toestand=accepted")).text
    assert "Aanvraag ontvangen" in page
    assert "Kun je helpen?" not in page


async def test_mail_server_that_is_away_is_said_on_top(notify: Notify, desk: httpx.AsyncClient) -> None:
    await notify.given(builders.request_received())
    await notify.attempt(Deferred(Reason.MAIL_SERVER_AWAY))

    assert "De mail wacht" in (await desk.get("/berichten")).text


async def test_many_failed_messages_hide_neither_what_waits_nor_why(
    notify: Notify, desk: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "SHOWN", 1)
    for event in (builders.request_received(), builders.follow_up_due()):
        await notify.given(event)
        await notify.attempt(BOUNCED)
    await notify.given(builders.partner_activated())
    await notify.attempt(Deferred(Reason.MAIL_SERVER_AWAY))

    page = (await desk.get("/berichten")).text
    assert ("De mail wacht" in page, "Kun je helpen?" in page, page.count("niet aangekomen")) == (True, True, 2)
    assert "De mail wacht" in (await desk.get("/berichten?toestand=refused")).text


async def test_reader_of_a_message_is_called_what_the_city_calls_it(notify: Notify, desk: httpx.AsyncClient) -> None:
    await notify.given(builders.person_joined(builders.COORDINATOR), builders.partner_activated())
    await notify.given(builders.no_partner_found(), builders.child_out_of_sight())
    page = (await desk.get("/berichten?toestand=queued")).text
    readers = sorted(set(re.findall(r">Voor</span><span[^>]*>(.+?)</span>", page)))
    assert readers == ["de Bliep-ambassadeur", "de partner", "het Schakelpunt"]


async def test_nothing_stuck_is_said_in_words(desk: httpx.AsyncClient) -> None:
    assert "Er zit niets vast." in (await desk.get("/berichten")).text


async def test_parked_events_have_their_page_beside_it(desk: httpx.AsyncClient) -> None:
    reply = await desk.get("/berichten/geparkeerd")
    assert (reply.status_code, "Er staat niets apart" in reply.text) == (200, True)


@pytest.mark.parametrize("role", [Role.AMBASSADOR, Role.PARTNER])
async def test_page_is_not_for_other_roles(notify: Notify, role: Role) -> None:
    async with visitor(notify, role) as http:
        assert (await http.get("/berichten")).status_code == 403


async def test_page_asks_who_is_not_signed_in_to_sign_in(notify: Notify) -> None:
    async with visitor(notify, None) as http:
        reply = await http.get("/berichten")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/inloggen?naar=/berichten")


async def test_retry_from_another_site_changes_nothing(notify: Notify, desk: httpx.AsyncClient) -> None:
    await notify.given(builders.request_received())
    message = await notify.attempt(BOUNCED)
    notify.clock.forward(timedelta(seconds=1))

    reply = await desk.post(f"/berichten/{message.id}/opnieuw", headers={"Origin": "https://elders.example"})

    assert reply.status_code == 403
    assert notify.messages()[0].state is MessageState.REFUSED
