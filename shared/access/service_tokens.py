"""How services know each other on `/internal` routes: a token of one minute, for one question.

Each pair of services that ask each other has a key of its own (`shared.events.http.ASKS`), so that who breaks into one
of them can speak as that one only, and to those only that it asks anyway.
"""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import httpx

from shared.access.signing import HS256, PAIRS, Kind, pair, read_signed, sign
from shared.kernel.clock import Clock
from shared.kernel.ids import RandomIds
from shared.kernel.key_ring import KeyRing
from shared.kernel.trace import current_traceparent

TOKEN_LASTS: Final = timedelta(seconds=60)
# The clocks of two hosts may differ: this much ahead, and a moment behind.
AHEAD: Final = timedelta(seconds=30)
BEHIND_SECONDS: Final = 5
KIND: Final = Kind("schakel-service+jwt", HS256)


@dataclass(frozen=True, slots=True)
class Caller:
    """Which service asks, and the mark of its question, which is taken once."""

    service: str
    mark: str


class ServiceTokens:
    """Makes and checks tokens of `service`, with its own keys."""

    def __init__(self, ring: KeyRing, service: str, clock: Clock) -> None:
        self._ring = ring
        self._service = service
        self._clock = clock
        self._who_ask_us = {purpose: asks for purpose, (asks, answers) in PAIRS.items() if answers == service}

    def issue(self, audience: str) -> str:
        """A token by which `audience` knows that this service asks, for one request within 60 seconds.

        Raises NoSuchKey when this service asks that one nothing.
        """
        now = self._clock.now()
        claims = {
            "iss": self._service,
            "aud": audience,
            "iat": int(now.timestamp()),
            "exp": int((now + TOKEN_LASTS).timestamp()),
            "jti": RandomIds().new().hex,
        }
        return sign(KIND, self._ring, pair(self._service, audience), claims, now)

    def read(self, token: str) -> Caller | None:
        """Who made this token for us; None when it is no good: of no pair's key, for somebody else, too long."""
        now = self._clock.now()
        signed = read_signed(KIND, self._ring, self._who_ask_us, token, now, leeway=BEHIND_SECONDS)
        if signed is None:
            return None
        claims, caller = signed.claims, self._who_ask_us[signed.purpose]
        latest = (now + AHEAD).timestamp()
        good = (
            claims.get("iss") == caller
            and claims.get("aud") == self._service
            and isinstance(claims.get("iat"), int)
            and claims["iat"] <= latest
            and claims["exp"] <= latest + TOKEN_LASTS.total_seconds()
            and isinstance(claims.get("jti"), str)
            and bool(claims["jti"])
        )
        return Caller(caller, claims["jti"]) if good else None


class ServiceAuth(httpx.Auth):
    """For httpx: every request carries a fresh token, and the trace that asks unless it carries one already.

    `client.post(url, auth=ServiceAuth(tokens, "matching"))`.
    """

    def __init__(self, tokens: ServiceTokens, audience: str) -> None:
        self._tokens = tokens
        self._audience = audience

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put them on the request."""
        request.headers["Authorization"] = f"Bearer {self._tokens.issue(self._audience)}"
        if traceparent := current_traceparent():
            request.headers.setdefault("traceparent", traceparent)
        yield request
