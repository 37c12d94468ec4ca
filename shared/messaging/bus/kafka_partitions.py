"""The partitions in hand: each delivers its own records in order, and a slow or failing one holds up no other."""

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
"""No more are fetched for a partition with so many in hand: a member may have twenty partitions, and 90 MB in all."""
COMMIT_EVERY = 0.2
"""Seconds. Who dies in between gets so much again; the inbox knows it."""
RETRY_AFTER, RETRY_AT_MOST = 0.1, 5.0

Offsets = dict[TopicPartition, int]
Commit = Callable[[Offsets], Awaitable[None]]

log = structlog.get_logger(__name__)


class Lane:
    """One partition: waits for records, delivers a batch until it is taken, notes the offset after it, and so on."""

    def __init__(self, place: TopicPartition, deliver: Deliver, taken: Offsets, random: Random) -> None:
        self._place = place
        self._deliver = deliver
        self._taken = taken
        self._backoff = Backoff(RETRY_AFTER, RETRY_AT_MOST, random)
        self._waiting: deque[Delivered] = deque()
        self._changed = asyncio.Event()
        self._leaving = asyncio.Event()
        self.task = asyncio.create_task(self._run())

    @property
    def size(self) -> int:
        """How many records are in hand: fetched, and not taken yet."""
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
            if await self._until_taken(batch):
                self._taken[self._place] = batch[-1].offset + 1
                for _ in batch:
                    self._waiting.popleft()

    async def _until_taken(self, batch: list[Delivered]) -> bool:
        while True:
            try:
                await self._deliver(batch)
            except Exception as problem:  # noqa: BLE001  # whatever it is: none counts as taken, all come again
                log.warning("delivery_failed", topic=self._place.topic, problem=type(problem).__name__)
            else:
                self._backoff.after_success()
                return True
            await wait_for(self._leaving, self._backoff.after_failure())
            if self._leaving.is_set():
                return False


class Lanes:
    """The lanes of one assignment. After `close` what still comes is passed over: it comes again to the next owner."""

    def __init__(self, deliver: Deliver, commit: Commit, random: Random) -> None:
        self._deliver = deliver
        self._commit = commit
        self._random = random
        self._lanes: dict[TopicPartition, Lane] = {}
        self._taken: Offsets = {}
        self._committing: asyncio.Task[None] | None = None
        self._closed = False

    def add(self, place: TopicPartition, records: list[Delivered]) -> None:
        """Put these in their lane."""
        if self._closed:
            return
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_now_and_then())
        if place not in self._lanes:
            self._lanes[place] = Lane(place, self._deliver, self._taken, self._random)
        self._lanes[place].add(records)

    def in_hand(self, place: TopicPartition) -> int:
        """How many records of this partition were fetched and are not taken."""
        lane = self._lanes.get(place)
        return lane.size if lane else 0

    def full(self) -> set[TopicPartition]:
        """Those that need no more for now."""
        return {place for place, lane in self._lanes.items() if lane.size >= FULL}

    def raise_failure(self) -> None:
        """Raises what ended a lane, or a commit that failed."""
        tasks = [lane.task for lane in self._lanes.values()] + ([self._committing] if self._committing else [])
        for task in tasks:
            # One that was cut at the end of its time has not failed.
            if task.done() and not task.cancelled():
                task.result()

    async def close(self, seconds: float) -> None:
        """Each finishes the delivery in hand, and what was taken is committed; with 0 seconds neither is done."""
        self._closed = True
        for lane in self._lanes.values():
            lane.leave()
        tasks = {lane.task for lane in self._lanes.values()}
        if tasks and seconds > 0:
            await asyncio.wait(tasks, timeout=seconds)
        await cut(tasks | ({self._committing} if self._committing else set()))
        if seconds > 0:
            try:
                await self._commit_taken()
            except Exception as problem:  # noqa: BLE001  # it comes again to the next owner, whose inbox knows it
                log.warning("not_committed", problem=type(problem).__name__)

    async def _commit_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(COMMIT_EVERY)
            await self._commit_taken()

    async def _commit_taken(self) -> None:
        offsets = dict(self._taken)
        if not offsets:
            return
        await self._commit(offsets)
        for place, offset in offsets.items():
            if self._taken[place] == offset:
                del self._taken[place]
