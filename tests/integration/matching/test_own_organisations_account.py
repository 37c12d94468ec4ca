"""Signing in with the account of one's own organisation, at a real OpenID Connect provider in a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from shared.access.identity_provider import Journey, NotIdentified, OidcProvider
from shared.access.sessions import COOKIE
from shared.kernel.clock import SystemClock
from tests.parts.containers import free_port
from tests.twins.clock import HeldClock
from tests.unit.matching.site import Site, a_site, text_of
from tests.unit.matching.test_second_step import a_desk, lines_of

PEOPLE = [
    {"sub": "noor", "email": "Noor@school.example", "email_verified": True},
    {"sub": "aisha", "email": "aisha@desk.example", "email_verified": True, "amr": ["pwd", "mfa"]},
    {"sub": "password", "email": "aisha@desk.example", "email_verified": True, "amr": ["pwd"]},
    {"sub": "unproved", "email": "noor@school.example", "email_verified": False},
    {"sub": "stranger", "email": "nobody@elsewhere.example", "email_verified": True},
]
CALLBACK = "http://schakel.test/inloggen/oidc/terug"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that believes whoever clicks."""
    port = free_port()
    known = [each for person in PEOPLE for each in ("--user-claims", json.dumps(person))]
    command = [str(Path(sys.executable).parent / "oidc-provider-mock"), "--port", str(port), "--require-nonce", "true"]
    process = subprocess.Popen([*command, *known], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                httpx.get(f"{address}/jwks")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as client:
        yield client


def provider_of(issuer: str, http: httpx.AsyncClient, site: Site, client_id: str = "schakel") -> OidcProvider:
    # The provider lives by the real clock, the site by one that stands still.
    site.world.clock = HeldClock(SystemClock().now())
    return OidcProvider(http, SystemClock(), issuer, client_id, "a secret")


async def signed_in_as(person: str, site: Site, issuer: str, http: httpx.AsyncClient) -> httpx.Response:
    """Through the provider's page, and back to ours."""
    site = Site(site.world, provider_of(issuer, http, site)) if site.provider is None else site
    begun = await site.get("/inloggen/oidc?naar=/doorverwijzingen")
    assert begun.status_code == 303
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    there = await http.post(begun.headers["location"], data={"sub": person})
    back = urlsplit(there.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == CALLBACK
    answered = await site.get(f"{back.path}?{back.query}")
    answered.extensions["site"] = site
    return answered


async def test_person_who_is_known_is_in(issuer: str, http: httpx.AsyncClient) -> None:
    answered = await signed_in_as("noor", await a_site(), issuer, http)

    assert (answered.status_code, answered.headers["location"]) == (303, "/doorverwijzingen")
    site = answered.extensions["site"]
    assert [(line.purpose, line.outcome) for line in lines_of(site)] == [("own-account", "done"), ("session", "done")]
    assert len({line.about_id for line in lines_of(site)} | {line.actor.person_id for line in lines_of(site)}) == 1
    assert (await site.get("/doorverwijzingen")).status_code == 200


@pytest.mark.parametrize("person", ["unproved", "stranger"])
async def test_address_that_is_not_proved_or_not_known_opens_nothing(
    issuer: str, http: httpx.AsyncClient, person: str
) -> None:
    answered = await signed_in_as(person, await a_site(), issuer, http)

    assert answered.status_code == 403
    assert "lukte niet" in text_of(answered)
    assert COOKIE not in answered.cookies


async def test_whoever_is_not_known_is_a_line_without_their_address(issuer: str, http: httpx.AsyncClient) -> None:
    answered = await signed_in_as("stranger", await a_site(), issuer, http)

    (line,) = lines_of(answered.extensions["site"])
    assert (line.action, line.about, line.about_id, line.outcome) == ("sign-in", "nobody", None, "refused")


async def test_second_factor_of_the_organisation_counts(issuer: str, http: httpx.AsyncClient) -> None:
    with_mfa = await signed_in_as("aisha", await a_desk(), issuer, http)
    without = await signed_in_as("password", await a_desk(), issuer, http)

    assert with_mfa.headers["location"] == "/doorverwijzingen"
    assert without.headers["location"] == "/inloggen/tweede-stap"


async def test_answer_that_this_browser_did_not_ask_for_is_refused(issuer: str, http: httpx.AsyncClient) -> None:
    answered = await signed_in_as("noor", await a_site(), issuer, http)
    site: Site = answered.extensions["site"]
    there = await http.post((await site.get("/inloggen/oidc")).headers["location"], data={"sub": "noor"})
    back = urlsplit(there.headers["location"])

    site.client.cookies.clear()
    assert (await site.get(f"{back.path}?{back.query}")).status_code == 403
    await site.get("/inloggen/oidc")
    assert (await site.get(f"{back.path}?{back.query}")).status_code == 403


async def test_token_for_somebody_else_or_of_another_journey_is_refused(issuer: str, http: httpx.AsyncClient) -> None:
    site = await a_site()
    provider = provider_of(issuer, http, site)
    there, journey = await provider.begin(CALLBACK)
    for other in (Journey(journey.state, "another nonce", journey.verifier), Journey("x", journey.nonce, "y")):
        came_back = urlsplit((await http.post(there, data={"sub": "noor"})).headers["location"])
        query = {name: values[0] for name, values in parse_qs(came_back.query).items()}
        with pytest.raises(NotIdentified):
            await provider.identify(query, CALLBACK, other)


async def test_page_says_so_when_the_provider_is_away(http: httpx.AsyncClient) -> None:
    site = await a_site()
    site = Site(site.world, provider_of(f"http://127.0.0.1:{free_port()}", http, site))

    answered = await site.get("/inloggen/oidc")

    assert answered.status_code == 503
    assert "code per mail" in text_of(answered)
    assert "account van je organisatie" in text_of(await site.get("/inloggen"))


async def test_city_without_a_provider_offers_none() -> None:
    site = await a_site()

    assert "account van je organisatie" not in text_of(await site.get("/inloggen"))
    assert (await site.get("/inloggen/oidc")).status_code == 404
