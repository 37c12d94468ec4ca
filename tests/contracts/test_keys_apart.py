"""Whoever breaks into one service speaks as that one: no key that it holds opens a page of any service."""

from typing import Any, Final
from uuid import UUID

import pytest
from joserfc import jwt
from joserfc.jwk import Key, OctKey, import_key

from deploy.install.key_rings import ring_of
from deploy.install.secret_store import OF_ONE_SERVICE, Secrets
from shared.access.sessions import Session
from shared.access.system_tokens import CallingSystem
from shared.events.base import Role
from tests.contracts.asked_apps import Asked, app_of
from tests.parts.keys import KEYS, sessions_of_matching, tokens_of_intake
from tests.parts.people import cookie_of

SERVICES: Final = ("intake", "matching", "monitoring", "notify", "community")
SIGNED_IN: Final = {
    "intake": "/aanvragen", "matching": "/netwerk", "monitoring": "/bord", "notify": "/berichten",
    "community": "/bijeenkomsten/plekken",
}  # fmt: skip
SYSTEM: Final = CallingSystem(UUID(int=1), UUID(int=2), UUID(int=3))


def held_by(service: str) -> list[tuple[str, Key]]:
    """Everything that can sign and that this service knows, by name, also what was never meant to sign tokens."""
    ring = ring_of(service, KEYS)
    named = [(one.kid, import_key(one.jwk)) for of in ring.values() for one in of]
    texts = [str(one.jwk[part]) for of in ring.values() for one in of for part in ("k", "d", "x") if part in one.jwk]
    texts += [str(getattr(Secrets.fresh(), name)) for name, owner in OF_ONE_SERVICE.items() if owner == service]
    signing = [(kid, key) for kid, key in named if key.is_private]
    return [*signing, *((kid, OctKey.import_key(text)) for text in texts for kid, _ in named)]


def forged(real: str, service: str) -> list[str]:
    """What the token says, signed with each key that this service holds, under each name of a key."""
    token = jwt.decode(real, lambda head: _real_key(head.headers()["kid"]), algorithms=["Ed25519"])
    names = [one.kid for of in KEYS.values() for one in of]
    return [
        jwt.encode({**token.header, "alg": algorithm, "kid": kid}, token.claims, key, algorithms=[algorithm])
        for own, key in held_by(service)
        for kid in dict.fromkeys([own, *names])
        for algorithm in (["HS256"] if isinstance(key, OctKey) else ["Ed25519"])
    ]


def _real_key(kid: str) -> Key:
    return next(import_key(one.jwk) for of in KEYS.values() for one in of if one.kid == kid)


@pytest.fixture(params=SERVICES)
async def asked(request: pytest.FixtureRequest) -> Asked:
    return await app_of(request.param)


def session_of(asked: Asked) -> Session:
    """A coordinator: who sees the whole city."""
    return Session(UUID(int=70), Role.COORDINATOR, asked.organisations.get(Role.COORDINATOR, UUID(int=71)))


async def status(asked: Asked, path: str, **sent: Any) -> int:  # noqa: ANN401 - as httpx takes it
    async with asked.client(**sent) as client:
        return (await client.get(path)).status_code


@pytest.mark.parametrize("broken", [one for one in SERVICES if one != "matching"])
async def test_cookie_that_another_service_forged_opens_nothing(asked: Asked, broken: str) -> None:
    page = SIGNED_IN[asked.service]
    sessions = sessions_of_matching(secure=asked.origin.startswith("https"))
    cookies = await cookie_of(asked.units, sessions, session_of(asked), asked.now)
    assert await status(asked, page, cookies=cookies) == 200

    cookies_of_others = forged(cookies[sessions.cookie], broken)
    assert len(cookies_of_others) > len(KEYS)
    read = [sessions.read(each, asked.now) for each in cookies_of_others]
    opened = [await status(asked, page, cookies={sessions.cookie: each}) for each in cookies_of_others[::7]]
    assert set(read) == {None}
    assert set(opened) == {303}


@pytest.mark.parametrize("broken", [one for one in SERVICES if one != "intake"])
async def test_systems_token_that_another_service_forged_opens_nothing(broken: str) -> None:
    asked = await app_of("intake")
    tokens = tokens_of_intake()
    real = tokens.issue(SYSTEM, asked.now)
    assert tokens.read(real, asked.now) == SYSTEM
    assert {tokens.read(each, asked.now) for each in forged(real, broken)} == {None}
