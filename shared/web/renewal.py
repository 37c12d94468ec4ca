"""A session lasts as long as somebody is at work: its cookie is written again with the reply, at most once a minute."""

from typing import Any, Final

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.access.sessions import RENEWED_AFTER, Session, Sessions
from shared.kernel.clock import Clock

_SET_COOKIE: Final = "set-cookie"


class Renewal:
    """Renews the session that a route asked for and that holds. A reply that sets or drops the cookie keeps its own."""

    def __init__(self, app: ASGIApp, *, sessions: Sessions, clock: Clock) -> None:
        self._app = app
        self._sessions = sessions
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state: dict[str, Any] = scope.setdefault("state", {})

        async def with_cookie(message: Message) -> None:
            session = state.get("session")
            if message["type"] == "http.response.start" and isinstance(session, Session):
                self._renew(session, MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, with_cookie)

    def _renew(self, session: Session, headers: MutableHeaders) -> None:
        now = self._clock.now()
        if session.seen is None or now - session.seen < RENEWED_AFTER:
            return
        if any(each.startswith(f"{self._sessions.cookie}=") for each in headers.getlist(_SET_COOKIE)):
            return
        response = Response()
        self._sessions.sign_in(response, session, now)
        headers.append(_SET_COOKIE, response.headers[_SET_COOKIE])
