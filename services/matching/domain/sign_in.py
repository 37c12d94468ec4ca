"""Signing in with a mailed code. The code itself is never stored: it follows from the identity and a key."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.events.matching import SignInPurpose, SignInRequested

CODE_VALID_FOR = timedelta(minutes=10)
MOST_TRIES = 5
DIGITS = 6


def code_of(key: bytes, sign_in_id: UUID) -> str:
    """The six digits that belong to this attempt to sign in."""
    digest = hmac.digest(key, b"sign-in|" + sign_in_id.bytes, hashlib.sha256)
    return str(int.from_bytes(digest[:8], "big") % 10**DIGITS).zfill(DIGITS)


@dataclass(slots=True)
class SignIn:
    """One attempt of one person."""

    id: UUID
    person_id: UUID
    expires_at: datetime
    tries: int = 0
    used: bool = False

    @classmethod
    def request(cls, sign_in_id: UUID, person_id: UUID, *, at: datetime) -> tuple["SignIn", SignInRequested]:
        """A person asks for a code."""
        sign_in = cls(id=sign_in_id, person_id=person_id, expires_at=at + CODE_VALID_FOR)
        return sign_in, SignInRequested(
            subject=person_id,
            occurred_at=at,
            sign_in_id=sign_in_id,
            purpose=SignInPurpose.SIGN_IN,
            expires_at=sign_in.expires_at,
        )

    def is_open(self, *, at: datetime) -> bool:
        """Whether a code can still be tried."""
        return not self.used and self.tries < MOST_TRIES and at < self.expires_at

    def try_code(self, typed: str, *, key: bytes, at: datetime) -> bool:
        """Use up one try; True when the code is right, which uses the whole attempt up."""
        if not self.is_open(at=at):
            return False
        self.tries += 1
        self.used = hmac.compare_digest(typed.encode(), code_of(key, self.id).encode())
        return self.used
