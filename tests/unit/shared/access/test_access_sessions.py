"""The signed cookie: whose it is, how long it holds, and what does not open it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from fastapi import Response
from joserfc import jwt
from joserfc.jwk import OctKey

from shared.access.sessions import COOKIE, SESSION_LASTS, Session, Sessions, safe_path
from shared.events.base import Role

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = "an invented key of at least 32 chars"
SESSION = Session(UUID(int=1), Role.AMBASSADOR, UUID(int=2))
SESSIONS = Sessions(KEY, secure=True)


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
    assert (
        SESSIONS.read(Sessions("another key of at least 32 characters", secure=True).issue(SESSION, NOW), NOW) is None
    )


def test_tampered_session_is_not_read_wherever_it_was_changed() -> None:
    cookie = SESSIONS.issue(SESSION, NOW)
    for place in range(0, len(cookie) - 1, 7):
        changed = cookie[:place] + ("A" if cookie[place] != "A" else "B") + cookie[place + 1 :]
        assert SESSIONS.read(changed, NOW) is None, place


@pytest.mark.parametrize("cookie", [None, "", "x", "a.b.c", "é" * 10, "." * 2, "a" * 10_000])
def test_nonsense_is_no_session(cookie: str | None) -> None:
    assert SESSIONS.read(cookie, NOW) is None


def test_token_without_signature_or_for_something_else_is_no_session() -> None:
    key = OctKey.import_key(KEY)
    claims = {"sub": str(UUID(int=1)), "role": "coordinator", "org": str(UUID(int=2)), "exp": int(NOW.timestamp()) + 60}
    other = jwt.encode({"alg": "HS256"}, {**claims, "aud": "matching"}, key)
    without_end = jwt.encode(
        {"alg": "HS256"}, {k: v for k, v in {**claims, "aud": "schakel-pages"}.items() if k != "exp"}, key
    )
    odd_role = jwt.encode({"alg": "HS256"}, {**claims, "aud": "schakel-pages", "role": "king"}, key)
    assert [SESSIONS.read(token, NOW) for token in (other, without_end, odd_role)] == [None, None, None]


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
    Sessions(KEY, secure=False).sign_in(response, SESSION, NOW)
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
