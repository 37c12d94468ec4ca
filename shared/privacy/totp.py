"""Digits of an authenticator app (TOTP, RFC 6238): six of them, for half a minute, as every such app makes them.

And recovery codes, for whoever lost the telephone.
"""

import base64
import hmac
import os
import secrets
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

SEED_BYTES: Final = 20
DIGITS: Final = 6
STEP_SECONDS: Final = 30
# A telephone's clock may be this many steps off.
STEPS_OFF: Final = 1
RECOVERY_CODES: Final = 10
# No letter or digit that looks like another one.
RECOVERY_LETTERS: Final = "ACDEFGHJKLMNPQRTUVWXY34679"


def new_seed() -> str:
    """Chance, as people type it into an app: 32 letters and digits."""
    return base64.b32encode(os.urandom(SEED_BYTES)).decode()


def new_recovery_codes() -> tuple[str, ...]:
    """Ten of them; each is chance of 56 bits, as people copy it: `ACDE-3467-FGHJ`."""
    return tuple(_recovery_code() for _ in range(RECOVERY_CODES))


def step_of(seed: str, typed: str, at: datetime) -> int | None:
    """Which half minute these digits belong to, near this moment; None when they are not right."""
    digits = "".join(typed.split())
    now = int(at.timestamp()) // STEP_SECONDS
    totp = _totp(seed)
    for step in range(now - STEPS_OFF, now + STEPS_OFF + 1):
        if hmac.compare_digest(totp.generate(step * STEP_SECONDS), digits.encode()):
            return step
    return None


def address_of(seed: str, account: str, issuer: str) -> str:
    """What stands in the QR code (`otpauth://…`)."""
    return _totp(seed).get_provisioning_uri(account, issuer)


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(RECOVERY_LETTERS) for _ in range(4)) for _ in range(3))


def _totp(seed: str) -> TOTP:
    # What these apps know. SHA-1 is no weakness here: nobody can choose what is hashed.
    return TOTP(base64.b32decode(seed), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
