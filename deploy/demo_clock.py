"""`schakel clock forward`: the databases' time moves on in a demo or a test, and nowhere else."""

import re
from collections.abc import Mapping
from datetime import timedelta

import asyncpg
from sqlalchemy.engine import make_url

from deploy.trouble import Trouble

# Monitoring last: when its clocks ring, nobody lives in the past any more.
ORDER = ("notify", "matching", "intake", "monitoring")
MOVABLE = ("demo", "test")
LONGEST = timedelta(days=3660)
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_PART = re.compile(r"(\d{1,5})([wdhms])")
_FORWARD = """
    INSERT INTO clock_offset (ahead) VALUES ($1)
    ON CONFLICT (one_row) DO UPDATE SET ahead = clock_offset.ahead + excluded.ahead
    RETURNING ahead
"""


class ClockFixed(Trouble):
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
    """Move the clock of all these databases; returns how far ahead they now are. Raises ClockFixed."""
    if environment not in MOVABLE:
        msg = f"the clock stands fast: the environment is {environment!r}, and only {' or '.join(MOVABLE)} may move it"
        raise ClockFixed(msg)
    ahead = timedelta()
    for service in ORDER:
        if service in urls:
            ahead = await _forward(urls[service], by)
    return ahead


async def _forward(url: str, by: timedelta) -> timedelta:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain, timeout=10)
    try:
        ahead: timedelta = await connection.fetchval(_FORWARD, by)
    finally:
        await connection.close()
    return ahead
