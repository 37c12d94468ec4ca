"""Who asks is looked up once, however many ask at the same moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.requests import Request

from services.intake.web.school_systems import SchoolSystems
from shared.web.api_limit import ApiLimit
from shared.web.problem import Problem
from shared.web.rate_limit import RateLimiter
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import NOW, units_in_memory


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


def asking() -> Request:
    return Request({"type": "http", "headers": [(b"authorization", b"Bearer sk_x")], "client": None})


async def test_key_is_looked_up_once_when_many_ask_at_the_same_moment() -> None:
    units = CountedUnits()
    systems = SchoolSystems(units, HeldClock(NOW), ApiLimit(RateLimiter(), "intake", 600, 600))

    answers = await asyncio.gather(*(systems.find(asking()) for _ in range(50)), return_exceptions=True)

    assert all(isinstance(answer, Problem) for answer in answers)
    assert units.opened == 1
    with pytest.raises(Problem):
        await systems.find(asking())
    assert units.opened == 2
