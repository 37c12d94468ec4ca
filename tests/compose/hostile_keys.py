"""What a container with the key ring of notify tries: to speak as another, and to be a person or a school's system.

Read by Python from standard input there, with what a session says as its argument. Prints for each attempt the status
of the answer: 200 where the door opens, 401 or 303 (to the sign-in) where it does not.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey

from shared.access import service_tokens, sessions, system_tokens
from shared.access.signing import SESSIONS, SYSTEMS, Kind, pair
from shared.events.http import DELIVERIES, FOLLOW_UP_LINKS, FOLLOW_UP_WORDS, PEOPLE
from shared.kernel.clock import SystemClock
from shared.kernel.key_ring import KeyRing, NoSuchKey, RingKey, read_keys

FILE = Path("/secrets/notify/key_ring.json")
RING, KEYS = KeyRing.of(FILE), read_keys(FILE)
SOMEBODY = str(uuid4())
QUESTIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "deliveries": ("matching", DELIVERIES, {"questions": [{"recipientId": SOMEBODY}]}),
    "people": ("matching", PEOPLE, {"personIds": [SOMEBODY]}),
    "follow-up links": ("monitoring", FOLLOW_UP_LINKS, {"followUpId": SOMEBODY, "recipientId": SOMEBODY}),
    "follow-up words": ("intake", FOLLOW_UP_WORDS, {
        "caseId": SOMEBODY, "followUpId": SOMEBODY, "writtenBy": SOMEBODY, "words": "x"
    }),
}  # fmt: skip
COOKIE = "__Host-schakel_session"
PAGES = {
    "matching": "/doorverwijzingen",
    "monitoring": "/bord",
    "intake": "/aanvragen",
    "notify": "/berichten",
}
WRONG_TOKENS, SIGN_INS, LATER = 60, 100, 3


def secrets_here() -> Iterator[tuple[str, str, OctKey]]:
    """Everything here that could be taken for a shared secret, with the name of each key that could be meant."""
    for purpose, of in KEYS.items():
        for one in of:
            yield purpose, one.kid, OctKey.import_key(one.jwk["k"] if "k" in one.jwk else one.jwk["x"])


def forged(kind: Kind, claims: dict[str, Any], meant: RingKey) -> Iterator[tuple[str, str]]:
    """Tokens of this kind by every key in this container, under its own name and under the name of the right key."""
    for purpose, kid, key in secrets_here():
        for named in {kid, meant.kid}:
            head = {"alg": "HS256", "kid": named, "typ": kind.typ}
            yield f"{purpose} as {named}", jwt.encode(head, claims, key, algorithms=["HS256"])
    head = {"alg": "none", "kid": meant.kid, "typ": kind.typ}
    yield "no key", jwt.encode(head, claims, OctKey.generate_key(), algorithms=["none"])


def spoken(issuer: str, audience: str) -> str:
    """A question's token in the name of `issuer`, by a key that notify has."""
    now = datetime.now(UTC)
    kid, key = RING.to_sign(pair("notify", "monitoring" if audience == "monitoring" else "matching"), now)
    claims = {
        "iss": issuer, "aud": audience, "iat": int(now.timestamp()), "jti": uuid4().hex,
        "exp": int((now + timedelta(seconds=30)).timestamp()),
    }  # fmt: skip
    head = {"alg": "HS256", "kid": kid, "typ": service_tokens.KIND.typ}
    return jwt.encode(head, claims, key, algorithms=["HS256"])


async def ask(client: httpx.AsyncClient, question: str, token: str) -> int:
    service, path, body = QUESTIONS[question]
    headers = {"Authorization": f"Bearer {token}"}
    return (await client.post(f"http://{service}-web:8000{path}", json=body, headers=headers)).status_code


async def as_notify(client: httpx.AsyncClient) -> dict[str, int]:
    """What its own key opens, once."""
    tokens, found = service_tokens.ServiceTokens(RING, "notify", SystemClock()), {}
    for question in ("deliveries", "people", "follow-up links"):
        token = tokens.issue(QUESTIONS[question][0])
        found[question] = await ask(client, question, token)
        found[f"{question}, replayed"] = await ask(client, question, token)
    return found


async def as_another(client: httpx.AsyncClient) -> dict[str, int]:
    found = {}
    for question, (service, _, _) in QUESTIONS.items():
        for issuer in ("intake", "matching", "monitoring", "nobody"):
            found[f"{question} as {issuer}"] = await ask(client, question, spoken(issuer, service))
        for audience in {"intake", "matching", "monitoring", "notify"} - {service}:
            found[f"{question} with a token for {audience}"] = await ask(client, question, spoken("notify", audience))
    found["follow-up words as notify"] = await ask(client, "follow-up words", spoken("notify", "intake"))
    return found


async def as_a_person(client: httpx.AsyncClient, claims: dict[str, Any]) -> dict[str, int]:
    found = {}
    for what, token in forged(sessions.KIND, claims, KEYS[SESSIONS][0]):
        for service, page in PAGES.items():
            headers = {"Cookie": f"{COOKIE}={token}"}
            reply = await client.get(f"http://{service}-web:8000{page}", headers=headers)
            found[f"{page} by {what}"] = reply.status_code
    return found


async def as_a_system(client: httpx.AsyncClient, claims: dict[str, Any]) -> dict[str, int]:
    given = {"aud": system_tokens.AUDIENCE, "key": SOMEBODY, **{name: claims[name] for name in ("sub", "org", "exp")}}
    found = {}
    for what, token in forged(system_tokens.KIND, given, KEYS[SYSTEMS][0]):
        headers = {"Authorization": f"Bearer {token}"}
        reply = await client.get("http://intake-web:8000/v1/requests", headers=headers)
        found[f"/v1/requests by {what}"] = reply.status_code
    return found


def from_elsewhere(number: int) -> dict[str, str]:
    """Each time another sender, says the sender."""
    return {"X-Forwarded-For": f"198.51.100.{number}", "X-Forwarded-Proto": "https"}


async def wrong_keys(client: httpx.AsyncClient) -> int:
    """The answer after too many wrong keys, each from another address as it says."""
    answers = []
    for number in range(WRONG_TOKENS + 1):
        headers = {"Authorization": "Bearer x", **from_elsewhere(number)}
        answers.append((await client.get("http://intake-web:8000/v1/requests", headers=headers)).status_code)
    return answers[-1]


async def sign_ins(client: httpx.AsyncClient, origin: str) -> float:
    """How long it takes to ask for a code after a hundred of them, each from another address as it says."""
    took = []
    for number in range(SIGN_INS + LATER):
        began = time.monotonic()
        form = {"email": f"{uuid4().hex}@school.example", "naar": "/"}
        headers = {"Origin": origin, **from_elsewhere(number)}
        reply = await client.post("http://matching-web:8000/inloggen", data=form, headers=headers)
        assert reply.status_code == httpx.codes.SEE_OTHER, reply.status_code
        took.append(time.monotonic() - began)
    return min(took[-LATER:])


def signs(purpose: str) -> bool:
    try:
        RING.to_sign(purpose, datetime.now(UTC))
    except NoSuchKey:
        return False
    return True


async def main() -> None:
    given = json.loads(sys.argv[1])
    async with httpx.AsyncClient(timeout=20) as client:
        told = {
            "own": await as_notify(client),
            "another": await as_another(client),
            "person": await as_a_person(client, given["claims"]),
            "system": await as_a_system(client, given["claims"]),
            "signs": [purpose for purpose in KEYS if signs(purpose)],
            "wrong keys": await wrong_keys(client),
            "sign-ins": await sign_ins(client, given["origin"]),
        }
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
