"""Crashes: at any call of a port the process may die, and everything that was not committed is gone."""

import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random
from typing import Any

from shared.events.base import Envelope
from shared.unit_of_work import Units

# Data, not ports: no call on these can be the last one.
PLAIN = (int, float, str, bytes, bool, type(None))


class Crashed(BaseException):
    """The process died here. No `except Exception` may stop it."""


class Faults:
    """Decides by the one random generator when a process dies."""

    def __init__(self, random: Random, rate: float) -> None:
        self._random, self.rate = random, rate
        self.crashes = 0

    def here(self) -> None:
        """Maybe the last thing that this process did."""
        if self.rate and self._random.random() < self.rate:
            self.crashes += 1
            raise Crashed


class Fragile:
    """A port at whose every call the process may die: before it took effect."""

    def __init__(self, port: object, faults: Faults) -> None:
        self._port, self._faults = port, faults

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._port, name)
        if not callable(value):
            return value
        if inspect.iscoroutinefunction(value):
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
    """A unit of work whose every port is fragile; notes which event is being handled."""

    def __init__(self, unit: Any, faults: Faults, heard: list[Envelope]) -> None:
        self._unit, self._faults, self._heard = unit, faults, heard

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._unit, name)
        if name in {"now", "ids", "savepoint", "codes", "calendar"} or isinstance(value, PLAIN):
            return value
        return Fragile(value, self._faults)

    def caused_by(self, envelope: Envelope | None) -> None:
        if envelope is not None:
            self._heard.append(envelope)
        self._unit.caused_by(envelope)


class FragileUnits:
    """Units of work that may die at any call, before the commit or right after it."""

    def __init__(self, units: Units[Any], faults: Faults) -> None:
        self._units, self._faults = units, faults
        self.heard: list[Envelope] = []

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Any]:
        async with self._units.begin() as unit:
            yield FragileUnit(unit, self._faults, self.heard)
            self._faults.here()
        self._faults.here()
