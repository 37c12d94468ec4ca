"""`schakel clock forward`: the databases' time moves on in a demo or a test, and nowhere else."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import asyncpg

from deploy.install.errors import OperatorError
from shared.storage.database import driver_dsn

# When its clocks ring, nobody may live in the past any more.
LAST = "monitoring"
MOVABLE = ("demo", "test")
LONGEST = timedelta(days=3660)
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_PART = re.compile(r"(\d{1,5})([wdhms])")
_AHEAD = "SELECT coalesce(max(ahead), interval '0') FROM clock_offset"
_SET = "INSERT INTO clock_offset (ahead) VALUES ($1) ON CONFLICT (one_row) DO UPDATE SET ahead = excluded.ahead"


class ClockFixed(OperatorError):
    """This clock is not for moving."""


def duration(text: str) -> timedelta:
    """`14d`, `2w`, `36h`, `1d12h`. Raises ValueError with an example."""
    plain = text.strip().lower().replace(" ", "")
    parts = _PART.findall(plain)
    if not parts or "".join(number + unit for number, unit in parts) != plain:
        msg = f"{text!r} is no duration: write for example 14d, 2w, 36h or 1d12h"
        raise ValueError(msg)
    whole = sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta())
    if not timedelta() < whole <= LONGEST:
        msg = f"{text!r} is out of reach: more than nothing, at most {LONGEST.days}d"
        raise ValueError(msg)
    return whole


async def forward(urls: Mapping[str, str], by: timedelta, *, environment: str) -> timedelta:
    """Move the clock of all these databases; returns how far ahead they now are. Raises ClockFixed.

    All are set to the same time, from the one that is furthest ahead: what broke off halfway leaves no gap.
    """
    if environment not in MOVABLE:
        msg = f"the clock stands fast: the environment is {environment!r}, and only {' or '.join(MOVABLE)} may move it"
        raise ClockFixed(msg)
    async with AsyncExitStack() as stack:
        order = sorted(urls, key=lambda service: service == LAST)
        clocks = [await stack.enter_async_context(_connected(urls[service])) for service in order]
        ahead: timedelta = max([await clock.fetchval(_AHEAD) for clock in clocks], default=timedelta()) + by
        for clock in clocks:
            await clock.execute(_SET, ahead)
    return ahead


@asynccontextmanager
async def _connected(url: str) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    connection = await asyncpg.connect(driver_dsn(url), timeout=10)
    try:
        yield connection
    finally:
        await connection.close()
