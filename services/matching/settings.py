"""What matching needs from its environment."""

from pydantic import Field

from shared.kernel.settings import CommonSettings, Key


class MatchingSettings(CommonSettings):
    """The common settings, and the key of the sign-in codes."""

    code_key: Key = Field(repr=False, description="at least 32 characters, for matching only: schakel keys secrets")
