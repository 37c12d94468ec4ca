"""The assigned partitions: each delivers its own records in order, and a slow or failing one blocks no other."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from random import Random

import structlog
from aiokafka.structs import TopicPartition

from shared.kernel.waiting import Backoff, cut, wait_for
from shared.messaging.bus.base import Deliver, Delivered

BATCH = 100
"""Records that are delivered together, at most."""
FULL = 2 * BATCH
"""No more are fetched for a partition that has this many in hand: twenty partitions then take at most 90 MB."""
COMMIT_EVERY = 0.2
"""Seconds. A process that dies in between re-reads at most this much; the inbox drops the duplicates."""
RETRY_AFTER, RETRY_AT_MOST = 0.1, 5.0

Offsets = dict[TopicPartition, int]
Commit = Callable[[Offsets], Awaitable[None]]

log = structlog.get_logger(__name__)


class PartitionWorker:
    """One partition: waits for records, delivers a batch until it is processed, notes its offset, and starts again."""

    def __init__(self, partition: TopicPartition, deliver: Deliver, processed: Offsets, random: Random) -> None:
        self._partition = partition
        self._deliver = deliver
        self._processed = processed
        self._backoff = Backoff(RETRY_AFTER, RETRY_AT_MOST, random)
        self._waiting: deque[Delivered] = deque()
        self._changed = asyncio.Event()
        self._leaving = asyncio.Event()
        self.task = asyncio.create_task(self._run())

    @property
    def size(self) -> int:
        """How many records are in hand: fetched, and not processed yet."""
        return len(self._waiting)

    def add(self, records: Iterable[Delivered]) -> None:
        """More records, in the order of the partition."""
        self._waiting.extend(records)
        self._changed.set()

    def leave(self) -> None:
        """Finish the delivery that runs, and begin no other."""
        self._leaving.set()
        self._changed.set()

    async def _run(self) -> None:
        while not self._leaving.is_set():
            if not self._waiting:
                self._changed.clear()
                await self._changed.wait()
                continue
            batch = [self._waiting[index] for index in range(min(BATCH, len(self._waiting)))]
            if await self._until_processed(batch):
                self._processed[self._partition] = batch[-1].offset + 1
                for _ in batch:
                    self._waiting.popleft()

    async def _until_processed(self, batch: list[Delivered]) -> bool:
        while True:
            try:
                await self._deliver(batch)
            except Exception as problem:  # noqa: BLE001  # none counts as processed, all are delivered again
                log.warning("delivery_failed", topic=self._partition.topic, error=type(problem).__name__)
            else:
                self._backoff.after_success()
                return True
            await wait_for(self._leaving, self._backoff.after_failure())
            if self._leaving.is_set():
                return False


class PartitionWorkers:
    """The workers of one assignment. After `close` nothing is accepted: it is delivered to the next owner."""

    def __init__(self, deliver: Deliver, commit: Commit, random: Random) -> None:
        self._deliver = deliver
        self._commit = commit
        self._random = random
        self._workers: dict[TopicPartition, PartitionWorker] = {}
        self._processed: Offsets = {}
        self._committing: asyncio.Task[None] | None = None
        self._closed = False

    def add(self, partition: TopicPartition, records: list[Delivered]) -> None:
        """Hand these to the worker of their partition."""
        if self._closed:
            return
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_periodically())
        if partition not in self._workers:
            self._workers[partition] = PartitionWorker(partition, self._deliver, self._processed, self._random)
        self._workers[partition].add(records)

    def in_hand(self, partition: TopicPartition) -> int:
        """How many records of this partition were fetched and are not processed."""
        worker = self._workers.get(partition)
        return worker.size if worker else 0

    def full(self) -> set[TopicPartition]:
        """Those that need no more for now."""
        return {partition for partition, worker in self._workers.items() if worker.size >= FULL}

    def raise_failure(self) -> None:
        """Raises what ended a worker, or a commit that failed."""
        tasks = [worker.task for worker in self._workers.values()] + ([self._committing] if self._committing else [])
        for task in tasks:
            # One that was cancelled at the end of its time has not failed.
            if task.done() and not task.cancelled():
                task.result()

    async def close(self, seconds: float) -> None:
        """Each finishes the delivery in hand, and what was processed is committed; with 0 seconds neither is done."""
        self._closed = True
        for worker in self._workers.values():
            worker.leave()
        tasks = {worker.task for worker in self._workers.values()}
        if tasks and seconds > 0:
            await asyncio.wait(tasks, timeout=seconds)
        await cut(tasks | ({self._committing} if self._committing else set()))
        if seconds > 0:
            try:
                await self._commit_processed()
            except Exception as problem:  # noqa: BLE001  # the next owner re-reads it, and its inbox drops the duplicates
                log.warning("offsets_not_committed", error=type(problem).__name__)

    async def _commit_periodically(self) -> None:
        while True:
            await asyncio.sleep(COMMIT_EVERY)
            await self._commit_processed()

    async def _commit_processed(self) -> None:
        offsets = dict(self._processed)
        if not offsets:
            return
        await self._commit(offsets)
        for partition, offset in offsets.items():
            if self._processed[partition] == offset:
                del self._processed[partition]
