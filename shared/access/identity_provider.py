"""The sign-in of somebody's own organisation: OpenID Connect with an authorization code, PKCE, state and nonce."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, ClassVar, Final, Protocol
from urllib.parse import urlencode

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from shared.kernel.clock import Clock
from shared.kernel.errors import Refusal

ANSWER_WITHIN: Final = httpx.Timeout(5.0)
# What providers sign with; never a shared secret, never nothing.
ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
LEEWAY_SECONDS: Final = 30
# RFC 8176: what tells that more than one factor was used.
SECOND_FACTOR: Final = "mfa"
log = structlog.get_logger(__name__)


class ProviderAway(Refusal):
    """The organisation's sign-in page cannot be asked now."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Even geduld"

    def __init__(self) -> None:
        super().__init__(
            "identity-provider-away",
            "De inlogpagina van je organisatie antwoordt nu niet. Log in met een code per mail, of probeer het later.",
        )


class NotIdentified(Exception):
    """What came back does not show whose address it is."""


@dataclass(frozen=True, slots=True)
class Journey:
    """What somebody's browser keeps while they are at their own organisation's page."""

    state: str
    nonce: str
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identified:
    """Whose address it is; their organisation saw to it that it is theirs."""

    email: str = field(repr=False)
    second_factor: bool


class IdentityProvider(Protocol):
    """The sign-in of somebody's own organisation. Never ask it while a unit of work is open: it is elsewhere."""

    async def begin(self, callback: str) -> tuple[str, Journey]:
        """Where the browser goes, and what it keeps. Raises ProviderAway."""

    async def identify(self, query: Mapping[str, str], callback: str, journey: Journey) -> Identified:
        """Who came back with this query. Raises ProviderAway, NotIdentified."""


class OidcProvider:
    """One issuer, found by its discovery document."""

    def __init__(self, http: httpx.AsyncClient, clock: Clock, issuer: str, client_id: str, client_secret: str) -> None:
        self._http = http
        self._clock = clock
        self._issuer = issuer
        self._client = (client_id, client_secret)
        self._found: dict[str, Any] | None = None

    async def begin(self, callback: str) -> tuple[str, Journey]:
        found = await self._discovered()
        journey = Journey(*(secrets.token_urlsafe(32) for _ in range(3)))
        digest = hashlib.sha256(journey.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._client[0],
            "redirect_uri": callback,
            "scope": "openid email",
            "state": journey.state,
            "nonce": journey.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{found['authorization_endpoint']}?{urlencode(asked)}", journey

    async def identify(self, query: Mapping[str, str], callback: str, journey: Journey) -> Identified:
        if not hmac.compare_digest(query.get("state", "").encode(), journey.state.encode()) or not query.get("code"):
            raise NotIdentified
        found = await self._discovered()
        sent = {
            "grant_type": "authorization_code",
            "code": query["code"],
            "redirect_uri": callback,
            "code_verifier": journey.verifier,
        }
        answer = await self._asked("POST", found["token_endpoint"], data=sent, auth=self._client)
        keys = await self._asked("GET", found["jwks_uri"])
        return self._read(str(answer.get("id_token", "")), keys, journey.nonce)

    def _read(self, token: str, keys: dict[str, Any], nonce: str) -> Identified:
        must: dict[str, Any] = {
            "iss": {"essential": True, "value": self._issuer},
            "aud": {"essential": True, "value": self._client[0]},
            "nonce": {"essential": True, "value": nonce},
            "exp": {"essential": True},
        }
        try:
            decoded = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type] # any JSON; what is no set of keys is refused
            now = int(self._clock.now().timestamp())
            JWTClaimsRegistry(now=now, leeway=LEEWAY_SECONDS, **must).validate(decoded.claims)
        except (JoseError, ValueError, KeyError, TypeError) as wrong:
            log.warning("oidc_token_refused", error=type(wrong).__name__)
            raise NotIdentified from None
        claims = decoded.claims
        if not _is_for_us_alone(claims, self._client[0]):
            log.warning("oidc_token_for_others")
            raise NotIdentified
        if claims.get("email_verified") is not True or not isinstance(claims.get("email"), str):
            log.warning("oidc_address_not_verified")
            raise NotIdentified
        methods = claims.get("amr")
        return Identified(claims["email"], isinstance(methods, list) and SECOND_FACTOR in methods)

    async def _discovered(self) -> dict[str, Any]:
        if self._found is None:
            found = await self._asked("GET", f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if found.get("issuer") != self._issuer or not all(isinstance(found.get(name), str) for name in needed):
                log.warning("oidc_issuer_differs", issuer=self._issuer)
                raise ProviderAway
            self._found = found
        return self._found

    async def _asked(self, method: str, url: str, **sent: Any) -> dict[str, Any]:  # noqa: ANN401 - as httpx takes it
        try:
            reply = await self._http.request(method, url, timeout=ANSWER_WITHIN, **sent)
            answer = reply.json()
        except (httpx.HTTPError, ValueError) as away:
            log.warning("oidc_away", error=type(away).__name__)
            raise ProviderAway from None
        if method == "POST" and reply.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
            log.warning("oidc_code_refused", status=reply.status_code)
            raise NotIdentified
        if reply.status_code != HTTPStatus.OK or not isinstance(answer, dict):
            log.warning("oidc_away", status=reply.status_code)
            raise ProviderAway
        return answer


def _is_for_us_alone(claims: Mapping[str, Any], client_id: str) -> bool:
    """OpenID Connect Core 3.1.3.7: no audience besides us, and nobody else asked for it (`azp`)."""
    return claims["aud"] in (client_id, [client_id]) and claims.get("azp", client_id) == client_id
