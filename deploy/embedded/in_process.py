"""Services in one process reach each other as over the network: by host name, with the same client and tokens."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

ANSWER_SECONDS = 5.0
OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
OTHER_NAME = PlainTextResponse("Schakel is not called that here: open http://localhost with its port.\n", 421)


class InProcessTransport(httpx.AsyncBaseTransport):
    """Hands a request to the app whose name is the host of the address (`http://matching:8000/…`)."""

    def __init__(self) -> None:
        self._apps: dict[str, httpx.ASGITransport] = {}

    def join(self, apps: Mapping[str, ASGIApp]) -> None:
        """From now on these are reached; the client exists before the apps that are made with it."""
        self._apps.update({
            name: httpx.ASGITransport(app, raise_app_exceptions=False, client=(name, 0)) for name, app in apps.items()
        })  # fmt: skip

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises ConnectError for an unknown host and ReadTimeout after ANSWER_SECONDS, as a network would."""
        app = self._apps.get(request.url.host)
        if app is None:
            msg = f"nobody is called {request.url.host} here"
            raise httpx.ConnectError(msg, request=request)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await app.handle_async_request(request)
        except TimeoutError:
            msg = f"{request.url.host} did not answer within {ANSWER_SECONDS:g} s"
            raise httpx.ReadTimeout(msg, request=request) from None


class OneSite:
    """Schakel and its mailbox on one port, as the proxy of a Compose demo serves them.

    It answers to the names of this machine only: a page of another site, whose name was made to point here, reads
    nothing.
    """

    def __init__(self, site: ASGIApp, mailbox: ASGIApp) -> None:
        self._site, self._mailbox = site, mailbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        if scope["type"] == "http" and _host(scope) not in OWN_NAMES:
            await OTHER_NAME(scope, receive, send)
            return
        is_mail = scope["type"] == "http" and (scope["path"] + "/").startswith("/postvak/")
        await (self._mailbox if is_mail else self._site)(scope, receive, send)


def _host(scope: Scope) -> str | None:
    """The name by which it was asked, without the port; None when it is no name."""
    try:
        return urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname
    except ValueError:
        return None
