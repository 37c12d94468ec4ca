"""What time it is: a port. A transaction takes its time from the database; only loops that wait use this one."""

from datetime import UTC, datetime
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
