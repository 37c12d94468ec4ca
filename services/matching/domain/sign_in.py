"""Signing in with a mailed code. The code itself is never stored: it follows from an identity and a key.

Nobody can be locked out by somebody else: each attempt has its own five tries, and who asks for a code for another's
address takes nothing away. After some requests in a row an attempt takes the code that was mailed last, so that the
mailbox does not fill up; after many in a day codes become too long to guess.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from shared.events.desk_codes import SignInPurpose
from shared.events.matching import SignInRequested

CODE_VALID_FOR: Final = timedelta(minutes=10)
# A code that ends sooner is not shared any more: the mail has to arrive, and to be read.
SHARED_UNTIL_LEFT: Final = timedelta(minutes=3)
MAILS_AT_ONCE: Final = 5
"""So many attempts in the time of one code get a mail of their own."""
MOST_TRIES: Final = 5
COUNTED_FOR: Final = timedelta(days=1)
SHORT_CODES: Final = 20
"""So many attempts a day get a short code: whoever guesses has a chance of one in ten thousand."""
DIGITS: Final = 6
LONG_DIGITS: Final = 10


def code_of(key: bytes, code_id: UUID, digits: int = DIGITS) -> str:
    """The digits that belong to this attempt to sign in."""
    digest = hmac.digest(key, b"sign-in|" + code_id.bytes, hashlib.sha256)
    return str(int.from_bytes(digest[:8], "big") % 10**digits).zfill(digits)


def lane_of(key: bytes, email: str, device_id: str = "") -> str:
    """Whose attempts are counted together: those for one address, apart from those of a device that proved itself."""
    return hmac.digest(key, f"lane|{email.strip().lower()}|{device_id}".encode(), hashlib.sha256).hex()


@dataclass(slots=True)
class SignIn:
    """One attempt of one person; of nobody, when the address is unknown."""

    id: UUID
    person_id: UUID | None
    expires_at: datetime
    tries: int = 0
    used: bool = False
    lane: str = ""
    code_id: UUID | None = None
    """The attempt with which this one shares its code; None: it has a code of its own, which is mailed."""
    digits: int = DIGITS
    second_tries: int = 0
    """How often a second factor was tried after it."""

    @classmethod
    def ask(
        cls, sign_in_id: UUID, person_id: UUID | None, lane: str, earlier: Sequence["SignIn"], *, at: datetime
    ) -> "SignIn":
        """Somebody asks for a code. `earlier` are the attempts of this lane of a day, the newest first."""
        digits = DIGITS if len(earlier) < SHORT_CODES else LONG_DIGITS
        newest = next(iter(earlier), None)
        if newest is not None and _can_be_shared(newest, digits, at) and _is_busy(earlier, at):
            shared = newest.code_id or newest.id
            return cls(sign_in_id, person_id, newest.expires_at, lane=lane, code_id=shared, digits=newest.digits)
        return cls(sign_in_id, person_id, at + CODE_VALID_FOR, lane=lane, digits=digits)

    def requested(self, *, at: datetime) -> SignInRequested | None:
        """What makes a mail go out; None when nobody is to get one."""
        if self.person_id is None or self.code_id is not None or not self.is_open(at=at):
            return None
        return SignInRequested(
            subject=self.id,
            occurred_at=at,
            person_id=self.person_id,
            purpose=SignInPurpose.SIGN_IN,
            expires_at=self.expires_at,
        )

    def code(self, key: bytes) -> str:
        """What opens it."""
        return code_of(key, self.code_id or self.id, self.digits)

    def is_open(self, *, at: datetime) -> bool:
        """Whether a code can still be tried."""
        return not self.used and self.tries < MOST_TRIES and at < self.expires_at

    def try_code(self, typed: str, *, keys: Iterable[bytes], at: datetime) -> bool:
        """Use up one try; True when the code is right by one of the keys, which uses the whole attempt up."""
        if not self.is_open(at=at):
            return False
        self.tries += 1
        self.used = any(hmac.compare_digest(typed.encode(), self.code(key).encode()) for key in keys)
        return self.used

    def may_try_second(self) -> bool:
        """Use up one try of the second factor; False when there is none left."""
        if self.second_tries >= MOST_TRIES:
            return False
        self.second_tries += 1
        return True


def _can_be_shared(newest: SignIn, digits: int, at: datetime) -> bool:
    return not newest.used and newest.digits == digits and newest.expires_at - at >= SHARED_UNTIL_LEFT


def _is_busy(earlier: Sequence[SignIn], at: datetime) -> bool:
    """Whether so many codes run now that one more mail says nothing."""
    return sum(at < each.expires_at for each in earlier) >= MAILS_AT_ONCE


class SignIns(Protocol):
    """Attempts to sign in."""

    async def get(self, sign_in_id: UUID) -> SignIn | None:
        """The attempt, locked, so that tries cannot be made side by side."""

    async def read(self, sign_in_id: UUID) -> SignIn | None:
        """The attempt as it is now."""

    async def save(self, sign_in: SignIn) -> None:
        """Insert it, or take over every field."""

    async def list_of_lane(self, lane: str, since: datetime, limit: int) -> list[SignIn]:
        """Those of this lane that were asked for since, the newest first."""

    async def count_second_tries(self, person_id: UUID, since: datetime) -> int:
        """How often this person's second factor was tried on attempts that ended since."""

    async def close_all_of(self, person_id: UUID) -> None:
        """No earlier code of this person works any more."""

    async def forget(self, before: datetime) -> int:
        """Delete those that expired before; returns how many."""
