"""How services know each other on `/internal` routes: a signed token of one minute."""

from collections.abc import Generator
from datetime import timedelta

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jwt import JWTClaimsRegistry

from shared.kernel.clock import Clock
from shared.kernel.trace import current_traceparent

TOKEN_LASTS = timedelta(seconds=60)
ALGORITHM = "HS256"


class ServiceTokens:
    """Makes and checks tokens of `service`. `key` is the same in all services, at least 32 characters."""

    def __init__(self, key: str, service: str, clock: Clock) -> None:
        self._key = OctKey.import_key(key)
        self._service = service
        self._clock = clock

    def issue(self, audience: str) -> str:
        """A token by which `audience` knows that this service asks; valid for 60 seconds.

        It does not say when it was made: a service whose clock is a little behind would refuse it.
        """
        claims = {
            "iss": self._service,
            "aud": audience,
            "exp": int((self._clock.now() + TOKEN_LASTS).timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM, "typ": "schakel-service+jwt"}, claims, self._key, algorithms=[ALGORITHM])

    def read(self, token: str) -> str | None:
        """Which service made this token for us; None when it is no good (other key, other audience, expired)."""
        try:
            decoded = jwt.decode(token, self._key, algorithms=[ALGORITHM])
            registry = JWTClaimsRegistry(
                now=int(self._clock.now().timestamp()),
                leeway=5,
                aud={"essential": True, "value": self._service},
                exp={"essential": True},
                iss={"essential": True},
            )
            registry.validate(decoded.claims)
        except (JoseError, ValueError):
            return None
        return str(decoded.claims["iss"])


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
