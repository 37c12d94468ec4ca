"""Crashes: at any call of a port the process may die, and everything that was not committed is gone. And poison."""

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from random import Random
from typing import Any, cast
from uuid import UUID

from shared.events.base import Cause, Envelope
from shared.kernel.trace import WORK
from shared.messaging.traced import HandledEvent
from shared.unit_of_work import Units

# Data, not ports: no call on these can be the last one.
PLAIN = (int, float, str, bytes, bool, type(None))


# With a hundred calls in a transaction a process dies this often before it gets through once.
MOST_DEATHS_IN_A_ROW = 60


class Crashed(BaseException):
    """The process died here. No `except Exception` may stop it."""


class Poisoned(Exception):
    """A handler cannot apply this event until its release is mended."""


class Faults:
    """Decides by the one random generator when a process dies, and which events a service cannot apply."""

    def __init__(self, random: Random, rate: float) -> None:
        self._random, self.rate = random, rate
        self.poison_rate = 0.0
        self.crashes = 0
        self._died: dict[str, int] = {}
        self._can_apply: dict[tuple[str, UUID], bool] = {}

    def taste(self, service: str, event_id: UUID) -> None:
        """Once poison, the event stays it for this service until it is `mended`. Raises Poisoned."""
        if self.poison_rate and (service, event_id) not in self._can_apply:
            self._can_apply[service, event_id] = self._random.random() >= self.poison_rate
        if not self._can_apply.get((service, event_id), True):
            raise Poisoned

    def mended(self) -> None:
        """A new release can apply all of them."""
        self._can_apply.clear()

    @contextmanager
    def at(self, what: str) -> Iterator[None]:
        """This work dies as chance has it; a long one that chance alone would hold up for days is spared at last."""
        rate, died = self.rate, self._died.get(what, 0)
        if died >= MOST_DEATHS_IN_A_ROW:
            self.rate = 0.0
        try:
            yield
        except Crashed:
            self._died[what] = died + 1
            raise
        finally:
            self.rate = rate
        self._died[what] = 0

    def here(self) -> None:
        """Maybe the last thing that this process did."""
        if self.rate and self._random.random() < self.rate:
            self.crashes += 1
            raise Crashed


@functools.cache
def _is_awaited(function: Callable[..., Any]) -> bool:
    """Asked of each function once, because a life makes thousands of calls."""
    return inspect.iscoroutinefunction(function)


class Fragile:
    """A port at whose every call the process may die: before it took effect."""

    def __init__(self, port: object, faults: Faults) -> None:
        self._port, self._faults = port, faults

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._port, name)
        if not callable(value):
            return value
        if _is_awaited(getattr(value, "__func__", value)):
            return self._later(value)
        return self._now(value)

    def _now(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def fragile(*arguments: Any, **options: Any) -> Any:
            self._faults.here()
            return call(*arguments, **options)

        return fragile

    def _later(self, call: Callable[..., Any]) -> Callable[..., Any]:
        async def fragile(*arguments: Any, **options: Any) -> Any:
            self._faults.here()
            return await call(*arguments, **options)

        return fragile


class FragileUnit:
    """A unit of work whose every port is fragile; knows which event is being handled, and which were applied."""

    def __init__(self, unit: Any, faults: Faults) -> None:
        self._unit, self._faults = unit, faults
        self.handled: Envelope | None = None
        self.applied: list[Envelope] = []

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._unit, name)
        if name in {"now", "ids", "savepoint", "codes", "calendar"} or isinstance(value, PLAIN):
            return value
        return Fragile(value, self._faults)

    @property
    def cause(self) -> Cause:
        return cast("Cause", self._unit.cause)

    def caused_by(self, cause: Cause | None) -> None:
        work = WORK.get()
        self.handled = work.envelope if isinstance(work, HandledEvent) else None
        self._unit.caused_by(cause)


class FragileUnits:
    """Units of work that may die at any call, before the commit or right after it. `applied`: what is committed."""

    def __init__(self, units: Units[Any], faults: Faults) -> None:
        self._units, self._faults = units, faults
        self.applied: list[Envelope] = []

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Any]:
        async with self._units.begin() as unit:
            fragile = FragileUnit(unit, self._faults)
            yield fragile
            self._faults.here()
        self.applied += fragile.applied
        self._faults.here()
