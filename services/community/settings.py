"""What community needs from its environment."""

from pathlib import Path

from pydantic import Field

from shared.kernel.settings import CommonSettings, Key
from shared.privacy.rotating_key import RotatingKey
from shared.privacy.sealed import Sealing, WrappingKeys, key_for


class CommunitySettings(CommonSettings):
    """The common settings, and the key that seals what people who sign up tell about themselves."""

    address_key: Key = Field(repr=False, description="at least 32 characters, for community only: schakel keys secrets")
    address_key_file: Path | None = Field(
        None, description="the file that the key stands in; while it is replaced, the older ones stand below it"
    )

    @property
    def sealing(self) -> Sealing:
        """What opens the addresses."""
        return Sealing(WrappingKeys(RotatingKey(self.address_key, self.address_key_file), sign_ups_key))

    @property
    def digest_key(self) -> bytes:
        """With which addresses are digested, to find a second sign-up: of a key that no rotation replaces."""
        return key_for("addresses", self.audit_key)


def sign_ups_key(address_key: str) -> bytes:
    """The wrapping key of the sign-ups."""
    return key_for("sign-ups", address_key)
