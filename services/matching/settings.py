"""What matching needs from its environment."""

from pydantic import Field, ValidationInfo, field_validator

from shared.kernel.settings import CommonSettings, Key


class MatchingSettings(CommonSettings):
    """The common settings, the key of the sign-in codes, and the sign-in of people's own organisation."""

    code_key: Key = Field(repr=False, description="at least 32 characters, for matching only: schakel keys secrets")
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

    @field_validator("oidc_client_id", "oidc_client_secret")
    @classmethod
    def _goes_with_the_issuer(cls, given: str, others: ValidationInfo) -> str:
        if others.data.get("oidc_issuer") and not given:
            raise ValueError("an issuer is named, and this is empty")
        return given
