"""Tokens between services: who may ask whom, for one request, and what is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.access.signing import pair
from shared.kernel.key_ring import NoSuchKey
from tests.parts.keys import ring, ring_that_asks, unsigned
from tests.twins.clock import HeldClock
from tests.unit.shared.web.asking import asking
from tests.unit.shared.web_gallery.gallery import NOW, gallery

KID, _KEY = ring("notify").to_sign(pair("notify", "matching"), NOW)
# Without its algorithm, so that it signs with another one as well.
KEY = OctKey.import_key({"kty": "oct", "k": str(_KEY.as_dict(private=True)["k"])})
HEAD = {"alg": "HS256", "kid": KID, "typ": "schakel-service+jwt"}
CLAIMS: dict[str, Any] = {
    "iss": "notify", "aud": "matching", "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 60, "jti": "one",
}  # fmt: skip


def tokens(service: str, at: datetime = NOW) -> ServiceTokens:
    return ServiceTokens(ring(service), service, HeldClock(at))


def caller_of(token: str, at: datetime = NOW, reader: str = "matching") -> str | None:
    caller = tokens(reader, at).read(token)
    return caller.service if caller else None


def made(head: dict[str, Any] = HEAD, **claims: Any) -> str:  # noqa: ANN401 - any claim
    """As notify would make it, with these claims instead; None leaves one out."""
    whole = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    return jwt.encode(head, whole, KEY, algorithms=["HS256", "HS512"])


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in HEAD.items() if key != name}


def test_token_tells_the_audience_who_asks() -> None:
    assert caller_of(tokens("notify").issue("matching")) == "notify"
    assert caller_of(made()) == "notify"


def test_token_is_no_good_for_another_audience_or_after_its_minute() -> None:
    token = tokens("notify").issue("matching")
    assert caller_of(token, reader="monitoring") is None
    assert caller_of(token, NOW + timedelta(seconds=60)) == "notify"  # clocks may differ a little
    assert caller_of(token, NOW + timedelta(seconds=66)) is None
    assert caller_of(token[:-3] + ("AAA" if not token.endswith("AAA") else "BBB")) is None


@pytest.mark.parametrize("seconds", [30, -30])
def test_token_of_a_host_whose_clock_differs_a_little_is_good(seconds: int) -> None:
    assert caller_of(tokens("notify", NOW + timedelta(seconds=seconds)).issue("matching")) == "notify"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é"])
def test_nonsense_is_no_token(token: str) -> None:
    assert caller_of(token) is None


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(made(iss="intake"), id="in the name of intake"),
        pytest.param(made(iss="matching"), id="in the name of who is asked"),
        pytest.param(made(iss=None), id="in nobody's name"),
        pytest.param(made(aud=["matching", "monitoring"]), id="for two services"),
        pytest.param(made(aud=None), id="for nobody"),
        pytest.param(made(exp=CLAIMS["exp"] + 31), id="longer than a minute"),
        pytest.param(made(exp=CLAIMS["exp"] + 10**8), id="for years"),
        pytest.param(made(exp=None), id="for ever"),
        pytest.param(made(iat=CLAIMS["iat"] + 31), id="made tomorrow"),
        pytest.param(made(iat=None), id="made at no time"),
        pytest.param(made(iat="now"), id="made at a word"),
        pytest.param(made(jti=None), id="without a mark"),
        pytest.param(made(jti=""), id="with an empty mark"),
        pytest.param(made(jti=7), id="with a number for a mark"),
        pytest.param(made(without("typ")), id="of no kind"),
        pytest.param(made({**HEAD, "typ": "JWT"}), id="of another kind"),
        pytest.param(made(without("kid")), id="of no named key"),
        pytest.param(made({**HEAD, "kid": "nobody's"}), id="of a key that nobody knows"),
        pytest.param(made({**HEAD, "alg": "HS512"}), id="with another algorithm"),
        pytest.param(unsigned({**HEAD, "alg": "none"}, CLAIMS), id="without a signature"),
        pytest.param(unsigned(HEAD, CLAIMS), id="with an empty signature"),
    ],
)
def test_token_that_is_not_as_it_must_be_is_refused_whoever_signed_it(token: str) -> None:
    assert caller_of(token) is None


@pytest.mark.parametrize("asks", ["intake", "monitoring", "notify"])
def test_key_of_one_pair_opens_nothing_in_the_name_of_another(asks: str) -> None:
    for other in {"intake", "monitoring", "notify"} - {asks}:
        kid, key = ring(asks).to_sign(pair(asks, "matching"), NOW)
        own_name = ring(other).to_sign(pair(other, "matching"), NOW)[0]
        for named in (kid, own_name):
            forged = jwt.encode({**HEAD, "kid": named}, {**CLAIMS, "iss": other}, key, algorithms=["HS256"])
            assert caller_of(forged) is None


def test_public_half_of_a_key_is_no_shared_secret() -> None:
    kid, key = ring("matching").to_sign("sessions", NOW)
    for secret in (key.as_dict(private=False)["x"], key.as_dict(private=True)["d"]):
        forged = jwt.encode({**HEAD, "kid": kid}, CLAIMS, OctKey.import_key(str(secret)), algorithms=["HS256"])
        assert caller_of(forged) is None


def test_service_has_no_key_for_what_it_does_not_ask() -> None:
    for asks, answers in (("notify", "intake"), ("intake", "monitoring"), ("matching", "notify"), ("notify", "notify")):
        with pytest.raises(NoSuchKey):
            tokens(asks).issue(answers)
        own = ServiceTokens(ring_that_asks(asks, answers), asks, HeldClock(NOW)).issue(answers)
        assert caller_of(own, reader=answers) is None


async def test_internal_route_lets_only_the_named_service_in() -> None:
    app = gallery(service="matching")
    async with asking(app) as client:
        without_token = await client.post("/internal/deliveries")
        notify = await client.post("/internal/deliveries", auth=ServiceAuth(tokens("notify"), "matching"))
        intake = await client.post("/internal/deliveries", auth=ServiceAuth(tokens("intake"), "matching"))
        elsewhere = await client.post("/internal/deliveries", auth=ServiceAuth(tokens("monitoring"), "intake"))
        basic = await client.post("/internal/deliveries", auth=("notify", "x"))
    replies = (without_token, notify, intake, elsewhere, basic)
    assert [reply.status_code for reply in replies] == [401, 200, 403, 401, 401]
    assert notify.json() == {"caller": "notify"}
    assert without_token.headers["WWW-Authenticate"] == "Bearer"
    assert without_token.headers["Content-Type"] == "application/problem+json"


async def test_token_is_taken_once() -> None:
    app, headers = gallery(service="matching"), {"Authorization": f"Bearer {tokens('notify').issue('matching')}"}
    async with asking(app) as client:
        replies = [await client.post("/internal/deliveries", headers=headers) for _ in range(3)]
        fresh = await client.post("/internal/deliveries", auth=ServiceAuth(tokens("notify"), "matching"))
    assert [reply.status_code for reply in replies] == [200, 401, 401]
    assert fresh.status_code == 200


def test_every_request_gets_a_fresh_token() -> None:
    auth = ServiceAuth(ServiceTokens(ring("notify"), "notify", HeldClock(datetime(2026, 3, 2, tzinfo=UTC))), "matching")
    first, second = (
        next(auth.auth_flow(httpx.Request("GET", "http://matching"))).headers["Authorization"] for _ in range(2)
    )
    assert first != second
