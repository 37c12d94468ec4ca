"""What the bus in this process remembers: the log of each partition, and the committed offsets of each group."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from shared.messaging.bus.base import Delivered, Record

BATCH = 500
"""Records that are delivered together, at most."""


class TopicPartition(NamedTuple):
    """A partition of a topic."""

    topic: str
    partition: int


class Signal:
    """Something changed: wakes everybody who waits now."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    async def wait(self) -> None:
        """Until the next `fire`. What was checked before is still true, because nothing runs in between."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)

    def fire(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)


class Log:
    """The records of one partition, oldest first; `start` is the offset of the first one that is still there."""

    def __init__(self, partition: TopicPartition) -> None:
        self._partition = partition
        self._records: list[Delivered] = []
        self.start = 0
        self.life = 1
        self.changed = Signal()

    @property
    def end(self) -> int:
        """The offset that the next record gets."""
        return self.start + len(self._records)

    def append(self, record: Record) -> None:
        headers = dict(record.headers)
        self._records.append(Delivered(*self._partition, self.end, record.key, record.value, headers))

    def read(self, offset: int) -> Sequence[Delivered]:
        """The next records from `offset`, or from the first that is still there."""
        first = max(0, offset - self.start)
        return self._records[first : first + BATCH]

    def forget_before(self, offset: int) -> None:
        gone = min(max(0, offset - self.start), len(self._records))
        del self._records[:gone]
        self.start += gone

    def wipe(self) -> None:
        """A new life: empty, and offsets begin at 0 again."""
        self._records.clear()
        self.start = 0
        self.life += 1


class Member:
    """A member of a group, known by a stable name."""

    def __init__(self, name: str, topics: frozenset[str]) -> None:
        self.name = name
        self.topics = topics


class Group:
    """A consumer group: its members, and the offset that it has committed for each partition."""

    def __init__(self) -> None:
        self.topics: set[str] = set()
        self.committed: dict[TopicPartition, int] = {}
        self._members: list[Member] = []
        self._busy: dict[TopicPartition, asyncio.Lock] = {}

    def join(self, member: Member) -> None:
        self.topics |= member.topics
        self._members.append(member)
        self._members.sort(key=lambda one: one.name)

    def leave(self, member: Member) -> None:
        self._members.remove(member)

    def listens_to(self, topic: str) -> bool:
        """Whether somebody is there to take records of this topic now."""
        return any(topic in member.topics for member in self._members)

    def owner(self, partition: TopicPartition) -> Member | None:
        """The one member that takes this partition now."""
        able = [member for member in self._members if partition.topic in member.topics]
        return able[partition.partition % len(able)] if able else None

    def busy(self, partition: TopicPartition) -> asyncio.Lock:
        """Held while a batch of this partition is in hand, so that the next owner waits for the last one."""
        return self._busy.setdefault(partition, asyncio.Lock())
