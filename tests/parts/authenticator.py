"""What an app on somebody's telephone shows."""

import base64
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP


def code_at(seed: str, at: datetime) -> str:
    """The six digits of this moment."""
    return TOTP(base64.b32decode(seed), 6, SHA1(), 30).generate(at.timestamp()).decode()  # noqa: S303 - what these apps know
