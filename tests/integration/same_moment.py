"""Two steps at the same moment on a real database: what comes of them must be what one after the other would give."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from random import Random
from typing import Any, TypeVar

from shared.kernel.errors import Refusal

UnitT = TypeVar("UnitT")
# Long enough for another transaction to come in between, short enough to be tried many times.
LONGEST_PAUSE_SECONDS = 0.02


def hesitating(repository: Any, *reads: str, random: Random) -> None:  # noqa: ANN401 - any repository
    """After each of these reads it pauses for a moment, in which somebody else may do anything."""
    for name in reads:
        setattr(repository, name, _slow(getattr(repository, name), random))


def _slow(read: Callable[..., Awaitable[Any]], random: Random) -> Callable[..., Awaitable[Any]]:
    async def slowly(*given: object, **options: object) -> Any:  # noqa: ANN401 - whatever is read
        found = await read(*given, **options)
        await asyncio.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))
        return found

    return slowly


async def outcome_of(
    begin: Callable[[], AbstractAsyncContextManager[UnitT]], step: Callable[[UnitT], Awaitable[object]]
) -> str:
    """How a step ended: "done", or the name of its refusal."""
    try:
        async with begin() as unit:
            await step(unit)
    except Refusal as refusal:
        return type(refusal).__name__
    return "done"
