"""Intake's settings."""

import base64
import binascii
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from shared.kernel.settings import CommonSettings
from shared.privacy.rotating_key import RotatingKey
from shared.privacy.sealed import KEY_BYTES, Sealing, WrappingKeys


def _keys(lines: str) -> str:
    for line in lines.splitlines():
        try:
            length = len(base64.b64decode(line, validate=True))
        except (binascii.Error, ValueError):
            raise ValueError("this is not base64") from None
        if length != KEY_BYTES:
            raise ValueError(f"{KEY_BYTES} bytes are needed, not {length}")
    return lines


class IntakeSettings(CommonSettings):
    """What intake needs besides."""

    vault_key: Annotated[str, AfterValidator(_keys)] = Field(
        repr=False, description="the key that wraps the cases' keys, 32 random bytes in base64: schakel keys secrets"
    )
    vault_key_file: Path | None = Field(
        None, description="the file that the key stands in; while it is replaced, the older ones stand below it"
    )

    @property
    def sealing(self) -> Sealing:
        """What opens the vault."""
        return Sealing(WrappingKeys(RotatingKey(self.vault_key, self.vault_key_file), base64.b64decode))
