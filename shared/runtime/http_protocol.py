"""uvicorn's protocol with two limits that it lacks: how long the head of a request may take, and how many may connect.

A client that sends its head byte by byte, or nothing at all, would hold a connection for ever. Bodies have a limit of
their own (`shared.web.request_guard`); between requests uvicorn's keep-alive ends the connection.
"""

import asyncio
from typing import Final

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

HEAD_WITHIN_SECONDS: Final = 10.0
# Fewer than the files that a process may usually have open (1024), so that the database can still be reached.
MOST_CONNECTIONS: Final = 800
TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class TimedHead(HttpToolsProtocol):
    """Ends a connection whose next request does not get its whole head across in time."""

    _head_timer: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn narrows it
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
            return
        self._await_head()

    @override
    def data_received(self, data: bytes) -> None:
        # A request that is being answered may take its time, and so may its body.
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or cycle.response_complete:
            self._await_head()
        super().data_received(data)

    @override
    def on_headers_complete(self) -> None:
        self._head_is_there()
        super().on_headers_complete()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD_WITHIN_SECONDS, self._too_slow)

    def _head_is_there(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _too_slow(self) -> None:
        self._head_timer = None
        if not self.transport.is_closing():
            self.transport.write(TOO_SLOW)
            self.transport.close()
