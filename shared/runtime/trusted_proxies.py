"""Whose word on where a request came from is believed: of proxies by their address, network or name.

A name is looked up again and again, for a container gets another address when it starts again, and somebody else may
get the one that it had.
"""

import asyncio
import ipaddress
import re
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope

LOOKED_UP_SECONDS: Final = 1.0
ANSWER_WITHIN: Final = 1.0


class TrustedProxies:
    """An ASGI app that reads `X-Forwarded-For` and `X-Forwarded-Proto` of these, and of nobody else.

    `named`: with commas or spaces between them; `*` is everybody. A name that is not known now is nobody's.
    """

    def __init__(self, app: "ASGI3Application", named: str) -> None:
        self._app = app
        given = re.split(r"[,\s]+", named.strip())
        self._names = [one for one in given if not _is_written_out(one)]
        self._fixed = [one for one in given if _is_written_out(one)]
        self._looked_at = float("-inf")
        self._believe(())

    async def __call__(self, scope: "Scope", receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
        """Serve it, as if it came from where the proxy says."""
        if self._names and time.monotonic() - self._looked_at >= LOOKED_UP_SECONDS:
            self._looked_at = time.monotonic()
            self._believe([address for name in self._names for address in await _addresses_of(name)])
        await self._believing(scope, receive, send)

    def _believe(self, found: Iterable[str]) -> None:
        self._believing = ProxyHeadersMiddleware(self._app, [*self._fixed, *found])


def _is_written_out(one: str) -> bool:
    with suppress(ValueError):
        return bool(one == "*" or ipaddress.ip_network(one, strict=False))
    return False


async def _addresses_of(name: str) -> list[str]:
    loop = asyncio.get_running_loop()
    with suppress(OSError, TimeoutError, UnicodeError):
        async with asyncio.timeout(ANSWER_WITHIN):
            found = await loop.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        return [str(address[0]) for *_, address in found]
    return []
