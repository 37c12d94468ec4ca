"""Intake's settings."""

import base64
import binascii
from typing import Annotated

from pydantic import AfterValidator, Field

from shared.kernel.settings import CommonSettings
from shared.privacy.sealed import KEY_BYTES


def _a_key(text: str) -> str:
    try:
        length = len(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        raise ValueError("this is not base64") from None
    if length != KEY_BYTES:
        raise ValueError(f"{KEY_BYTES} bytes are needed, not {length}")
    return text


class IntakeSettings(CommonSettings):
    """What intake needs besides."""

    vault_key: Annotated[str, AfterValidator(_a_key)] = Field(
        repr=False, description="the key that wraps the cases' keys, 32 random bytes in base64: schakel keys secrets"
    )

    @property
    def wrapping_key(self) -> bytes:
        """The vault's key itself."""
        return base64.b64decode(self.vault_key)
