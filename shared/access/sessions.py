"""Who is signed in: one signed cookie, and the dependencies that ask for it and for whether it still holds."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from fastapi import Request, Response

from shared.access.signing import ED25519, SESSIONS, Kind, read_signed, sign
from shared.access.standing import NotKnownHere, Standing
from shared.events.base import Role
from shared.kernel.errors import NotAllowed
from shared.kernel.key_ring import KeyRing

COOKIE: Final = "schakel_session"
SESSION_LASTS: Final = timedelta(hours=12)
IDLE_FOR: Final = timedelta(minutes=60)
# Not at every page: the cookie is asked anew after this long.
RENEWED_AFTER: Final = timedelta(minutes=1)
RENEWAL: Final = "/inloggen/verlengen"
"""Where matching, which alone can sign one, renews the session of the browser that asks."""
AUDIENCE: Final = "schakel-pages"
KIND: Final = Kind("schakel-session+jwt", ED25519)


@dataclass(frozen=True, slots=True)
class Session:
    """A person who proved who they are, and what they chose to be: one role at one organisation.

    `name` and `organisation` are for the head of the page. They stand in the cookie of the person themselves, so that
    no service has to ask for them; what somebody may do is never read from them.
    """

    person_id: UUID
    role: Role
    organisation_id: UUID
    epoch: int = 0
    """The person's when they signed in; when theirs rises, this session is over."""
    second_factor: bool = False
    name: str = field(default="", repr=False)
    organisation: str = ""
    has_choice: bool = False
    """Whether they may be something else as well."""
    since: datetime | None = field(default=None, compare=False)
    seen: datetime | None = field(default=None, compare=False)

    def wants_renewal(self, now: datetime) -> bool:
        """Whether a page that is shown now has the browser ask for a new cookie."""
        return self.seen is not None and now - self.seen >= RENEWED_AFTER


def cookie_name(name: str, *, secure: bool) -> str:
    """With https a browser takes it only from this very host, never from another one of the same domain."""
    return f"__Host-{name}" if secure else name


def set_cookie(response: Response, name: str, value: str, lasts: timedelta, *, secure: bool) -> None:
    """Kept from scripts, from other sites, and from plain http when the site is not."""
    seconds = max(0, int(lasts.total_seconds()))
    response.set_cookie(
        cookie_name(name, secure=secure), value, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/"
    )


def drop_cookie(response: Response, name: str, *, secure: bool) -> None:
    """Take it away."""
    name = cookie_name(name, secure=secure)
    response.delete_cookie(name, httponly=True, samesite="lax", secure=secure, path="/")


class Sessions:
    """Reads the cookie, in every service; makes it in matching, which alone has the key to sign."""

    def __init__(self, ring: KeyRing, *, secure: bool) -> None:
        self._ring = ring
        self.secure = secure
        self.cookie: Final = cookie_name(COOKIE, secure=secure)

    def issue(self, session: Session, now: datetime) -> str:
        """The cookie's value; valid for an hour from `now`, and at most 12 hours from when the person signed in.

        Raises NoSuchKey elsewhere than in matching.

        It does not say since when it is valid: a service whose clock is a second behind would refuse it.
        """
        since = session.since or now
        claims = {
            "aud": AUDIENCE,
            "sub": str(session.person_id),
            "role": session.role.value,
            "org": str(session.organisation_id),
            "epoch": session.epoch,
            "second": session.second_factor,
            "name": session.name,
            "at": session.organisation,
            "choice": session.has_choice,
            "since": int(since.timestamp()),
            "seen": int(now.timestamp()),
            "exp": int(_end(since, now).timestamp()),
        }
        return sign(KIND, self._ring, SESSIONS, claims, now)

    def read(self, cookie: str | None, now: datetime) -> Session | None:
        """Who this is; None when the cookie is absent, tampered with, of another key, or expired."""
        if not cookie:
            return None
        signed = read_signed(KIND, self._ring, (SESSIONS,), cookie, now)
        if signed is None or signed.claims.get("aud") != AUDIENCE:
            return None
        try:
            return _session_of(signed.claims)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def sign_in(self, response: Response, session: Session, now: datetime) -> None:
        """Set the cookie on this response, also when it is only renewed."""
        lasts = _end(session.since or now, now) - now
        set_cookie(response, COOKIE, self.issue(session, now), lasts, secure=self.secure)

    def sign_out(self, response: Response) -> None:
        """Take the cookie away."""
        drop_cookie(response, COOKIE, secure=self.secure)


def _end(since: datetime, now: datetime) -> datetime:
    return min(now + IDLE_FOR, since + SESSION_LASTS)


def _session_of(claims: dict[str, Any]) -> Session:
    return Session(
        person_id=UUID(claims["sub"]),
        role=Role(claims["role"]),
        organisation_id=UUID(claims["org"]),
        epoch=int(claims["epoch"]),
        second_factor=bool(claims["second"]),
        name=str(claims["name"]),
        organisation=str(claims["at"]),
        has_choice=bool(claims["choice"]),
        since=datetime.fromtimestamp(claims["since"], UTC),
        seen=datetime.fromtimestamp(claims["seen"], UTC),
    )


class SignInNeeded(Exception):
    """Nobody is signed in; the page shows the sign-in form and comes back here (`create_app` answers 303)."""


def session_of(request: Request) -> Session | None:
    """Whom the cookie names, for the head of a page only: whether that still holds, is asked by `signed_in`."""
    web = request.app.state.web
    sessions = cast("Sessions", web.sessions)
    return sessions.read(request.cookies.get(sessions.cookie), web.clock.now())


async def maybe_signed_in(request: Request) -> Session | None:
    """Dependency: who is signed in, or None. `session: Annotated[Session | None, Depends(maybe_signed_in)]`.

    Like `signed_in` it looks the person up in a short unit of work of its own: a route names it before its own `Unit`,
    for whoever holds one connection while waiting for another can stop the whole service.
    """
    try:
        return await _still_signed_in(request)
    except NotKnownHere:
        return None


async def _still_signed_in(request: Request) -> Session | None:
    session = session_of(request)
    # Who this is, as far as it holds: what the head of the page shows.
    request.state.session = None
    if session is None:
        return None
    standing = cast("Standing | None", request.app.state.web.standing)
    if standing is None or not await standing.holds(
        session.person_id, session.role, session.organisation_id, session.epoch
    ):
        return None
    request.state.session = session
    return session


def signed_in(*roles: Role) -> Callable[[Request], Awaitable[Session]]:
    """Dependency: a signed-in person with one of these roles (no roles given: any role).

    Nobody signed in, or not any more (they left, may do something else now, or signed out elsewhere): 303 to
    `/inloggen?naar=<this page>`; another role: a 403 page.
    `session: Annotated[Session, Depends(signed_in(Role.COORDINATOR))]`.
    """

    async def dependency(request: Request) -> Session:
        session = await _still_signed_in(request)
        if session is None:
            raise SignInNeeded
        if roles and session.role not in roles:
            desk = request.app.state.web.city.desk.in_sentence
            raise NotAllowed(
                "role-not-allowed", f"Deze pagina is niet voor jouw rol. Bel of mail {desk} als je er wel bij moet."
            )
        return session

    return dependency


def safe_path(asked: str | None) -> str:
    """Where to go after signing in (`naar`): a path of this site, else the front page."""
    if asked and re.fullmatch(r"/(?![/\\])[A-Za-z0-9/_.~-]*", asked):
        return asked
    return "/"
