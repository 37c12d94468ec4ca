"""What matching needs from its environment."""

from pydantic import Field

from shared.settings import CommonSettings, Key


class MatchingSettings(CommonSettings):
    """The common settings, the key of the sign-in codes, and the desk that people can call."""

    code_key: Key = Field(repr=False, description="at least 32 characters, for matching only: schakel keys secrets")
    desk_name: str = Field("de regie", max_length=60, description="who answers questions, e.g. Schakelpunt Schiewijk")
    desk_phone: str = Field("", max_length=20, description="the phone number for questions, e.g. 010 123 45 67")
