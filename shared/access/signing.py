"""Signed tokens of all kinds: who signs them, with which key, and what must be true of one before it is believed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, Key
from joserfc.jwt import JWTClaimsRegistry

from shared.events.http import ASKS
from shared.kernel.key_ring import KeyRing

# RFC 9864: the curve in the name of the algorithm, where `EdDSA` left it open.
ED25519: Final = "Ed25519"
HS256: Final = "HS256"
SESSIONS: Final = "sessions"
SYSTEMS: Final = "systems"
SIGNED_BY: Final[Mapping[str, str]] = {SESSIONS: "matching", SYSTEMS: "intake"}
"""What one service signs and all check: only that one has the private half of the key."""


def pair(asks: str, answers: str) -> str:
    """The purpose of the key that these two services share, for the questions of the first."""
    return f"{asks}>{answers}"


PAIRS: Final[Mapping[str, tuple[str, str]]] = {pair(*two): two for two in sorted(ASKS)}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of token: what its head must say."""

    typ: str
    algorithm: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What a token says, and for what the key is that signed it."""

    purpose: str
    claims: dict[str, Any]


def sign(kind: Kind, ring: KeyRing, purpose: str, claims: Mapping[str, Any], now: datetime) -> str:
    """The token. Raises NoSuchKey when another service signs these."""
    kid, key = ring.to_sign(purpose, now)
    head = {"alg": kind.algorithm, "kid": kid, "typ": kind.typ}
    return jwt.encode(head, dict(claims), key, algorithms=[kind.algorithm])


def read_signed(
    kind: Kind, ring: KeyRing, purposes: Collection[str], token: str, now: datetime, *, leeway: int = 0
) -> Signed | None:
    """What it says; None when it is not of this kind, of no key for these purposes, tampered with, or expired."""
    found: list[str] = []

    def key_of(head: GuestProtocol) -> Key:
        headers = head.headers()
        known = ring.known(purposes, headers.get("kid"), now)
        if known is None or headers.get("typ") != kind.typ:
            raise ValueError("not of this kind, or of no key that is known")
        found.append(known[0])
        return known[1]

    try:
        claims = jwt.decode(token, key_of, algorithms=[kind.algorithm]).claims
        JWTClaimsRegistry(now=int(now.timestamp()), leeway=leeway).validate({"exp": claims["exp"]})
    except (JoseError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Signed(found[0], claims)
