"""What time it is: a port. A transaction takes its time from the database; only loops that wait use this one."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time in UTC."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""


class SystemClock:
    """The host's clock."""

    def now(self) -> datetime:
        """This instant by the host."""
        return datetime.now(UTC)


class HeldClock:
    """The twin: stands still until somebody moves it."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The instant at which it is held."""
        return self._at

    def forward(self, by: timedelta) -> None:
        """Move on; never back."""
        if by < timedelta(0):
            msg = f"a clock only goes forward, not by {by}"
            raise ValueError(msg)
        self._at += by
