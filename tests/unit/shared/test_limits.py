"""Waiting with a limit, also for a call that will not be cancelled."""

import asyncio
import contextlib
from random import Random

import pytest

from shared.kernel.waiting import Backoff, TookTooLong, wait_for, within


async def for_ever() -> None:
    await asyncio.Event().wait()


async def cancelled_from_inside() -> None:
    raise asyncio.CancelledError


async def test_call_gives_its_result_within_its_limit() -> None:
    async def answer() -> int:
        return 42

    assert await within(5, answer()) == 42


async def test_call_raises_its_own_error_within_its_limit() -> None:
    async def fail() -> None:
        raise ValueError("its own")

    with pytest.raises(ValueError, match="its own"):
        await within(5, fail())


async def test_call_is_given_up_past_its_limit() -> None:
    with pytest.raises(TookTooLong):
        await within(0.01, for_ever())


async def test_call_that_swallows_its_cancellation_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.kernel.waiting._UNWIND_WITHIN", 0.01)
    end_of_test = asyncio.Event()

    async def stubborn() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await for_ever()
        await end_of_test.wait()

    async with asyncio.timeout(5):
        with pytest.raises(TookTooLong):
            await within(0.01, stubborn())
    end_of_test.set()


async def test_cancellation_inside_a_library_is_an_error_and_not_our_own_end() -> None:
    with pytest.raises(TookTooLong):
        await within(5, cancelled_from_inside())


async def test_cancelling_the_one_who_waits_cancels_the_call() -> None:
    was_cancelled = asyncio.Event()

    async def call() -> None:
        try:
            await for_ever()
        finally:
            was_cancelled.set()

    waiting = asyncio.create_task(within(5, call()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert was_cancelled.is_set()


async def test_pause_ends_with_the_stop_event() -> None:
    stop = asyncio.Event()
    stop.set()
    async with asyncio.timeout(5):
        await wait_for(stop, 60)


async def test_pause_ends_by_itself() -> None:
    await wait_for(asyncio.Event(), 0.001)


def test_backoff_doubles_up_to_its_most_and_begins_anew_after_success() -> None:
    backoff = Backoff(1.0, 8.0, Random(1))
    waits = [backoff.after_failure() for _ in range(2000)]
    for wait, longest in zip(waits, [1, 2, 4, 8, 8, 8], strict=False):
        assert longest / 2 <= wait <= longest
    assert max(waits) <= 8
    backoff.after_success()
    assert backoff.after_failure() <= 1
