import asyncio
from collections.abc import Sequence

import pytest

from shared.storage.database import DatabaseAway, TryAgain
from shared.storage.group_commit import GroupCommit


class Work:
    """Doubles numbers, many at once. 13 breaks the whole batch, 7 is refused alone, 99 finds the database away, 55 is
    in another's way the first time.
    """

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.go = asyncio.Event()
        self.go.set()
        self.tried = False

    async def __call__(self, numbers: Sequence[int]) -> list[int | Exception]:
        self.batches.append(list(numbers))
        await self.go.wait()
        if 13 in numbers:
            raise RuntimeError("13")
        if 99 in numbers:
            raise DatabaseAway("gone")
        if 55 in numbers and not self.tried:
            self.tried = True
            raise TryAgain("55")
        return [ValueError("7") if number == 7 else number * 2 for number in numbers]


async def test_one_alone_is_done_at_once() -> None:
    work = Work()
    assert await GroupCommit(work).ask(1) == 2
    assert work.batches == [[1]]


async def test_what_waits_while_a_batch_runs_is_done_together() -> None:
    work = Work()
    work.go.clear()
    group = GroupCommit(work, most=3)
    asked = [asyncio.create_task(group.ask(number)) for number in range(6)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    work.go.set()
    assert await asyncio.gather(*asked) == [0, 2, 4, 6, 8, 10]
    assert work.batches == [[0, 1, 2], [3, 4, 5]]


async def test_no_more_than_64_are_done_together() -> None:
    work = Work()
    work.go.clear()
    group = GroupCommit(work)
    asked = [asyncio.create_task(group.ask(0)) for _ in range(130)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    work.go.set()
    await asyncio.gather(*asked)
    assert [len(batch) for batch in work.batches] == [64, 64, 2]


async def test_as_much_goes_together_as_weighs_enough_and_a_heavy_one_goes_alone() -> None:
    work = Work()
    work.go.clear()
    group = GroupCommit(work, most=10, weigh=lambda number: number)
    asked = [asyncio.create_task(group.ask(number)) for number in (1, 4, 6, 3, 50, 2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    work.go.set()
    assert await asyncio.gather(*asked) == [2, 8, 12, 6, 100, 4]
    assert work.batches == [[1, 4], [6, 3], [50], [2]]


async def test_whoever_waits_hears_what_ended_the_process() -> None:
    class Ended(BaseException):
        """As a signal would."""

    async def work(_: Sequence[int]) -> list[int | Exception]:
        raise Ended

    group = GroupCommit(work)
    for _ in range(2):
        with pytest.raises(Ended):
            await group.ask(1)


async def test_refused_one_harms_none_of_the_others() -> None:
    group = GroupCommit(Work())
    outcomes = await asyncio.gather(*(group.ask(number) for number in (1, 7, 2)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [int, ValueError, int]


async def test_each_is_tried_alone_when_the_batch_breaks() -> None:
    work = Work()
    group = GroupCommit(work)
    outcomes = await asyncio.gather(*(group.ask(number) for number in (1, 13, 2)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [int, RuntimeError, int]
    assert work.batches == [[1, 13, 2], [1], [13], [2]]


async def test_everybody_hears_at_once_that_the_database_is_away() -> None:
    work = Work()
    group = GroupCommit(work)
    outcomes = await asyncio.gather(*(group.ask(number) for number in (1, 99, 2)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [DatabaseAway] * 3
    assert work.batches == [[1, 99, 2]]


async def test_the_rest_hears_that_the_database_went_away_while_each_was_tried_alone() -> None:
    work = Work()
    group = GroupCommit(work)
    outcomes = await asyncio.gather(*(group.ask(number) for number in (13, 1, 99, 2)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [RuntimeError, int, DatabaseAway, DatabaseAway]
    assert work.batches[-1] == [99]


async def test_work_goes_on_when_somebody_left() -> None:
    work = Work()
    work.go.clear()
    group = GroupCommit(work)
    gone, stays = asyncio.create_task(group.ask(1)), asyncio.create_task(group.ask(2))
    await asyncio.sleep(0)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    work.go.set()
    assert await stays == 4
    assert await group.ask(3) == 6


async def test_one_that_was_in_the_way_gets_a_second_chance() -> None:
    work = Work()
    assert await GroupCommit(work).ask(55) == 110
    assert work.batches == [[55], [55]]
