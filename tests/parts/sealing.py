"""Sealing with keys of tests."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

from shared.privacy.rotating_key import RotatingKey
from shared.privacy.sealed import Sealing, WrappingKeys


def sealing_with(*keys: bytes, file: Path | None = None) -> Sealing:
    """With these wrapping keys, the newest first."""
    return sealing_by(lines_of(*keys), b64decode, file)


def sealing_by(lines: str, read: Callable[[str], bytes], file: Path | None = None) -> Sealing:
    """With the wrapping keys that `read` makes of these lines."""
    return Sealing(WrappingKeys(RotatingKey(lines, file), read))


def lines_of(*keys: bytes) -> str:
    """As they stand in a file."""
    return "\n".join(b64encode(key).decode() for key in keys)
