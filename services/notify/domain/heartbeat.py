"""Whether somebody still looks that mail which waits leaves: what dies in silence would be missed by nobody."""

from datetime import datetime, timedelta
from typing import Final

DIGESTS: Final = "digests"
# A day, and some hours in which an operator may restart what stopped.
SILENT_AFTER: Final = timedelta(hours=26)


def is_silent(last: datetime | None, now: datetime) -> bool:
    """Whether nobody looked for too long; `last` is when somebody did, and found nothing left behind."""
    return last is None or now - last >= SILENT_AFTER
