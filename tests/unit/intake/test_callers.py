"""Who asks is looked up once, however many ask at the same moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.requests import Request

from services.intake.web.callers import Callers
from shared.kernel.clock import HeldClock
from shared.web.problem import Problem
from tests.unit.intake.given import NOW, units_in_memory


class CountedUnits:
    """Units of work, counted."""

    def __init__(self) -> None:
        self._units = units_in_memory()
        self.opened = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Any]:
        self.opened += 1
        async with self._units.begin() as unit:
            await asyncio.sleep(0)
            yield unit


class _Limiter:
    async def hit(self, *_: str) -> None:
        """Any number of times."""


def asking() -> Request:
    app = type("App", (), {"state": type("State", (), {"web": type("Web", (), {"limiter": _Limiter()})})})
    return Request({"type": "http", "headers": [(b"authorization", b"Bearer sk_x")], "app": app, "client": None})


async def test_key_is_looked_up_once_when_many_ask_at_the_same_moment() -> None:
    units = CountedUnits()
    callers = Callers(units, HeldClock(NOW))

    answers = await asyncio.gather(*(callers.find(asking()) for _ in range(50)), return_exceptions=True)

    assert all(isinstance(answer, Problem) for answer in answers)
    assert units.opened == 1
    with pytest.raises(Problem):
        await callers.find(asking())
    assert units.opened == 2
