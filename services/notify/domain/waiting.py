"""How long a message waits after an attempt that got nowhere.

A rule of the message, which outlives the process: `Backoff` counts the failures of one loop while it runs.
"""

from datetime import timedelta
from typing import Final

from services.notify.domain.outcome import Reason

# The first wait and the longest: a service that is away is tried again soon, a server that asked for time gets time.
AWAY_WAITS: Final = (timedelta(seconds=0.5), timedelta(seconds=15))
BUSY_WAITS: Final = (timedelta(seconds=2), timedelta(minutes=5))
UNHURRIED: Final = frozenset({Reason.MAIL_SERVER_BUSY, Reason.MAIL_SERVER_LOCKED, Reason.NOT_WRITABLE})
LONGEST_DOUBLING: Final = 16


def waiting_time(reason: Reason, waits: int, jitter: float) -> timedelta:
    """How long to wait after attempt number `waits` (from 0) got nowhere: doubling, spread over its upper half."""
    first, longest = BUSY_WAITS if reason in UNHURRIED else AWAY_WAITS
    whole = min(longest, first * (1 << min(waits, LONGEST_DOUBLING)))
    return whole * (0.5 + jitter / 2)
