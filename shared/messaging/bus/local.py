"""The bus in this process, for the embedded run and for tests.

There is no disk behind it. So `publish` returns only when every group that must have the records has committed them:
what a relay then marks as published is in the databases of all subscribers, and nothing is lost when the process dies.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from random import Random
from typing import Any
from zlib import crc32

import structlog

from shared.kernel.waiting import Backoff, cut, wait_for
from shared.messaging.bus.base import LARGEST_RECORD, BusAway, Deliver, Record, RecordTooLarge, size_of
from shared.messaging.bus.local_log import Group, Log, Member, Signal, TopicPartition

PARTITIONS = 6
TIMEOUT = 10.0
"""Seconds that a publisher waits while no group makes progress."""
KEPT = 10_000
"""Records of a partition that are kept when all groups have them, for new groups. Twice as many may wait."""
DRAIN_WITHIN = 15.0
"""Seconds that a leaving member has for the batches in hand."""
RETRY_AFTER, RETRY_AT_MOST = 0.05, 2.0

log = structlog.get_logger(__name__)


class LocalBus:
    """`expected` names the groups that must have a topic's records, whether or not they are there yet."""

    def __init__(
        self, *, expected: Mapping[str, Collection[str]] | None = None, timeout: float = TIMEOUT, kept: int = KEPT
    ) -> None:
        self._expected = {topic: frozenset(groups) for topic, groups in (expected or {}).items()}
        self._timeout = timeout
        self._kept = kept
        self._logs: dict[TopicPartition, Log] = {}
        self._groups: dict[str, Group] = {}
        self._progress = Signal()
        self._away = False

    async def publish(self, records: Sequence[Record]) -> None:
        """Returns when every group of these topics has committed all of them.

        Raises BusAway when a group is not there, when it makes no progress for a while, or when too much waits already.
        """
        for record in records:
            if size_of(record) > LARGEST_RECORD:
                raise RecordTooLarge(record)
        self._must_take({record.topic for record in records})
        ends = self._append(records)
        while waiting := self._waiting(ends):
            try:
                async with asyncio.timeout(self._timeout):
                    while self._waiting(ends) >= waiting:
                        await self._progress.wait()
                        self._must_be_here()
            except TimeoutError:
                raise BusAway(f"{waiting} records are not taken") from None
        self._trim(ends)

    def subscribe(
        self, topics: Sequence[str], *, group: str, member: str, deliver: Deliver, linger: float = 0.0
    ) -> "LocalConsumer":
        """A member of `group`; it takes part while its `run` runs. Nothing is gained by waiting here (`linger`)."""
        del linger
        self.group(group).topics.update(topics)
        return LocalConsumer(self, self.group(group), Member(member, frozenset(topics)), deliver)

    async def check(self) -> None:
        """Raises BusAway after `go_away` and `close`."""
        self._must_be_here()

    async def close(self) -> None:
        """Nothing is taken or given any more."""
        self.go_away()

    def go_away(self) -> None:
        """A fault, for tests: nothing is taken, given or committed until `come_back`."""
        self._away = True
        self._wake()

    def come_back(self) -> None:
        """The end of the fault; the log and the offsets are as they were."""
        self._away = False
        self._wake()

    def wipe(self) -> None:
        """A fault, for tests: all records and offsets are gone, as with a new broker."""
        for one in self._logs.values():
            one.wipe()
        for group in self._groups.values():
            group.committed.clear()
        self._wake()

    @property
    def is_away(self) -> bool:
        """Whether it was told to go away."""
        return self._away

    def log_of(self, partition: TopicPartition) -> Log:
        """The log of one partition; made when it is first asked for."""
        if partition not in self._logs:
            self._logs[partition] = Log(partition)
        return self._logs[partition]

    def group(self, name: str) -> Group:
        """One group; known from now on."""
        return self._groups.setdefault(name, Group())

    def next_of(self, group: Group, partition: TopicPartition) -> int:
        """The offset of the first record that this group has not committed; never one that is forgotten."""
        return max(group.committed.get(partition, 0), self.log_of(partition).start)

    def moved(self, topics: Collection[str] = ()) -> None:
        """A group got further, or (with topics) its members changed."""
        for partition, one in self._logs.items():
            if partition.topic in topics:
                one.changed.fire()
        self._progress.fire()

    def _wake(self) -> None:
        self.moved({partition.topic for partition in self._logs})

    def _must_be_here(self) -> None:
        if self._away:
            raise BusAway("the local bus was told to be away")

    def _must_take(self, topics: Collection[str]) -> None:
        self._must_be_here()
        for topic in topics:
            for name in self._groups_of(topic):
                if not self.group(name).listens_to(topic):
                    raise BusAway(f"nobody of {name} takes {topic} now")
            for number in range(PARTITIONS):
                partition = TopicPartition(topic, number)
                if self.log_of(partition).end - self._taken(partition) >= 2 * self._kept:
                    raise BusAway(f"too much of {topic} waits")

    def _groups_of(self, topic: str) -> set[str]:
        known = {name for name, group in self._groups.items() if topic in group.topics}
        return known | self._expected.get(topic, frozenset())

    def _taken(self, partition: TopicPartition) -> int:
        """The offset before which every group has committed."""
        groups = [self.group(name) for name in self._groups_of(partition.topic)]
        return min((self.next_of(group, partition) for group in groups), default=self.log_of(partition).end)

    def _append(self, records: Sequence[Record]) -> dict[TopicPartition, int]:
        ends: dict[TopicPartition, int] = {}
        for record in records:
            partition = TopicPartition(record.topic, crc32(record.key.encode()) % PARTITIONS)
            self.log_of(partition).append(record)
            ends[partition] = self.log_of(partition).end
        for partition in ends:
            self.log_of(partition).changed.fire()
        return ends

    def _waiting(self, ends: Mapping[TopicPartition, int]) -> int:
        return sum(max(0, end - self._taken(partition)) for partition, end in ends.items())

    def _trim(self, partitions: Collection[TopicPartition]) -> None:
        for partition in partitions:
            one = self.log_of(partition)
            one.forget_before(min(self._taken(partition), one.end - self._kept))


class LocalConsumer:
    """One member of a group on the local bus."""

    def __init__(self, bus: LocalBus, group: Group, member: Member, deliver: Deliver) -> None:
        self._bus = bus
        self._group = group
        self._member = member
        self._deliver = deliver
        topics, numbers = sorted(member.topics), range(PARTITIONS)
        self._partitions = [TopicPartition(topic, number) for topic in topics for number in numbers]
        self._leaving = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; finishes the batches in hand, then leaves."""
        self._leaving.clear()
        self._group.join(self._member)
        self._bus.moved(self._member.topics)
        pumps = {asyncio.create_task(self._pump(partition)) for partition in self._partitions}
        stopping: asyncio.Task[Any] = asyncio.create_task(stop.wait())
        try:
            done, _ = await asyncio.wait({stopping, *pumps}, return_when=asyncio.FIRST_COMPLETED)
            self._leaving.set()
            self._bus.moved(self._member.topics)
            await asyncio.wait(pumps, timeout=DRAIN_WITHIN)
            for task in done:
                task.result()
        finally:
            await cut({stopping, *pumps})
            self._group.leave(self._member)
            self._bus.moved(self._member.topics)

    async def lag(self) -> int:
        """How many records of this member's partitions wait."""
        await self._bus.check()
        mine = [partition for partition in self._partitions if self._group.owner(partition) is self._member]
        return sum(self._bus.log_of(partition).end - self._bus.next_of(self._group, partition) for partition in mine)

    async def _pump(self, partition: TopicPartition) -> None:
        random = Random(str(partition))  # noqa: S311  # spreads waiting, keeps no secret
        backoff = Backoff(RETRY_AFTER, RETRY_AT_MOST, random)
        while not self._leaving.is_set():
            if not self._may_take(partition):
                await self._bus.log_of(partition).changed.wait()
            elif await self._take(partition):
                backoff.after_success()
            else:
                await wait_for(self._leaving, backoff.after_failure())

    def _may_take(self, partition: TopicPartition) -> bool:
        if self._bus.is_away or self._group.owner(partition) is not self._member:
            return False
        return self._bus.next_of(self._group, partition) < self._bus.log_of(partition).end

    async def _take(self, partition: TopicPartition) -> bool:
        """Whether the next batch was committed, or was no longer this member's to take."""
        async with self._group.busy(partition):
            if not self._may_take(partition):
                return True
            one = self._bus.log_of(partition)
            batch, life = one.read(self._bus.next_of(self._group, partition)), one.life
            try:
                await self._deliver(batch)
            except Exception as problem:  # noqa: BLE001  # none counts as processed, all are delivered again
                log.warning("delivery_failed", topic=partition.topic, error=type(problem).__name__)
                return False
            if self._bus.is_away or one.life != life:
                return False
            self._group.committed[partition] = batch[-1].offset + 1
        self._bus.moved()
        return True
