"""What monitoring needs from its environment."""

from pydantic import Field

from shared.settings import CommonSettings


class MonitoringSettings(CommonSettings):
    """The common settings, and the desk that people can call."""

    desk_name: str = Field("de regie", max_length=60, description="who answers questions, e.g. Schakelpunt Schiewijk")
    desk_phone: str = Field("", max_length=20, description="the phone number for questions, e.g. 010 123 45 67")
