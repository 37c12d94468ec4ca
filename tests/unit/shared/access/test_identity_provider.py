"""A token of the provider is taken when it is for us alone (OpenID Connect Core 3.1.3.7)."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from shared.access.identity_provider import Identified, NotIdentified, OidcProvider
from tests.twins.clock import HeldClock

ISSUER, CALLBACK, NOW = "https://login.example", "https://schakel.example/terug", datetime(2026, 3, 2, tzinfo=UTC)
KEY = ECKey.generate_key("P-256", {"kid": "one"})


async def identified(**changes: Any) -> Identified:  # noqa: ANN401 - any claim; None: without it
    """Who came back with a token that says this."""
    nonce: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/jwks":
            return httpx.Response(200, json=KeySet([KEY]).as_dict(private=False))
        if request.url.path == "/token":
            claims = {
                "iss": ISSUER, "aud": "schakel", "sub": "noor", "nonce": nonce[0], "exp": int(NOW.timestamp()) + 60,
                "email": "noor@school.example", "email_verified": True,
            } | changes  # fmt: skip
            told = {name: value for name, value in claims.items() if value is not None}
            token = jwt.encode({"alg": "ES256", "kid": "one"}, told, KEY, algorithms=["ES256"])
            return httpx.Response(200, json={"id_token": token})
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        return httpx.Response(200, json={"issuer": ISSUER} | {name: f"{ISSUER}/{at}" for name, at in places.items()})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        provider = OidcProvider(http, HeldClock(NOW), ISSUER, "schakel", "a secret")
        _, journey = await provider.begin(CALLBACK)
        nonce.append(journey.nonce)
        return await provider.identify({"state": journey.state, "code": "x"}, CALLBACK, journey)


@pytest.mark.parametrize(
    "claims", [{}, {"aud": ["schakel"]}, {"azp": "schakel"}, {"aud": ["schakel"], "azp": "schakel"}], ids=str
)
async def test_token_for_us_alone_says_who_it_is(claims: dict[str, Any]) -> None:
    assert (await identified(**claims)).email == "noor@school.example"


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": ["schakel", "another"]}, {"aud": ["schakel", "another"], "azp": "schakel"}, {"azp": "another"},
        {"aud": "another"}, {"aud": ["another"]}, {"aud": []}, {"aud": None}, {"azp": ["schakel"]}, {"azp": ""},
        {"iss": "https://other.example"}, {"nonce": "x"}, {"exp": int(NOW.timestamp()) - 60},
        {"email_verified": "true"},
    ],
    ids=str,
)  # fmt: skip
async def test_token_for_others_too_or_asked_for_by_others_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(NotIdentified):
        await identified(**claims)
