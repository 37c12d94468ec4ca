"""What notify needs from its environment."""

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from shared.kernel.settings import PREFIX, CommonSettings, MailAddress


class NotifySettings(CommonSettings):
    """The common settings, and the mail server."""

    smtp_host: str = Field(min_length=1, description="the mail server's name, e.g. mail.example")
    smtp_port: int = Field(587, ge=1, le=65535, description="the mail server's port, e.g. 587")
    smtp_username: str = Field("", description="the name to log in with; empty: no login")
    smtp_password: str = Field(
        "", validate_default=True, repr=False, description="the password that goes with SCHAKEL_SMTP_USERNAME"
    )
    smtp_starttls: bool = Field(
        default=True, description="true: the connection must be encrypted; false: only for a server on the same machine"
    )
    smtp_connections: int = Field(
        4, ge=1, le=32, description="how many connections to the mail server are kept, e.g. 4"
    )
    mail_from: MailAddress = Field(description="the sender's address, e.g. schakel@gemeente.example")
    mail_lease_seconds: float = Field(
        45, ge=0.5, le=55, description="after how long an attempt counts as broken off, in seconds, e.g. 45"
    )

    @field_validator("smtp_password")
    @classmethod
    def _goes_with_the_name(cls, password: str, others: ValidationInfo) -> str:
        if others.data.get("smtp_username") and not password:
            raise PydanticCustomError("missing", "a name without its password")
        return password

    @field_validator("smtp_starttls")
    @classmethod
    def _no_password_in_the_clear(cls, starttls: bool, others: ValidationInfo) -> bool:  # noqa: FBT001 - a setting
        if others.data.get("smtp_username") and not starttls and others.data.get("environment") == "production":
            msg = f"{PREFIX}SMTP_STARTTLS must be true when {PREFIX}SMTP_USERNAME is set, no password in the clear"
            raise ValueError(msg)
        return starttls
