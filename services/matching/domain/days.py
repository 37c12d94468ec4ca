"""Which day it is for people: the day in Amsterdam."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def day_of(at: datetime) -> date:
    """The day in Amsterdam at this instant."""
    return at.astimezone(AMSTERDAM).date()
