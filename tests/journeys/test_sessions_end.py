"""S5: what ends a session ends it in every service, within ten seconds."""

import asyncio
import base64
import json
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from deploy.demo.stories.people import Person
from shared.access.sessions import COOKIE
from shared.events.base import Role
from tests.journeys.by_pages import email_of, form_to
from tests.journeys.embedded import EmbeddedSchakel, embedded_schakel

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]
# One page of each service, and two at which events stand aside.
PAGES = ("/aanvragen", "/doorverwijzingen", "/bord", "/berichten", "/aanvragen/geparkeerd", "/netwerk/geparkeerd")
WITHIN = 10.0


@pytest.fixture(scope="module")
def schakel() -> Iterator[EmbeddedSchakel]:
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made, embedded_schakel(Path(made) / "s") as running:
        yield running


@asynccontextmanager
async def copied_cookie(schakel: EmbeddedSchakel) -> AsyncIterator[tuple[Person, httpx.AsyncClient]]:
    """The coordinator at the own browser, and somebody with a copy of the cookie."""
    async with Person(schakel.world) as person, httpx.AsyncClient(base_url=schakel.url) as copy:
        await person.sign_in(email_of(Role.COORDINATOR))
        copy.cookies.set(COOKIE, person.cookies[COOKIE])
        assert await open_pages(copy) == list(PAGES)
        yield person, copy


async def open_pages(client: httpx.AsyncClient) -> list[str]:
    replies = {page: await client.get(page) for page in PAGES}
    for reply in replies.values():
        assert reply.status_code == 200 or reply.headers["location"].startswith("/inloggen?naar="), reply.text
    return [page for page, reply in replies.items() if reply.status_code == 200]


async def closes(client: httpx.AsyncClient) -> float:
    began = time.monotonic()
    cookie = client.cookies[COOKIE]
    while await open_pages(client):
        assert time.monotonic() - began < WITHIN
        await asyncio.sleep(0.1)
        client.cookies.set(COOKIE, cookie)
    return time.monotonic() - began


async def test_signing_out_closes_every_page_of_every_service(schakel: EmbeddedSchakel) -> None:
    async with copied_cookie(schakel) as (person, copy):
        await person.send(form_to(await person.open("/bord"), "/uitloggen"), {})

        assert await closes(copy) < WITHIN


async def test_role_that_ended_closes_every_page_of_every_service(schakel: EmbeddedSchakel) -> None:
    async with copied_cookie(schakel) as (_, copy):
        payload = copy.cookies[COOKIE].split(".")[1]
        person_id = json.loads(base64.urlsafe_b64decode(payload + "=="))["sub"]

        changed = await asyncio.to_thread(schakel.command, "people", "add", "--id", person_id, "--role", "partner")

        assert changed.returncode == 0, changed.stderr
        assert await closes(copy) < WITHIN


async def test_second_factor_that_is_reset_ends_the_session(schakel: EmbeddedSchakel) -> None:
    email = email_of(Role.AMBASSADOR)
    async with Person(schakel.world) as person:
        await person.sign_in(email)

        reset = await asyncio.to_thread(schakel.command, "people", "reset-second-factor", email)

        assert reset.returncode == 0, reset.stderr
        assert "/inloggen" in (await person.open("/doorverwijzingen")).url
    nobody = await asyncio.to_thread(schakel.command, "people", "reset-second-factor", "nobody@nowhere.example")
    assert (nobody.returncode, "nobody signs in with" in nobody.stderr) == (1, True)
