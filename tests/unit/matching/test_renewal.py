"""A session lasts as long as somebody is at work: pages of all services have the browser fetch a new cookie."""

from datetime import timedelta
from uuid import UUID

import pytest

from shared.access.sessions import COOKIE, IDLE_FOR, RENEWAL, SESSION_LASTS, Session
from shared.events.base import Role
from tests.contracts.asked_apps import app_of
from tests.parts.keys import sessions_of_matching
from tests.parts.people import cookie_of
from tests.unit.matching.city import named
from tests.unit.matching.site import Site, a_site

PICTURE = f'<img src="{RENEWAL}" alt=""'


async def signed_in() -> Site:
    site = await a_site()
    site.sign_in(Role.AMBASSADOR, "school")
    return site


async def test_somebody_at_work_stays_in_until_twelve_hours_are_over() -> None:
    site = await signed_in()
    began = site.world.clock.now()
    while site.world.clock.now() - began < SESSION_LASTS - IDLE_FOR:
        site.world.clock.forward(timedelta(minutes=50))
        assert (await site.get("/doorverwijzingen")).status_code == 200
        assert (await site.get(RENEWAL)).headers["content-type"] == "image/svg+xml"
    site.world.clock.forward(began + SESSION_LASTS - site.world.clock.now())
    await site.get(RENEWAL)
    assert (await site.get("/doorverwijzingen")).status_code == 303


async def test_session_that_nobody_renewed_is_over_after_an_hour() -> None:
    site = await signed_in()
    site.world.clock.forward(IDLE_FOR + timedelta(seconds=1))
    assert COOKIE not in (await site.get(RENEWAL)).headers.get("set-cookie", "")
    assert (await site.get("/doorverwijzingen")).status_code == 303


async def test_session_that_ended_is_not_renewed() -> None:
    site = await signed_in()
    copied = site.client.cookies[COOKIE]
    await site.post("/uitloggen")
    site.client.cookies.set(COOKIE, copied)
    reply = await site.get(RENEWAL)
    assert (reply.status_code, COOKIE in reply.headers.get("set-cookie", "")) == (200, False)


async def test_nobody_gets_a_session_of_it() -> None:
    reply = await (await a_site()).get(RENEWAL)
    assert (reply.status_code, reply.headers.get("set-cookie")) == (200, None)
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("service", "page"),
    [("intake", "/aanvragen"), ("matching", "/netwerk"), ("monitoring", "/bord"), ("notify", "/berichten")],
)
async def test_pages_of_every_service_hold_the_picture_when_the_cookie_is_older_than_a_minute(
    service: str, page: str
) -> None:
    asked = await app_of(service)
    sessions = sessions_of_matching(secure=asked.origin.startswith("https"))
    session = Session(UUID(int=70), Role.COORDINATOR, asked.organisations.get(Role.COORDINATOR, named("desk")))
    for minutes, there in ((0, False), (1, True), (59, True)):
        cookies = await cookie_of(asked.units, sessions, session, asked.now - timedelta(minutes=minutes))
        async with asked.client(cookies=cookies) as browser:
            reply = await browser.get(page)
        assert (reply.status_code, PICTURE in reply.text) == (200, there)
        assert "set-cookie" not in reply.headers
