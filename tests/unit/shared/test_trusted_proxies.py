"""Where a request came from: the proxy says it and is believed, somebody else says it and is not."""

import asyncio
import socket
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from shared.runtime import trusted_proxies
from shared.runtime.trusted_proxies import TrustedProxies

PROXY, STRANGER, BALANCER, BROWSER = "172.18.0.9", "172.18.0.4", "10.1.2.3", "203.0.113.7"


async def where_from(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI says it
    request = Request(scope, receive)
    assert request.client
    await PlainTextResponse(f"{request.url.scheme} {request.client.host}")(scope, receive, send)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the name server of the network knows; a look takes no time to be old."""
    known = {"proxy": PROXY}

    def looked_up(name: str, *_: object, **__: object) -> list[Any]:
        if name not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known[name], 0))]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(trusted_proxies, "LOOKED_UP_SECONDS", 0.0)
    return known


async def seen(app: Any, peer: str, forwarded: str = BROWSER) -> str:  # noqa: ANN401 - as above
    transport = httpx.ASGITransport(app, client=(peer, 40000))
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https"}
    async with httpx.AsyncClient(transport=transport, base_url="http://matching-web:8000") as client:
        return (await client.get("/", headers=headers)).text


@pytest.mark.parametrize("named", ["proxy", f"{PROXY}", "172.18.0.8/29", f"10.0.0.1, {PROXY}", f"proxy {BALANCER}"])
@pytest.mark.usefixtures("names")
async def test_what_the_proxy_says_is_believed(named: str) -> None:
    assert await seen(TrustedProxies(where_from, named), PROXY) == f"https {BROWSER}"


@pytest.mark.parametrize("named", ["proxy", f"{PROXY}", "proxy ", "no-such-name"])
@pytest.mark.usefixtures("names")
async def test_what_another_container_says_is_not_believed(named: str) -> None:
    assert await seen(TrustedProxies(where_from, named), STRANGER) == f"http {STRANGER}"


@pytest.mark.usefixtures("names")
async def test_first_address_is_the_senders_own_word_and_the_last_one_that_of_the_proxy() -> None:
    app = TrustedProxies(where_from, f"proxy {BALANCER}")

    assert await seen(app, PROXY, f"1.2.3.4, {BROWSER}") == f"https {BROWSER}"
    assert await seen(app, PROXY, f"1.2.3.4, {BROWSER}, {BALANCER}") == f"https {BROWSER}"


async def test_proxy_that_started_again_is_believed_at_its_new_address_and_nobody_at_its_old_one(
    names: dict[str, str],
) -> None:
    app = TrustedProxies(where_from, "proxy")
    assert await seen(app, PROXY) == f"https {BROWSER}"
    names["proxy"] = "172.18.0.20"

    assert await seen(app, "172.18.0.20") == f"https {BROWSER}"
    assert await seen(app, PROXY) == f"http {PROXY}"

    del names["proxy"]
    assert await seen(app, "172.18.0.20") == "http 172.18.0.20"


async def test_name_server_that_does_not_answer_holds_nobody_up_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(*_: object, **__: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", silent)
    monkeypatch.setattr(trusted_proxies, "ANSWER_WITHIN", 0.05)

    async with asyncio.timeout(5):
        assert await seen(TrustedProxies(where_from, "proxy"), PROXY) == f"http {PROXY}"
