"""What notify needs from its environment."""

from typing import Annotated

from pydantic import Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from shared.kernel.settings import PREFIX, CommonSettings, MailAddress
from shared.privacy.rotating_key import RotatingKey
from shared.privacy.sealed import Sealing, WrappingKeys, key_for

# A token is put behind what stands before the @, which mail servers take up to 64 characters.
ReplyAddress = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,18}@[^\s@<>\"]+$", max_length=200)]


class NotifySettings(CommonSettings):
    """The common settings, the mail server, and where mail is answered."""

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

    reply_address: ReplyAddress | None = Field(
        None,
        description="where mail is answered, at most 18 characters before the @, e.g. "
        "antwoord@antwoord.gemeente.example; empty: no mail is answered",
    )
    reply_host: str = Field("127.0.0.1", description="the address on which answers are received, e.g. 127.0.0.1")
    reply_port: int = Field(2525, ge=0, le=65535, description="the port on which answers are received, e.g. 2525")
    reply_lmtp: bool = Field(
        default=False, description="true: answers are received over LMTP; false: over SMTP, e.g. false"
    )

    @property
    def replies_key(self) -> bytes:
        """What signs the addresses at which mail is answered: of a key that no rotation replaces."""
        return key_for("replies", self.audit_key)

    @property
    def replies_sealing(self) -> Sealing:
        """What opens the answers that wait to be placed, for a week at most."""
        return Sealing(WrappingKeys(RotatingKey(self.audit_key, None), lambda key: key_for("reply-drafts", key)))

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
