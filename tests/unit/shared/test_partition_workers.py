"""The offsets of a partition: what is committed was applied, whatever failed on the way."""

import asyncio
from collections.abc import Sequence
from random import Random

import pytest
from aiokafka.structs import TopicPartition

from shared.messaging.bus import kafka_partitions
from shared.messaging.bus.base import Delivered
from shared.messaging.bus.kafka_partitions import Offsets, PartitionWorkers

ONE, OTHER = TopicPartition("schakel.intake", 0), TopicPartition("schakel.intake", 1)
COMMIT_EVERY = 0.001


class Group:
    """A broker that remembers what was committed, and an effect that is refused for one partition at will."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("COMMIT_EVERY", "RETRY_AFTER", "RETRY_AT_MOST"):
            monkeypatch.setattr(kafka_partitions, name, COMMIT_EVERY)
        self.committed: Offsets = {}
        self.applied: list[tuple[int, int]] = []
        self.tries = self.commits = 0
        self.refuses = {ONE.partition}

    def workers(self) -> PartitionWorkers:
        return PartitionWorkers(self._deliver, self._commit, Random(1))

    async def _deliver(self, batch: Sequence[Delivered]) -> None:
        if batch[0].partition in self.refuses:
            self.tries += 1
            raise RuntimeError("the effect is refused")
        self.applied += [(one.partition, one.offset) for one in batch]

    async def _commit(self, offsets: Offsets) -> None:
        self.commits += 1
        self.committed.update(offsets)

    async def until(self, tries: int) -> None:
        async with asyncio.timeout(10):
            while self.tries < tries:  # noqa: ASYNC110 - the worker tells no event
                await asyncio.sleep(COMMIT_EVERY)


def records(partition: TopicPartition, *offsets: int) -> list[Delivered]:
    return [Delivered(partition.topic, partition.partition, offset, "key", b"", {}) for offset in offsets]


async def test_offset_of_a_delivery_that_keeps_failing_is_not_committed_however_long_it_lasts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group = Group(monkeypatch)
    workers = group.workers()
    workers.add(ONE, records(ONE, 7, 8))
    workers.add(OTHER, records(OTHER, 3))
    await group.until(20)

    assert group.committed == {OTHER: 4}
    assert workers.in_hand(ONE) == 2
    group.refuses.clear()
    await asyncio.sleep(50 * COMMIT_EVERY)
    assert group.applied == [(1, 3), (0, 7), (0, 8)]
    await workers.close(1)
    assert group.committed == {OTHER: 4, ONE: 9}


@pytest.mark.parametrize("seconds", [0, 1], ids=["killed", "stopped"])
async def test_member_that_ends_with_a_failing_delivery_in_hand_leaves_it_to_the_next(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    group = Group(monkeypatch)
    workers = group.workers()
    workers.add(ONE, records(ONE, 7, 8))
    await group.until(5)
    await workers.close(seconds)
    assert (group.committed, group.applied) == ({}, [])

    workers.add(ONE, records(ONE, 7, 8))
    group.refuses.clear()
    following = group.workers()
    following.add(ONE, records(ONE, 7, 8))
    await asyncio.sleep(50 * COMMIT_EVERY)
    await following.close(1)
    assert (group.committed, group.applied) == ({ONE: 9}, [(0, 7), (0, 8)])


async def test_what_was_applied_is_committed_by_a_member_that_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    group = Group(monkeypatch)
    monkeypatch.setattr(kafka_partitions, "COMMIT_EVERY", 60)
    group.refuses.clear()
    workers = group.workers()
    workers.add(ONE, records(ONE, 7))
    async with asyncio.timeout(10):
        while workers.in_hand(ONE):  # noqa: ASYNC110 - the worker tells no event
            await asyncio.sleep(COMMIT_EVERY)
    assert group.committed == {}

    await workers.close(1)
    assert group.committed == {ONE: 8}
