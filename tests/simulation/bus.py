"""A bus of lists: at least once; what is published may arrive twice, late, again, or after what follows it."""

from collections.abc import Sequence
from random import Random
from uuid import UUID

from shared.messaging.bus.base import BusConsumer, Deliver, Delivered, Record
from tests.simulation.faults import Faults

PARTITIONS = 2
# A record in another partition than the others of its subject, as after the topic was given more of them: whoever
# consumes the two in another order finds a gap.
ASTRAY_RATE = 0.04
# A group hears nothing of a topic for so many times that it asks, as when its member was replaced.
DEAF_RATE, DEAF_AT_MOST = 0.04, 12
Lane = tuple[str, int]


class SimulatedBus:
    """Topics as lists per partition, and one committed offset per group and partition."""

    def __init__(self, random: Random, faults: Faults) -> None:
        self._random, self._faults = random, faults
        self.lanes: dict[Lane, list[Record]] = {}
        self.offsets: dict[tuple[str, Lane], int] = {}
        self._deaf: dict[tuple[str, str], int] = {}

    async def publish(self, records: Sequence[Record]) -> None:
        """Some may have arrived when the publisher dies; it then publishes all of them again."""
        for record in records:
            self._faults.here()
            astray = self._faults.rate and self._random.random() < ASTRAY_RATE
            lane = (record.topic, (UUID(record.key).int + bool(astray)) % PARTITIONS)
            self.lanes.setdefault(lane, []).append(record)

    def waiting(self, group: str, lane: Lane) -> int:
        """How many records of this lane the group has not committed."""
        return len(self.lanes.get(lane, [])) - self.offsets.get((group, lane), 0)

    async def deliver_some(self, group: str, lane: Lane, deliver: Deliver) -> int:
        """One batch to one group; sometimes begins again a few records back, as after a rebalance."""
        if self._is_deaf(group, lane[0]):
            return 0
        start = self.offsets.get((group, lane), 0)
        if self._faults.rate and self._random.random() < 0.1:
            start = max(0, start - self._random.randint(1, 5))
        records = self.lanes.get(lane, [])[start : start + self._random.randint(1, 8)]
        if not records:
            return 0
        batch = [
            Delivered(lane[0], lane[1], start + place, one.key, one.value, one.headers)
            for place, one in enumerate(records)
        ]
        await deliver(batch)
        self._faults.here()
        self.offsets[group, lane] = max(self.offsets.get((group, lane), 0), start + len(records))
        return len(records)

    def _is_deaf(self, group: str, topic: str) -> bool:
        left = self._deaf.pop((group, topic), 0) if self._faults.rate else 0
        if not left and self._faults.rate and self._random.random() < DEAF_RATE:
            left = self._random.randint(2, DEAF_AT_MOST)
        if left > 1:
            self._deaf[group, topic] = left - 1
        return left > 0

    def subscribe(
        self, topics: Sequence[str], *, group: str, member: str, deliver: Deliver, linger: float = 0.0
    ) -> BusConsumer:
        """The simulation delivers by itself."""
        raise NotImplementedError(topics, group, member, deliver, linger)

    async def check(self) -> None:
        """Always there."""

    async def close(self) -> None:
        """Nothing to close."""
