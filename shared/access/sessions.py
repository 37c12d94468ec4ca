"""Who is signed in: one signed cookie that every service checks by itself, and the dependencies that ask for it."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

from fastapi import Request, Response
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jwt import JWTClaimsRegistry

from shared.events.base import Role
from shared.kernel.errors import NotAllowed

COOKIE = "schakel_session"
SESSION_LASTS = timedelta(hours=12)
AUDIENCE = "schakel-pages"
ALGORITHM = "HS256"


@dataclass(frozen=True, slots=True)
class Session:
    """A person who proved that they read the mail at their address, with the role they had at that moment."""

    person_id: UUID
    role: Role
    organisation_id: UUID


class Sessions:
    """Makes and reads the cookie. `key` is the same in all services, at least 32 characters."""

    def __init__(self, key: str, *, secure: bool) -> None:
        self._key = OctKey.import_key(key)
        self._secure = secure

    def issue(self, session: Session, now: datetime) -> str:
        """The cookie's value; valid for 12 hours from `now`.

        It does not say when it was made: a service whose clock is a second behind would refuse it.
        """
        claims = {
            "aud": AUDIENCE,
            "sub": str(session.person_id),
            "role": session.role.value,
            "org": str(session.organisation_id),
            "exp": int((now + SESSION_LASTS).timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM}, claims, self._key, algorithms=[ALGORITHM])

    def read(self, cookie: str | None, now: datetime) -> Session | None:
        """Who this is; None when the cookie is absent, tampered with, of another key, or expired."""
        if not cookie:
            return None
        try:
            token = jwt.decode(cookie, self._key, algorithms=[ALGORITHM])
            registry = JWTClaimsRegistry(
                now=int(now.astimezone(UTC).timestamp()),
                leeway=0,
                aud={"essential": True, "value": AUDIENCE},
                exp={"essential": True},
                sub={"essential": True},
            )
            registry.validate(token.claims)
            return Session(UUID(token.claims["sub"]), Role(token.claims["role"]), UUID(token.claims["org"]))
        except (JoseError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def sign_in(self, response: Response, session: Session, now: datetime) -> None:
        """Set the cookie on this response."""
        response.set_cookie(
            COOKIE,
            self.issue(session, now),
            max_age=int(SESSION_LASTS.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self._secure,
            path="/",
        )

    def sign_out(self, response: Response) -> None:
        """Take the cookie away."""
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self._secure, path="/")


class SignInNeeded(Exception):
    """Nobody is signed in; the page shows the sign-in form and comes back here (`create_app` answers 303)."""


def session_of(request: Request) -> Session | None:
    """Who is signed in on this request, if anyone."""
    web = request.app.state.web
    return cast("Sessions", web.sessions).read(request.cookies.get(COOKIE), web.clock.now())


async def maybe_signed_in(request: Request) -> Session | None:
    """Dependency: who is signed in, or None. `session: Annotated[Session | None, Depends(maybe_signed_in)]`."""
    return session_of(request)


def signed_in(*roles: Role) -> Callable[[Request], Awaitable[Session]]:
    """Dependency: a signed-in person with one of these roles (no roles given: any role).

    Nobody signed in: 303 to `/inloggen?naar=<this page>`; another role: a 403 page.
    `session: Annotated[Session, Depends(signed_in(Role.COORDINATOR))]`.
    """

    async def dependency(request: Request) -> Session:
        session = session_of(request)
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
