"""How a school's system shows every service who it is: a signed token of five minutes.

It gets one for its key, which goes to intake only (that knows its hash, and signs the token). Whoever reads it asks
nobody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from shared.access.signing import ED25519, SYSTEMS, Kind, read_signed, sign
from shared.kernel.key_ring import KeyRing

# So long may a system still ask after its key was taken back.
TOKEN_LASTS: Final = timedelta(minutes=5)
AUDIENCE: Final = "schakel-api"
KIND: Final = Kind("schakel-api+jwt", ED25519)


@dataclass(frozen=True, slots=True)
class CallingSystem:
    """A school's system: `key_id` marks what it asked before, `person_id` is the ambassador that it speaks for."""

    key_id: UUID
    person_id: UUID
    organisation_id: UUID


class SystemTokens:
    """Reads the tokens, in every service; makes them in intake, which alone has the key to sign."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def issue(self, system: CallingSystem, now: datetime) -> str:
        """The token, valid for five minutes from `now`. Raises NoSuchKey elsewhere than in intake.

        It does not say when it was made: a service whose clock is a second behind would refuse it.
        """
        claims = {
            "aud": AUDIENCE,
            "sub": str(system.person_id),
            "org": str(system.organisation_id),
            "key": str(system.key_id),
            "exp": int((now + TOKEN_LASTS).timestamp()),
        }
        return sign(KIND, self._ring, SYSTEMS, claims, now)

    def read(self, token: str, now: datetime) -> CallingSystem | None:
        """Who this is; None when the token is tampered with, of another key, for something else, or expired."""
        signed = read_signed(KIND, self._ring, (SYSTEMS,), token, now)
        if signed is None or signed.claims.get("aud") != AUDIENCE:
            return None
        try:
            return CallingSystem(*(UUID(signed.claims[name]) for name in ("key", "sub", "org")))
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
