"""What a browser keeps on the way in: how far somebody is, and that this device signed in before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from fastapi import Request, Response
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jwt import JWTClaimsRegistry

from shared.access.identity_provider import Journey
from shared.access.sessions import cookie_name, drop_cookie, set_cookie
from shared.access.signing import HS256
from shared.events.base import Role
from shared.events.directory import Membership
from shared.privacy.rotating_key import RotatingKey
from shared.privacy.sealed import key_for


@dataclass(frozen=True, slots=True)
class Kind:
    """One cookie: its name, what its token is for, and how long it lasts."""

    name: str
    audience: str
    lasts: timedelta


ON_THE_WAY: Final = Kind("schakel_signing_in", "schakel-signing-in", timedelta(minutes=10))
DEVICE: Final = Kind("schakel_device", "schakel-device", timedelta(days=180))
ELSEWHERE: Final = Kind("schakel_elsewhere", "schakel-elsewhere", timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """Who proved that an address is theirs, and what they chose and proved since."""

    person_id: UUID
    attempt_id: UUID
    """On it tries of the second factor are counted."""
    epoch: int
    target: str = "/"
    second_factor: bool = False
    chosen: Membership | None = None
    since: datetime | None = None
    """When the session began that this follows."""


class SignInCookies:
    """Signed with a key that only matching has, each for one purpose."""

    def __init__(self, keys: RotatingKey, *, secure: bool) -> None:
        self._keys = keys
        self._secure = secure

    def keep_way(self, response: Response, way: OnTheWay, now: datetime) -> None:
        """How far somebody is."""
        claims = {
            "sub": str(way.person_id),
            "attempt": str(way.attempt_id),
            "epoch": way.epoch,
            "target": way.target,
            "second": way.second_factor,
            "role": way.chosen.role.value if way.chosen else "",
            "org": str(way.chosen.organisation_id) if way.chosen else "",
            "since": int(way.since.timestamp()) if way.since else 0,
        }
        self._put(response, ON_THE_WAY, claims, now)

    def way_of(self, request: Request, now: datetime) -> OnTheWay | None:
        """How far this browser is; None: at the beginning."""
        claims = self._read(request, ON_THE_WAY, now)
        if claims is None:
            return None
        role, since = claims["role"], claims["since"]
        return OnTheWay(
            UUID(claims["sub"]),
            UUID(claims["attempt"]),
            claims["epoch"],
            claims["target"],
            claims["second"],
            Membership(organisation_id=UUID(claims["org"]), role=Role(role)) if role else None,
            datetime.fromtimestamp(since, now.tzinfo) if since else None,
        )

    def end_way(self, response: Response) -> None:
        """They are in."""
        drop_cookie(response, ON_THE_WAY.name, secure=self._secure)

    def keep_device(self, request: Request, response: Response, lane: str, fresh_id: UUID, now: datetime) -> None:
        """This device proved itself for the address of this lane; one that did so before keeps its identity."""
        known = self.device_of(request, lane, now)
        self._put(response, DEVICE, {"lane": lane, "device": known or fresh_id.hex}, now)

    def device_of(self, request: Request, lane: str | None, now: datetime) -> str:
        """The device's identity, when it proved itself for the address of this lane (None: for any); else empty."""
        claims = self._read(request, DEVICE, now) or {}
        return str(claims["device"]) if claims and lane in (None, claims["lane"]) else ""

    def keep_journey(self, response: Response, journey: Journey, target: str, now: datetime) -> None:
        """They are at their own organisation's page."""
        claims = {"state": journey.state, "nonce": journey.nonce, "verifier": journey.verifier, "target": target}
        self._put(response, ELSEWHERE, claims, now)

    def journey_of(self, request: Request, now: datetime) -> tuple[Journey, str] | None:
        """What was kept, and where to go after it."""
        claims = self._read(request, ELSEWHERE, now)
        if claims is None:
            return None
        return Journey(claims["state"], claims["nonce"], claims["verifier"]), claims["target"]

    def end_journey(self, response: Response) -> None:
        """They are back."""
        drop_cookie(response, ELSEWHERE.name, secure=self._secure)

    def _put(self, response: Response, kind: Kind, claims: Mapping[str, Any], now: datetime) -> None:
        whole = {**claims, "aud": kind.audience, "exp": int((now + kind.lasts).timestamp())}
        token = jwt.encode({"alg": HS256}, whole, _signing(self._keys.newest), algorithms=[HS256])
        set_cookie(response, kind.name, token, kind.lasts, secure=self._secure)

    def _read(self, request: Request, kind: Kind, now: datetime) -> dict[str, Any] | None:
        token = request.cookies.get(cookie_name(kind.name, secure=self._secure))
        found = (_claims_of(token, kind, key, now) for key in self._keys.all) if token else iter(())
        return next((claims for claims in found if claims is not None), None)


def _signing(code_key: str) -> OctKey:
    """A key of its own for these cookies: what a code is made with signs nothing else."""
    return OctKey.import_key(key_for("sign-in cookies", code_key))


def _claims_of(token: str, kind: Kind, code_key: str, now: datetime) -> dict[str, Any] | None:
    try:
        decoded = jwt.decode(token, _signing(code_key), algorithms=[HS256])
        aud: Any = {"essential": True, "value": kind.audience}
        JWTClaimsRegistry(now=int(now.timestamp()), leeway=0, aud=aud, exp={"essential": True}).validate(decoded.claims)
    except (JoseError, ValueError):
        return None
    return dict(decoded.claims)
