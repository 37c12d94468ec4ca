"""The bus in this process, for the embedded run and for tests.

There is no disk behind it. So `publish` returns only when every group that must have the records has committed them:
what a relay then marks as published is in the databases of all who listen, and nothing is lost when the process dies.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from random import Random
from typing import Any
from zlib import crc32

import structlog

from shared.kernel.waiting import Backoff, cut, wait_for
from shared.messaging.bus.base import LARGEST_RECORD, BusAway, Deliver, Record, RecordTooLarge, size_of
from shared.messaging.bus.local_log import Group, Log, Member, Place, Signal

PARTITIONS = 6
PATIENCE = 10.0
"""Seconds that a publisher waits while no group gets any further."""
KEPT = 10_000
"""Records of one partition that stay after all have them, for new groups to begin with. Twice as many may wait."""
DRAIN_WITHIN = 15.0
"""Seconds that a leaving member has for the batches in hand."""
RETRY_AFTER, RETRY_AT_MOST = 0.05, 2.0

log = structlog.get_logger(__name__)


class LocalBus:
    """`expected` names the groups that must have a topic's records, whether or not they are there yet."""

    def __init__(
        self, *, expected: Mapping[str, Collection[str]] | None = None, patience: float = PATIENCE, kept: int = KEPT
    ) -> None:
        self._expected = {topic: frozenset(groups) for topic, groups in (expected or {}).items()}
        self._patience = patience
        self._kept = kept
        self._logs: dict[Place, Log] = {}
        self._groups: dict[str, Group] = {}
        self._progress = Signal()
        self._away = False

    async def publish(self, records: Sequence[Record]) -> None:
        """Returns when every group of these topics has committed all of them.

        Raises BusAway when a group is not there, when it gets no further for a while, or when too much waits already.
        """
        for record in records:
            if size_of(record) > LARGEST_RECORD:
                raise RecordTooLarge(record)
        self._must_take({record.topic for record in records})
        ends = self._append(records)
        while waiting := self._waiting(ends):
            try:
                async with asyncio.timeout(self._patience):
                    while self._waiting(ends) >= waiting:
                        await self._progress.wait()
                        self._must_be_here()
            except TimeoutError:
                raise BusAway(f"{waiting} records are not taken") from None
        self._trim(ends)

    def subscribe(
        self, topics: Sequence[str], *, group: str, member: str, deliver: Deliver, gather: float = 0.0
    ) -> "LocalConsumer":
        """A member of `group`; it takes part while its `run` runs. Nothing is gained by waiting here (`gather`)."""
        del gather
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

    def log_of(self, place: Place) -> Log:
        """The log of one partition; made when it is first asked for."""
        if place not in self._logs:
            self._logs[place] = Log(place)
        return self._logs[place]

    def group(self, name: str) -> Group:
        """One group; known from now on."""
        return self._groups.setdefault(name, Group())

    def next_of(self, group: Group, place: Place) -> int:
        """The offset of the first record that this group has not committed; never one that is forgotten."""
        return max(group.committed.get(place, 0), self.log_of(place).start)

    def moved(self, topics: Collection[str] = ()) -> None:
        """A group got further, or (with topics) its members changed."""
        for place, one in self._logs.items():
            if place.topic in topics:
                one.changed.fire()
        self._progress.fire()

    def _wake(self) -> None:
        self.moved({place.topic for place in self._logs})

    def _must_be_here(self) -> None:
        if self._away:
            raise BusAway("the local bus was told to be away")

    def _must_take(self, topics: Collection[str]) -> None:
        self._must_be_here()
        for topic in topics:
            for name in self._groups_of(topic):
                if not self.group(name).listens_to(topic):
                    raise BusAway(f"nobody of {name} takes {topic} now")
            for partition in range(PARTITIONS):
                place = Place(topic, partition)
                if self.log_of(place).end - self._taken(place) >= 2 * self._kept:
                    raise BusAway(f"too much of {topic} waits")

    def _groups_of(self, topic: str) -> set[str]:
        known = {name for name, group in self._groups.items() if topic in group.topics}
        return known | self._expected.get(topic, frozenset())

    def _taken(self, place: Place) -> int:
        """The offset before which every group has committed."""
        groups = [self.group(name) for name in self._groups_of(place.topic)]
        return min((self.next_of(group, place) for group in groups), default=self.log_of(place).end)

    def _append(self, records: Sequence[Record]) -> dict[Place, int]:
        ends: dict[Place, int] = {}
        for record in records:
            place = Place(record.topic, crc32(record.key.encode()) % PARTITIONS)
            self.log_of(place).append(record)
            ends[place] = self.log_of(place).end
        for place in ends:
            self.log_of(place).changed.fire()
        return ends

    def _waiting(self, ends: Mapping[Place, int]) -> int:
        return sum(max(0, end - self._taken(place)) for place, end in ends.items())

    def _trim(self, places: Collection[Place]) -> None:
        for place in places:
            one = self.log_of(place)
            one.forget_before(min(self._taken(place), one.end - self._kept))


class LocalConsumer:
    """One member of a group on the local bus."""

    def __init__(self, bus: LocalBus, group: Group, member: Member, deliver: Deliver) -> None:
        self._bus = bus
        self._group = group
        self._member = member
        self._deliver = deliver
        self._places = [Place(topic, number) for topic in sorted(member.topics) for number in range(PARTITIONS)]
        self._leaving = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; finishes the batches in hand, then leaves."""
        self._leaving.clear()
        self._group.join(self._member)
        self._bus.moved(self._member.topics)
        pumps = {asyncio.create_task(self._pump(place)) for place in self._places}
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
        mine = [place for place in self._places if self._group.owner(place) is self._member]
        return sum(self._bus.log_of(place).end - self._bus.next_of(self._group, place) for place in mine)

    async def _pump(self, place: Place) -> None:
        backoff = Backoff(RETRY_AFTER, RETRY_AT_MOST, Random(str(place)))  # noqa: S311  # spreads waiting, keeps no secret
        while not self._leaving.is_set():
            if not self._may_take(place):
                await self._bus.log_of(place).changed.wait()
            elif await self._take(place):
                backoff.after_success()
            else:
                await wait_for(self._leaving, backoff.after_failure())

    def _may_take(self, place: Place) -> bool:
        mine = self._group.owner(place) is self._member
        return mine and not self._bus.is_away and self._bus.next_of(self._group, place) < self._bus.log_of(place).end

    async def _take(self, place: Place) -> bool:
        """Whether the next batch was committed, or was no longer this member's to take."""
        async with self._group.busy(place):
            if not self._may_take(place):
                return True
            one = self._bus.log_of(place)
            batch, life = one.read(self._bus.next_of(self._group, place)), one.life
            try:
                await self._deliver(batch)
            except Exception as problem:  # noqa: BLE001  # whatever it is: none counts as taken, all come again
                log.warning("delivery_failed", topic=place.topic, problem=type(problem).__name__)
                return False
            if self._bus.is_away or one.life != life:
                return False
            self._group.committed[place] = batch[-1].offset + 1
        self._bus.moved()
        return True
