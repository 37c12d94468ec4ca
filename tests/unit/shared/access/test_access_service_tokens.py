"""Tokens between services."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from shared.access.service_tokens import ServiceAuth, ServiceTokens
from tests.twins.clock import HeldClock
from tests.unit.shared.web.asking import asking
from tests.unit.shared.web_gallery.gallery import NOW, GallerySettings, gallery

KEY = GallerySettings().service_key


def tokens(service: str, key: str = KEY, at: datetime = NOW) -> ServiceTokens:
    return ServiceTokens(key, service, HeldClock(at))


def test_token_tells_the_audience_who_asks() -> None:
    assert tokens("matching").read(tokens("notify").issue("matching")) == "notify"


def test_token_is_no_good_for_another_audience_another_key_or_after_its_minute() -> None:
    token = tokens("notify").issue("matching")
    assert tokens("intake").read(token) is None
    assert tokens("matching", key="another key of at least 32 characters").read(token) is None
    assert tokens("matching", at=NOW + timedelta(seconds=60)).read(token) == "notify"  # clocks may differ a little
    assert tokens("matching", at=NOW + timedelta(seconds=66)).read(token) is None
    assert tokens("matching").read(token[:-2] + ("AA" if not token.endswith("AA") else "BB")) is None


@pytest.mark.parametrize("seconds", [30, -30])
def test_token_of_a_host_whose_clock_differs_a_little_is_good(seconds: int) -> None:
    token = tokens("notify", at=NOW + timedelta(seconds=seconds)).issue("matching")
    assert tokens("matching").read(token) == "notify"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é"])
def test_nonsense_is_no_token(token: str) -> None:
    assert tokens("matching").read(token) is None


async def test_internal_route_lets_only_the_named_service_in() -> None:
    app = gallery(service="matching")
    async with asking(app) as client:
        without = await client.post("/internal/deliveries")
        notify = await client.post("/internal/deliveries", auth=ServiceAuth(tokens("notify"), "matching"))
        intake = await client.post("/internal/deliveries", auth=ServiceAuth(tokens("intake"), "matching"))
        elsewhere = await client.post("/internal/deliveries", auth=ServiceAuth(tokens("notify"), "intake"))
        basic = await client.post("/internal/deliveries", auth=("notify", "x"))
    assert [reply.status_code for reply in (without, notify, intake, elsewhere, basic)] == [401, 200, 403, 401, 401]
    assert notify.json() == {"caller": "notify"}
    assert without.headers["WWW-Authenticate"] == "Bearer"
    assert without.headers["Content-Type"] == "application/problem+json"


def test_every_request_gets_a_fresh_token() -> None:
    clock = HeldClock(datetime(2026, 3, 2, tzinfo=UTC))
    auth = ServiceAuth(ServiceTokens(KEY, "notify", clock), "matching")
    first = next(auth.auth_flow(httpx.Request("GET", "http://matching"))).headers["Authorization"]
    clock.forward(timedelta(seconds=1))
    second = next(auth.auth_flow(httpx.Request("GET", "http://matching"))).headers["Authorization"]
    assert first != second
