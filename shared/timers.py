"""Timers: rows with a due time, judged by the database's clock only, fired once each with their effect."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.crash import crash_point
from shared.errors import is_transient
from shared.statements import Statement
from shared.unit_of_work import Timer, UnitOfWork, Units

POLL_SECONDS = 1.0
BATCH = 100
# A pause between full batches, so that a long downtime does not flood everybody at once.
THROTTLE_SECONDS = 0.05
RETRY_AFTER = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)

# What the database holds to be now, in a demo moved forward by `schakel clock forward`.
DATABASE_NOW = "(SELECT now() + coalesce((SELECT ahead FROM clock_offset), interval '0'))"

_SET = Statement(
    """
    INSERT INTO timers (key, kind, subject, due_at, data)
    SELECT key, kind, subject, due_at, CAST(data AS jsonb)
    FROM unnest(CAST(:keys AS text[]), CAST(:kinds AS text[]), CAST(:subjects AS uuid[]), CAST(:due AS timestamptz[]),
                CAST(:data AS text[])) AS t (key, kind, subject, due_at, data) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, subject = excluded.subject, due_at = excluded.due_at,
        data = excluded.data, retry_at = NULL, attempts = 0, last_error = NULL
    """
)
_CLEAR = Statement("DELETE FROM timers WHERE key = ANY(CAST(:keys AS text[]))")
_POSTPONE = Statement(
    "UPDATE timers SET retry_at = :retry_at, attempts = attempts + 1, last_error = :error WHERE key = :key"
)
_CLAIM = Statement(
    f"""
    SELECT key, kind, subject, due_at, CAST(data AS text) AS data, attempts FROM timers
    WHERE coalesce(retry_at, due_at) <= {DATABASE_NOW}
    ORDER BY coalesce(retry_at, due_at), key LIMIT :limit FOR UPDATE SKIP LOCKED
    """  # noqa: S608 - a constant of this module
)

log = structlog.get_logger(__name__)


class BufferedTimers:
    """Collects what is set, cleared and postponed in one unit of work; the last word per key counts."""

    def __init__(self) -> None:
        self.changes: dict[str, Timer | tuple[datetime, str] | None] = {}

    def set(self, timer: Timer) -> None:
        """Set it, or move the one with the same key."""
        self.changes[timer.key] = timer

    def clear(self, *keys: str) -> None:
        """Forget these."""
        for key in keys:
            self.changes[key] = None

    def postpone(self, key: str, retry_at: datetime, error: str) -> None:
        """Its firing failed: try again at `retry_at`."""
        self.changes[key] = (retry_at, error)


class PostgresTimers(BufferedTimers):
    """The table `timers` of one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__()
        self._connection = connection

    async def claim(self, limit: int) -> list[Timer]:
        """The overdue ones, oldest first; locked."""
        rows = await _CLAIM.rows(self._connection, {"limit": limit})
        return [Timer(**{**row, "data": json.loads(row["data"])}) for row in rows]

    async def flush(self) -> None:
        """Write what was collected, in key order so that two units never wait for each other."""
        to_set = [change for change in self.changes.values() if isinstance(change, Timer)]
        to_clear = sorted(key for key, change in self.changes.items() if change is None)
        if to_clear:
            await _CLEAR.rows(self._connection, {"keys": to_clear})
        if to_set:
            await _SET.rows(self._connection, _columns(to_set))
        for key, change in self.changes.items():
            if isinstance(change, tuple):
                await _POSTPONE.rows(self._connection, {"key": key, "retry_at": change[0], "error": change[1]})
        self.changes.clear()


def _columns(timers: list[Timer]) -> dict[str, object]:
    return {
        "keys": [timer.key for timer in timers],
        "kinds": [timer.kind for timer in timers],
        "subjects": [timer.subject for timer in timers],
        "due": [timer.due_at for timer in timers],
        "data": [json.dumps(dict(timer.data)) for timer in timers],
    }


UnitT = TypeVar("UnitT", bound=UnitOfWork)
TimerHandler = Callable[[Timer, UnitT], Awaitable[None]]


class TimerLoop(Generic[UnitT]):
    """Fires what is due: the row goes away in the transaction of the effect, so each timer has one effect."""

    def __init__(self, units: Units[UnitT], handlers: Mapping[str, TimerHandler[UnitT]]) -> None:
        self._units = units
        self._handlers = handlers

    async def fire_due(self, limit: int = BATCH) -> int:
        """Fire at most `limit` overdue timers; returns how many were looked at."""
        async with self._units.begin() as unit:
            due = await unit.timers.claim(limit)
            for timer in due:
                await self._fire(timer, unit)
            if due:
                crash_point("timers.before-commit")
        if due:
            crash_point("timers.after-commit")
        return len(due)

    async def _fire(self, timer: Timer, unit: UnitT) -> None:
        try:
            async with unit.savepoint():
                # Cleared first: a handler may set the same key again.
                unit.timers.clear(timer.key)
                await self._handlers[timer.kind](timer, unit)
        except Exception as error:
            if is_transient(error):
                raise
            log.exception("timer failed", kind=timer.kind, subject=str(timer.subject), attempts=timer.attempts + 1)
            pause = min(RETRY_AFTER * 2 ** min(timer.attempts, 10), LONGEST_RETRY)
            unit.timers.postpone(timer.key, unit.now + pause, type(error).__name__)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set."""
        while not stop.is_set():
            pause = POLL_SECONDS
            try:
                if await self.fire_due() == BATCH:
                    pause = THROTTLE_SECONDS
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("timers wait", reason=type(error).__name__)
            await wait_for(stop, pause)


async def wait_for(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but wake at once when `stop` is set."""
    if seconds <= 0:
        return
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
