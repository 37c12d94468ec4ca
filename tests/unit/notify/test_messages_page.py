"""`/berichten` as a coordinator sees it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from prometheus_client import CollectorRegistry

from services.notify.domain.message import MessageState
from services.notify.domain.outcome import Accepted, Deferred, Reason, Refused, Unknown
from services.notify.settings import NotifySettings
from services.notify.web import pages
from services.notify.web.app import make_app
from services.notify.web.dependencies import Doors
from shared.access.sessions import COOKIE, Session, Sessions
from shared.events.base import Role
from shared.events.notify import RefusalKind
from shared.kernel.clock import Clock
from shared.kernel.settings import load
from shared.web.pages import Templates
from shared.web.rate_limit import RateLimiter
from tests.parts.city import SCHIEWIJK
from tests.unit.notify import scenes
from tests.unit.notify.scenes import NOW, Scene

SITE = "https://schakel.example"
KEY = "k" * 32
ENVIRONMENT = {
    "SCHAKEL_ENVIRONMENT": "test",
    "SCHAKEL_DATABASE_URL": "postgresql+asyncpg://nobody@localhost/nothing",
    "SCHAKEL_PUBLIC_URL": SITE,
    "SCHAKEL_CITY": str(SCHIEWIJK),
    "SCHAKEL_SESSION_KEY": KEY,
    "SCHAKEL_SERVICE_KEY": KEY,
    "SCHAKEL_SMTP_HOST": "localhost",
    "SCHAKEL_MAIL_FROM": "schakel@schiewijk.example",
}
BOUNCED = Refused(RefusalKind.REFUSED_BY_SERVER, 550, address_at_fault=True)


@dataclass
class Parts:
    """What the app's doors need."""

    clock: Clock
    limiter: RateLimiter | None = None
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)


def client(scene: Scene, role: Role | None) -> httpx.AsyncClient:
    doors = Doors(scene.units, Templates("services.notify"))
    app = make_app(doors, load(NotifySettings, ENVIRONMENT), Parts(scene.clock), {})
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=SITE, headers={"Origin": SITE})
    if role:
        session = Session(UUID(int=77), role, UUID(int=78))
        http.cookies.set(COOKIE, Sessions(KEY, secure=True).issue(session, NOW))
    return http


@pytest.fixture
async def desk(scene: Scene) -> AsyncIterator[httpx.AsyncClient]:
    async with client(scene, Role.COORDINATOR) as http:
        yield http


async def test_failed_message_stands_above_what_may_have_arrived_and_what_waits(
    scene: Scene, desk: httpx.AsyncClient
) -> None:
    await scene.given(scenes.request_received())
    await scene.attempt(Deferred(Reason.MAIL_SERVER_BUSY, 451))
    await scene.given(scenes.partner_activated())
    await scene.attempt(Unknown())
    await scene.given(scenes.follow_up_due())
    await scene.attempt(BOUNCED)

    page = (await desk.get("/berichten")).text

    reasons = ["De mailserver weigert deze mail.", "De verbinding viel weg", "vroeg om later terug te komen"]
    places = [page.index(reason) for reason in reasons]
    assert places == sorted(places)
    assert page.count("Probeer opnieuw") == 1


async def test_retry_button_queues_the_message_again(scene: Scene, desk: httpx.AsyncClient) -> None:
    await scene.given(scenes.request_received())
    message = await scene.attempt(BOUNCED)

    reply = await desk.post(f"/berichten/{message.id}/opnieuw")

    assert (reply.status_code, reply.headers["Location"]) == (303, "/berichten?opnieuw=ja")
    assert scene.messages()[0].state is MessageState.QUEUED
    assert "Schakel probeert het opnieuw" in (await desk.get(reply.headers["Location"])).text


async def test_retry_of_a_message_that_was_sent_is_refused_in_words(scene: Scene, desk: httpx.AsyncClient) -> None:
    await scene.given(scenes.request_received())
    message = await scene.attempt(Accepted())

    reply = await desk.post(f"/berichten/{message.id}/opnieuw")

    assert reply.status_code == 409
    assert "Dit bericht kan niet opnieuw worden verstuurd." in reply.text


async def test_retry_of_a_message_that_is_not_there_is_not_found(desk: httpx.AsyncClient) -> None:
    assert (await desk.post(f"/berichten/{UUID(int=5)}/opnieuw")).status_code == 404


async def test_state_that_is_chosen_shows_its_messages_only(scene: Scene, desk: httpx.AsyncClient) -> None:
    await scene.given(scenes.request_received())
    await scene.attempt(Accepted())
    await scene.given(scenes.partner_activated())

    page = (await desk.get("/berichten?toestand=accepted")).text
    assert "Aanvraag ontvangen" in page
    assert "Kun je helpen?" not in page


async def test_mail_server_that_is_away_is_said_on_top(scene: Scene, desk: httpx.AsyncClient) -> None:
    await scene.given(scenes.request_received())
    await scene.attempt(Deferred(Reason.MAIL_SERVER_AWAY))

    assert "De mail wacht" in (await desk.get("/berichten")).text


async def test_many_failed_messages_hide_neither_what_waits_nor_why(
    scene: Scene, desk: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SHOWN", 1)
    for event in (scenes.request_received(), scenes.follow_up_due()):
        await scene.given(event)
        await scene.attempt(BOUNCED)
    await scene.given(scenes.partner_activated())
    await scene.attempt(Deferred(Reason.MAIL_SERVER_AWAY))

    page = (await desk.get("/berichten")).text
    assert ("De mail wacht" in page, "Kun je helpen?" in page, page.count("niet aangekomen")) == (True, True, 2)
    assert "De mail wacht" in (await desk.get("/berichten?toestand=refused")).text


async def test_nothing_stuck_is_said_in_words(desk: httpx.AsyncClient) -> None:
    assert "Er zit niets vast." in (await desk.get("/berichten")).text


async def test_parked_events_have_their_page_beside_it(desk: httpx.AsyncClient) -> None:
    reply = await desk.get("/berichten/geparkeerd")
    assert (reply.status_code, "Er staat niets apart" in reply.text) == (200, True)


@pytest.mark.parametrize("role", [Role.AMBASSADOR, Role.PARTNER])
async def test_page_is_not_for_other_roles(scene: Scene, role: Role) -> None:
    async with client(scene, role) as http:
        assert (await http.get("/berichten")).status_code == 403


async def test_page_asks_who_is_not_signed_in_to_sign_in(scene: Scene) -> None:
    async with client(scene, None) as http:
        reply = await http.get("/berichten")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/inloggen?naar=/berichten")


async def test_retry_from_another_site_changes_nothing(scene: Scene, desk: httpx.AsyncClient) -> None:
    await scene.given(scenes.request_received())
    message = await scene.attempt(BOUNCED)
    scene.clock.forward(timedelta(seconds=1))

    reply = await desk.post(f"/berichten/{message.id}/opnieuw", headers={"Origin": "https://elders.example"})

    assert reply.status_code == 403
    assert scene.messages()[0].state is MessageState.REFUSED
