"""Timers: rows with a due time, judged by the database's clock only, fired once each with their effect."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.events.base import Cause
from shared.kernel.crash_points import crash_point
from shared.kernel.errors import is_transient
from shared.kernel.retry_budget import RetryBudget
from shared.kernel.spans import NO_SPANS, Spans
from shared.kernel.waiting import doubled, wait_for
from shared.messaging.schedule import TimerHandler
from shared.messaging.traced import FiredTimer
from shared.storage.database import DATABASE_NOW
from shared.storage.statements import Statement
from shared.unit_of_work import Timer, UnitOfWork, Units

POLL_SECONDS = 1.0
BATCH = 100
# A pause between full batches, so that a long downtime does not flood everybody at once.
THROTTLE_SECONDS = 0.05
RETRY_AFTER = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)

_SET = Statement(
    """
    INSERT INTO timers (key, kind, subject, due_at, data, correlation_id, causation_id, traceparent)
    SELECT key, kind, subject, due_at, CAST(data AS jsonb), correlation_id, causation_id, traceparent
    FROM unnest(CAST(:keys AS text[]), CAST(:kinds AS text[]), CAST(:subjects AS uuid[]), CAST(:due AS timestamptz[]),
                CAST(:data AS text[]), CAST(:correlations AS uuid[]), CAST(:causes AS uuid[]), CAST(:traces AS text[]))
         AS t (key, kind, subject, due_at, data, correlation_id, causation_id, traceparent) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, subject = excluded.subject, due_at = excluded.due_at,
        data = excluded.data, correlation_id = excluded.correlation_id, causation_id = excluded.causation_id,
        traceparent = excluded.traceparent, set_at = excluded.set_at, retry_at = NULL, attempts = 0, last_error = NULL
    """
)
_LOCK = Statement("SELECT key FROM timers WHERE key = ANY(CAST(:keys AS text[])) ORDER BY key FOR UPDATE")
_CLEAR = Statement("DELETE FROM timers WHERE key = ANY(CAST(:keys AS text[]))")
_POSTPONE = Statement(
    "UPDATE timers SET retry_at = :retry_at, attempts = attempts + 1, last_error = :error WHERE key = :key"
)
_CLAIM = Statement(
    f"""
    SELECT key, kind, subject, due_at, CAST(data AS text) AS data, attempts, correlation_id, causation_id, traceparent
    FROM timers
    WHERE coalesce(retry_at, due_at) <= {DATABASE_NOW}
    ORDER BY coalesce(retry_at, due_at), key LIMIT :limit FOR UPDATE SKIP LOCKED
    """  # noqa: S608 - a constant of this module
)

log = structlog.get_logger(__name__)


class BufferedTimers:
    """Collects what is set, cleared and postponed in one unit of work; the last change of a key counts."""

    def __init__(self, cause: Callable[[], Cause]) -> None:
        self._cause = cause
        self.changes: dict[str, Timer | tuple[datetime, str] | None] = {}

    def set(self, timer: Timer) -> None:
        self.changes[timer.key] = replace(timer, cause=self._cause())

    def follow(self, beginning: Cause | None) -> None:
        """What was set at a door belongs to the chain that the first event of its unit begins."""
        for key, change in self.changes.items() if beginning else ():
            if isinstance(change, Timer):
                self.changes[key] = replace(change, cause=beginning)

    def clear(self, *keys: str) -> None:
        for key in keys:
            self.changes[key] = None

    def drop(self, naming: str) -> None:
        """Take back those that name this id: it is erased."""
        for key, change in self.changes.items():
            if isinstance(change, Timer) and (naming in key or naming == str(change.subject)):
                self.changes[key] = None

    def changed(self, key: str) -> bool:
        return key in self.changes

    def postpone(self, key: str, retry_at: datetime, error: str) -> None:
        self.changes[key] = (retry_at, error)


class PostgresTimers(BufferedTimers):
    """The table `timers` in one transaction."""

    def __init__(self, connection: AsyncConnection, cause: Callable[[], Cause]) -> None:
        super().__init__(cause)
        self._connection = connection

    async def claim(self, limit: int) -> list[Timer]:
        rows = await _CLAIM.rows(self._connection, {"limit": limit})
        return [_timer(dict(row)) for row in rows]

    async def flush(self) -> None:
        """Write what was collected; all rows are locked in key order first, so that two units wait in one order.

        Only fired timers are locked in another order: a unit that meets those may still be told to try again.
        """
        to_set = [change for change in self.changes.values() if isinstance(change, Timer)]
        to_clear = [key for key, change in self.changes.items() if change is None]
        if to_clear:
            await _LOCK.rows(self._connection, {"keys": list(self.changes)})
            await _CLEAR.rows(self._connection, {"keys": to_clear})
        if to_set:
            await _SET.rows(self._connection, _columns(to_set))
        for key, change in self.changes.items():
            if isinstance(change, tuple):
                await _POSTPONE.rows(self._connection, {"key": key, "retry_at": change[0], "error": change[1]})
        self.changes.clear()


def _timer(row: Mapping[str, Any]) -> Timer:
    cause = Cause(row["correlation_id"], row["causation_id"], row["traceparent"])
    data = json.loads(row["data"])
    return Timer(row["key"], row["kind"], row["subject"], row["due_at"], data, row["attempts"], cause)


def _columns(timers: list[Timer]) -> dict[str, object]:
    return {
        "keys": [timer.key for timer in timers],
        "kinds": [timer.kind for timer in timers],
        "subjects": [timer.subject for timer in timers],
        "due": [timer.due_at for timer in timers],
        "data": [json.dumps(dict(timer.data)) for timer in timers],
        "correlations": [timer.cause and timer.cause.correlation_id for timer in timers],
        "causes": [timer.cause and timer.cause.causation_id for timer in timers],
        "traces": [timer.cause and timer.cause.traceparent for timer in timers],
    }


UnitT = TypeVar("UnitT", bound=UnitOfWork)


class TimerLoop(Generic[UnitT]):
    """Fires what is due: the row is deleted in the transaction of the effect, so each timer has one effect."""

    def __init__(
        self, units: Units[UnitT], handlers: Mapping[str, TimerHandler[UnitT]], *, spans: Spans = NO_SPANS
    ) -> None:
        self._units, self._handlers, self._spans = units, handlers, spans
        self._budget = RetryBudget()

    async def fire_due(self, limit: int = BATCH) -> int:
        """Fire at most `limit` overdue timers; returns how many were looked at."""
        try:
            return await self._fire_together(limit)
        except Exception as error:
            if is_transient(error):
                raise
        # Some things are refused only at the commit: then each in a transaction of its own.
        for looked_at in range(limit):
            if not await self._fire_next():
                return looked_at
        return limit

    async def _fire_together(self, limit: int) -> int:
        async with self._units.begin() as unit:
            due = await unit.timers.claim(limit)
            for timer in due:
                # An earlier one of these may have cleared or moved it.
                if not unit.timers.changed(timer.key):
                    await self._fire(timer, unit)
            if due:
                crash_point("timers.before-commit")
        if due:
            crash_point("timers.after-commit")
        self._budget.reset(*(timer.key for timer in due))
        return len(due)

    async def _fire_next(self) -> int:
        """The oldest alone; returns how many were looked at."""
        first: Timer | None = None
        try:
            async with self._units.begin() as unit:
                for first in await unit.timers.claim(1):
                    await self._fire(first, unit)
        except Exception as error:
            if is_transient(error):
                raise
            async with self._units.begin() as unit:
                # Another worker may have had it in the meantime.
                for timer in await unit.timers.claim(1):
                    if timer == first:
                        with FiredTimer(timer):
                            self._postpone(timer, unit, error)
        return 0 if first is None else 1

    async def _fire(self, timer: Timer, unit: UnitT) -> None:
        with FiredTimer(timer, self._spans) as fired:
            unit.caused_by(fired.cause)
            try:
                async with unit.savepoint():
                    # Cleared first: a handler may set the same key again.
                    unit.timers.clear(timer.key)
                    await self._handlers[timer.kind](timer, unit)
            except Exception as error:
                if is_transient(error) and not self._budget.exhausted(timer.key):
                    raise
                fired.failed()
                self._postpone(timer, unit, error)
            else:
                log.debug("timer_fired")

    @staticmethod
    def _postpone(timer: Timer, unit: UnitT, error: Exception) -> None:
        log.error("timer_failed", attempts=timer.attempts + 1, exc_info=error)
        pause = doubled(RETRY_AFTER, LONGEST_RETRY, timer.attempts)
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
                log.warning("timers_wait", error=type(error).__name__)
            await wait_for(stop, pause)
