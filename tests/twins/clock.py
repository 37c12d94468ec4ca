"""The twin of the clock."""

from datetime import datetime, timedelta


class HeldClock:
    """Stands still until somebody moves it."""

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
