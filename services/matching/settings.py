"""What matching needs from its environment."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from shared.kernel.settings import CommonSettings, Key
from shared.privacy.rotating_key import RotatingKey
from shared.privacy.sealed import KEY_BYTES, key_for


def _each_long_enough(lines: str) -> str:
    if any(len(line) < KEY_BYTES for line in lines.splitlines()):
        raise ValueError(f"each line needs at least {KEY_BYTES} characters")
    return lines


def second_factor_key(code_key: str) -> bytes:
    """The wrapping key of the seeds of second factors."""
    return key_for("second factors", code_key)


class MatchingSettings(CommonSettings):
    """The common settings, the key of the sign-in codes, and the sign-in of people's own organisation."""

    code_key: Annotated[Key, AfterValidator(_each_long_enough)] = Field(
        repr=False, description="at least 32 characters, for matching only: schakel keys secrets"
    )
    code_key_file: Path | None = Field(
        None, description="the file that the key stands in; while it is replaced, the older ones stand below it"
    )
    oidc_issuer: str = Field(
        "",
        pattern=r"^$|^https?://[^\s?#]+$",
        description="whose accounts people may sign in with as well (OpenID Connect), e.g. https://login.example/city; "
        "empty: nobody's",
    )
    oidc_client_id: str = Field(
        "", validate_default=True, max_length=200, description="what Schakel is called at that issuer"
    )
    oidc_client_secret: str = Field(
        "", validate_default=True, repr=False, max_length=500, description="the secret that goes with it"
    )

    @property
    def code_key_ring(self) -> RotatingKey:
        """The key of the codes, and those before it."""
        return RotatingKey(self.code_key, self.code_key_file)

    @field_validator("oidc_client_id", "oidc_client_secret")
    @classmethod
    def _goes_with_the_issuer(cls, given: str, others: ValidationInfo) -> str:
        if others.data.get("oidc_issuer") and not given:
            raise ValueError("an issuer is named, and this is empty")
        return given
