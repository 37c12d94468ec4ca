"""How a school's system shows every service who it is: a signed token of five minutes.

It gets one for its key, which goes to intake only (that knows its hash). Whoever reads the token asks nobody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jwt import JWTClaimsRegistry

# So long may a system still ask after its key was taken back.
TOKEN_LASTS: Final = timedelta(minutes=5)
AUDIENCE: Final = "schakel-api"
ALGORITHM: Final = "HS256"


@dataclass(frozen=True, slots=True)
class CallingSystem:
    """A school's system: `key_id` marks what it asked before, `person_id` is the ambassador that it speaks for."""

    key_id: UUID
    person_id: UUID
    organisation_id: UUID


class SystemTokens:
    """Makes and reads the tokens. `key` is the same in all services, at least 32 characters."""

    def __init__(self, key: str) -> None:
        self._key = OctKey.import_key(key)

    def issue(self, system: CallingSystem, now: datetime) -> str:
        """The token, valid for five minutes from `now`.

        It does not say when it was made: a service whose clock is a second behind would refuse it.
        """
        claims = {
            "aud": AUDIENCE,
            "sub": str(system.person_id),
            "org": str(system.organisation_id),
            "key": str(system.key_id),
            "exp": int((now + TOKEN_LASTS).timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM, "typ": "schakel-api+jwt"}, claims, self._key, algorithms=[ALGORITHM])

    def read(self, token: str, now: datetime) -> CallingSystem | None:
        """Who this is; None when the token is tampered with, of another key, for something else, or expired."""
        try:
            decoded = jwt.decode(token, self._key, algorithms=[ALGORITHM])
            registry = JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=0,
                aud={"essential": True, "value": AUDIENCE},
                exp={"essential": True},
            )
            registry.validate(decoded.claims)
            return CallingSystem(*(UUID(decoded.claims[name]) for name in ("key", "sub", "org")))
        except (JoseError, ValueError, KeyError, TypeError, AttributeError):
            return None
