"""The signed cookie: whose it is, how long it holds, and what does not open it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import Response
from joserfc import jwt

from shared.access.sessions import COOKIE, SESSION_LASTS, Session, Sessions, safe_path
from shared.access.signing import ED25519
from shared.access.signing import SESSIONS as SESSIONS_KEY
from shared.events.base import Role
from shared.events.catalogue import SERVICES
from shared.kernel.key_ring import KeyRing, NoSuchKey
from tests.parts.keys import new_keys, ring, sessions_of_matching, unsigned

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SIGNED_CLAIMS: dict[str, Any] = {
    "aud": "schakel-pages", "sub": str(UUID(int=1)), "role": "coordinator", "org": str(UUID(int=2)), "epoch": 0,
    "second": True, "name": "", "at": "", "choice": False, "since": int(NOW.timestamp()), "seen": int(NOW.timestamp()),
}  # fmt: skip
SESSION = Session(UUID(int=1), Role.AMBASSADOR, UUID(int=2))
SESSIONS = sessions_of_matching(secure=True)


def test_session_is_read_back_as_it_was_issued() -> None:
    whole = replace(SESSION, epoch=3, second_factor=True, name="Zoë Verzonnen", organisation="De Boom", has_choice=True)
    for session in (SESSION, whole):
        read = SESSIONS.read(SESSIONS.issue(session, NOW), NOW + timedelta(minutes=59))
        assert read == session
        assert (read.since, read.seen) == (NOW, NOW)


def test_session_ends_after_an_hour_without_a_page() -> None:
    cookie = SESSIONS.issue(SESSION, NOW)
    assert SESSIONS.read(cookie, NOW + timedelta(minutes=60, seconds=1)) is None


def test_session_that_is_renewed_ends_after_twelve_hours() -> None:
    session, now = SESSION, NOW
    for _ in range(14):
        now = min(now + timedelta(minutes=55), NOW + SESSION_LASTS - timedelta(seconds=1))
        read = SESSIONS.read(SESSIONS.issue(session, now), now)
        assert read is not None
        session = replace(read, since=NOW)
    assert SESSIONS.read(SESSIONS.issue(session, now), NOW + SESSION_LASTS + timedelta(seconds=1)) is None


@pytest.mark.parametrize("seconds", [30, -30])
def test_session_that_a_host_with_a_little_different_clock_issued_is_read(seconds: int) -> None:
    assert SESSIONS.read(SESSIONS.issue(SESSION, NOW + timedelta(seconds=seconds)), NOW) == SESSION


def test_session_of_another_key_is_not_read() -> None:
    assert Sessions(KeyRing(new_keys()), secure=True).read(SESSIONS.issue(SESSION, NOW), NOW) is None


@pytest.mark.parametrize("service", [one for one in SERVICES if one != "matching"])
def test_session_is_read_in_every_service_and_signed_in_none_of_them(service: str) -> None:
    sessions = Sessions(ring(service), secure=True)
    assert sessions.read(SESSIONS.issue(SESSION, NOW), NOW) == SESSION
    with pytest.raises(NoSuchKey):
        sessions.issue(SESSION, NOW)


def test_tampered_session_is_not_read_wherever_it_was_changed() -> None:
    cookie = SESSIONS.issue(SESSION, NOW)
    for place in range(0, len(cookie) - 2, 7):
        changed = cookie[:place] + ("A" if cookie[place] != "A" else "B") + cookie[place + 1 :]
        assert SESSIONS.read(changed, NOW) is None, place


@pytest.mark.parametrize("cookie", [None, "", "x", "a.b.c", "é" * 10, "." * 2, "a" * 10_000])
def test_nonsense_is_no_session(cookie: str | None) -> None:
    assert SESSIONS.read(cookie, NOW) is None


def test_token_without_signature_or_for_something_else_is_no_session() -> None:
    kid, key = ring("matching").to_sign(SESSIONS_KEY, NOW)
    head = {"alg": ED25519, "kid": kid, "typ": "schakel-session+jwt"}
    whole = {**SIGNED_CLAIMS, "exp": int(NOW.timestamp()) + 60}

    def token(head: dict[str, Any], claims: dict[str, Any]) -> str:
        return jwt.encode(head, claims, key, algorithms=[ED25519])

    assert SESSIONS.read(token(head, whole), NOW) is not None
    wrong = [
        token(head, {**whole, "aud": "matching"}),
        token(head, {name: value for name, value in whole.items() if name != "exp"}),
        token(head, {**whole, "role": "king"}),
        token({**head, "typ": "schakel-api+jwt"}, whole),
        token({name: value for name, value in head.items() if name != "typ"}, whole),
        token({name: value for name, value in head.items() if name != "kid"}, whole),
        unsigned({**head, "alg": "none"}, whole),
    ]
    assert [SESSIONS.read(each, NOW) for each in wrong] == [None] * len(wrong)


def test_cookie_is_kept_from_scripts_other_sites_and_plain_http() -> None:
    response = Response()
    SESSIONS.sign_in(response, SESSION, NOW)
    header = response.headers["set-cookie"].lower()
    assert header.startswith(f"__host-{COOKIE}=")
    assert "path=/;" in header
    assert "domain" not in header
    assert "httponly" in header
    assert "samesite=lax" in header
    assert "secure" in header
    assert "max-age=3600" in header


def test_cookie_works_on_plain_http_when_the_site_does() -> None:
    response = Response()
    sessions_of_matching(secure=False).sign_in(response, SESSION, NOW)
    assert "secure" not in response.headers["set-cookie"].lower()


def test_signing_out_takes_the_cookie_away() -> None:
    response = Response()
    SESSIONS.sign_out(response)
    assert "max-age=0" in response.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/bord", "/bord"),
        ("/aanvragen/1", "/aanvragen/1"),
        (None, "/"),
        ("", "/"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\\..\\b", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("bord", "/"),
        ("/inloggen?naar=/bord", "/"),
    ],
)
def test_way_back_after_signing_in_stays_on_the_site(asked: str | None, kept: str) -> None:
    assert safe_path(asked) == kept
